import Diagnostics
import ProfileModel
import Testing

@testable import Manifests

@Suite struct SubstitutionTests {
    static let variables = Variables(
        environment: ["HOME": "/root", "EMPTY": "", "TRICK": "${env:HOME}", "NUMBER": "5"], values: ["run": "42"])

    @Test(arguments: [
        ("${env:HOME}", "/root"), ("a-${var:run}-b", "a-42-b"), ("${env:NO:-x y}", "x y"), ("${var:NO:-}z", "z"),
        ("${env:EMPTY:-d}", "d"), ("${env:EMPTY}z", "z"), ("$${env:HOME}", "${env:HOME}"),
        ("$$${var:run}", "$${var:run}"),
        ("$HOME $ {x} $", "$HOME $ {x} $"), ("${env:TRICK}", "${env:HOME}"), ("${env:NO:-a:-b}", "a:-b"),
        ("é${var:run}é", "é42é"), ("${var:run}${var:run}", "4242"), ("${env:HOME:-x}", "/root"),
    ])
    func expressionsAreReplaced(written: String, text: String) {
        let found = profiles(manifest("name: '\(written)', identifiers: {id: 1}"), Self.variables)
        #expect(found.first?.name == text)
    }

    @Test(arguments: ["${env:NUMBER}", "\"${env:NUMBER}\"", "${var:NO:-true}"])
    func whatIsPutInIsAlwaysText(written: String) throws {
        let found = profiles(manifest("identifiers: {id: 1}, attributes: {a: '\(written)', b: '5'}"), Self.variables)
        guard case .string = found.first?.attributes["a"] else {
            Issue.record("not a string")
            return
        }
        let block = "version: 1\nprofiles:\n  p:\n    source: s\n    type: t\n    identifiers: {id: 1}\n"
        let plain = profiles(block + "    attributes:\n      a: \(written)\n", Self.variables)
        guard case .string = plain.first?.attributes["a"] else {
            Issue.record("not a string")
            return
        }
    }

    @Test func aMissingVariableIsShownInsideItsScalar() {
        expect(
            .missingVariable,
            in: "version: 1\nprofiles:\n  p:\n    source: s\n    type: t\n    identifiers: {id: 1}\n"
                + "    name: a «${env:NO}» b\n")
        expect(.missingVariable, in: manifest("name: \"é «${var:NO}»\", identifiers: {id: 1}"))
        expect(
            .missingVariable, .missingVariable,
            in: manifest("identifiers: {id: '«${env:A}»«${env:B}»', other: 1}"))
    }

    @Test func whereTheTextIsWrittenOtherwiseTheWholeScalarIsShown() {
        expect(.missingVariable, in: manifest(#"name: «"\t${env:NO}"», identifiers: {id: 1}"#))
        expect(.missingVariable, in: manifest(#"name: «"\u0024{env:NO}"», identifiers: {id: 1}"#))
    }

    @Test(arguments: [
        "${", "${}", "${HOME}", "${env}", "${env:}", "${env:A", "${ENV:A}", "${env:1A}", "${env:A B}", "${env:A:b}",
        "${env:A:=b}", "${file:x}", "${env: A}",
    ])
    func whatLooksLikeAnExpressionMustBeOne(written: String) {
        expect(.badSubstitution, in: manifest("name: '«\(written)»', identifiers: {id: 1}"))
    }

    @Test func aDefaultHoldsNoOther() {
        expect(.badSubstitution, in: manifest("name: '«${env:A:-${env:B}»}', identifiers: {id: 1}"))
    }

    @Test func keysAreNotReplaced() {
        expect(.badSubstitution, in: manifest("identifiers: {«\"${var:run}\"»: 1}"), Self.variables)
        expect(
            .badSubstitution, in: manifest("identifiers: {id: 1}, attributes: {«\"${var:run}\"»: 1}"), Self.variables)
        expect(.badSubstitution, in: manifest("identifiers: {id: 1}, «\"${var:run}\"»: 1"), Self.variables)
        expect(
            .badSubstitution,
            in: "version: 1\nprofiles: {«\"${var:run}\"»: {source: s, type: t, identifiers: {id: 1}},"
                + " p: {source: s, type: t, identifiers: {id: 1}}}", Self.variables)
    }

    @Test func theListFormCanVaryAType() {
        let found = profiles(manifest("identifiers: [{type: 'id${var:run}', value: '${var:run}'}]"), Self.variables)
        #expect(found.first?.identifiers == [Identifier(type: "id42", value: "42")])
    }

    @Test func aTextFullOfProblemsShowsTheFirst() {
        let text = String(repeating: "${env:NO}", count: 20_000)
        let found = decode(manifest("name: '\(text)', identifiers: {id: 1}")).1
        #expect(found.map(\.code) == Array(repeating: .missingVariable, count: 20))
    }

    @Test func anEmptyResultIsNoValue() {
        expect(.emptyValue, in: manifest("identifiers: {id: «'${env:EMPTY}'»}"), Self.variables)
    }

    /// Any text, written with its `${` escaped, comes back as it was; references to it give it once more.
    @Test func escapedTextsComeBackAsTheyWere() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        let alphabet = ["$", "{", "}", "env", ":", "-", "A", "$${", "${env:A}", "é", "\\", "${", " "]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
                .joined()
            let variables = Variables(environment: ["A": text])
            var diagnostics: [Diagnostic] = []
            let escaped = Self.escape(text)
            #expect(
                Template(literal: escaped).resolve(variables, reporting: &diagnostics) == text,
                "seed \(seed), text \(text), escaped \(escaped)")
            #expect(
                Template(literal: escaped + "|${env:A}").resolve(variables, reporting: &diagnostics)
                    == "\(text)|\(text)",
                "seed \(seed), text \(text), escaped \(escaped)")
            #expect(diagnostics == [], "seed \(seed), text \(text)")
        }
    }

    private static func escape(_ text: String) -> String { text.replacing("${", with: "$${") }

    /// No text makes it crash or lose track: the pieces always cover the text without gap or overlap.
    @Test func piecesCoverTheText() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        let alphabet = ["$", "{", "}", "env:", "var:", ":-", "A", "1", "é", "\u{1F600}"]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
                .joined()
            var end = 0
            for piece in Substitution.pieces(of: text) {
                #expect(piece.bytes.lowerBound == end, "seed \(seed), text \(text)")
                end = piece.bytes.upperBound
            }
            #expect(end == text.utf8.count, "seed \(seed), text \(text)")
        }
    }
}

/// SplitMix64: small, and the same on every platform.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
