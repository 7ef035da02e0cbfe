import Diagnostics
import ProfileModel
import Testing

@testable import Manifests

@Suite struct ProcessEnvironmentTests {
    private func environment(_ entries: [UInt8]...) -> ProcessEnvironment { ProcessEnvironment(entries: entries) }

    private let latin1: [UInt8] = Array("WHO=Zo".utf8) + [0xEB]

    @Test func `values are texts, also with an equals sign in them`() {
        let environment = environment(Array("A=1".utf8), Array("B=x=y".utf8), Array("C=".utf8), Array("nothing".utf8))
        #expect(environment.texts == ["A": "1", "B": "x=y", "C": ""])
        #expect(["A", "B", "C"].allSatisfy { environment.flaw(of: $0) == nil })
    }

    @Test(
        arguments: [
            [0xEB], [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 are known and kept`(bytes: [UInt8]) {
        let environment = environment(Array("A=a".utf8) + bytes)
        #expect(environment.flaw(of: "A") == .notUTF8(Array("a".utf8) + bytes))
        #expect(environment.bytes(of: "A") == Array("a".utf8) + bytes)
        #expect(environment["A"]?.contains("\u{FFFD}") == true)
    }

    @Test(arguments: ["\u{202A}+31612345678\u{202C}", "a\u{202E}b", "\u{2066}x\u{2069}", "ja\u{AD}ne@example.com"])
    func `marks of direction and soft hyphens are strays`(text: String) {
        #expect(StrayCharacter(in: text) != nil)
        #expect(StrayCharacter(in: "می\u{200C}خواهم 👩\u{200D}🔧 é") == nil)
    }

    @Test func `a replacement character that was typed is a text`() {
        #expect(environment(Array("A=\u{FFFD}".utf8)).flaw(of: "A") == nil)
    }

    @Test func `of two values the first counts, and both are doubtful`() {
        #expect(environment(Array("A=1".utf8), Array("A=2".utf8)).flaw(of: "A") == .setTwice)
        #expect(environment(Array("A=1".utf8), Array("A=2".utf8))["A"] == "1")
        #expect(environment(Array("A=1".utf8), Array("A=1".utf8)).flaw(of: "A") == nil)
        #expect(environment(latin1, Array("WHO=Zo\u{FFFD}".utf8)).flaw(of: "WHO") == .setTwice)
    }

    @Test(arguments: ["${env:WHO}", "a ${env:WHO}", "${env:WHO:-nobody}"])
    func `where such a variable is used is an error`(written: String) {
        let variables = Variables(environment: environment(latin1))
        let place = written.hasPrefix("a ") ? "a «${env:WHO}»" : "«\(written)»"
        let found = expect(.unusableVariable, in: manifest("name: \"\(place)\", identifiers: {id: 1}"), variables)
        #expect(found.allSatisfy { $0.severity == .error && $0.message.contains("WHO") && !$0.message.contains("Zo") })
        expect(.unusableVariable, in: manifest("identifiers: {id: '«${env:WHO}»'}"), variables)
        expect(.unusableVariable, in: manifest("identifiers: {id: 1}, attributes: {a: '«${env:WHO}»'}"), variables)
        expect(in: manifest("name: '$${env:WHO}', identifiers: {id: 1}"), variables)
    }

    @Test(arguments: [
        ("x\n", "ends with a line break"), ("x\r\n", "ends with a line break"), ("\nx", "begins with a line break"),
        ("a\u{7}b", "U+0007"), ("\u{FEFF}x", "U+FEFF"), ("x\u{200B}", "U+200B"), ("\u{1B}[0m", "U+001B"),
        ("x\u{85}", "U+0085"), ("\u{0}", "U+0000"),
    ])
    func `what nobody sees in a variable gets a warning`(value: String, words: String) {
        for space in ["env", "var"] {
            let variables = Variables(environment: ["A": value], values: ["A": value])
            let found = expect(
                .strayCharacter, .strayCharacter,
                in: manifest("name: '«${\(space):A}»', identifiers: {id: 'x «${\(space):A}»'}"), variables)
            #expect(found.allSatisfy { $0.severity == .warning && $0.message.contains(words) })
        }
    }

    @Test(arguments: [#""77\n""#, #""77\u200B""#, #""\uFEFF77""#, #""a\eb""#, "\"7\u{2060}7\""])
    func `what nobody sees in an identifier gets a warning`(written: String) {
        let found = expect(.strayCharacter, in: manifest("identifiers: {id: «\(written)»}"))
        #expect(found.first?.severity == .warning)
        expect(.strayCharacter, in: manifest("name: «\(written)», identifiers: {id: 1}"))
        expect(in: manifest("identifiers: {id: 1}, attributes: {a: \(written)}"))
    }

    @Test func `a block scalar as an identifier gets a warning`() {
        let found = decode(
            "version: 1\nprofiles:\n  p:\n    source: s\n    type: t\n    identifiers:\n      id: |\n        77\n"
        ).1
        #expect(found.map(\.code) == [.strayCharacter])
        #expect(found.first?.message.contains("ends with a line break") == true)
    }

    @Test(arguments: ["x", "a\nb", "a\tb", "Zo\u{EB}", "می\u{200C}خواهم", "👩\u{200D}🚀", ""])
    func `texts of several lines and of all languages are fine`(value: String) {
        #expect(StrayCharacter(in: value) == nil)
    }
}
