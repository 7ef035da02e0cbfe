import Diagnostics
import Testing
import YAMLSyntax

@Suite("Tags")
struct TagTests {
    @Test(
        "the tags of the core schema decide",
        arguments: [
            ("!!str 12", YAMLScalar.string("12")), ("! 12", .string("12")), ("! true", .string("true")),
            ("&a ! 12", .string("12")), ("! &a 12", .string("12")), ("&a # no!\n  12", .integer("12")),
            ("&a 12", .integer("12")), ("!!int \"12\"", .integer("12")), ("!!int 0x1F", .integer("31")),
            ("!!float 1", .float("1.0")), ("!!float '.inf'", .float(".inf")), ("!!bool 'true'", .bool(true)),
            ("!!null ''", .null), ("!!null", .null), ("!!str", .string("")), ("! 'x'", .string("x")),
            ("!<tag:yaml.org,2002:str> 1", .string("1")),
        ])
    func core(written: String, meaning: YAMLScalar) {
        let stream = parse("k: \(written)")
        #expect(stream.diagnostics == [])
        #expect(stream.documents.first?["k"]?.scalar == meaning)
    }

    @Test("tags of collections", arguments: ["!!seq [1]", "!!map {a: 1}", "! [1]", "!!map\n  a: 1"])
    func collections(written: String) {
        #expect(parse("k: \(written)").diagnostics == [])
    }

    @Test(
        "all others are unknown",
        arguments: [
            "⟦!foo⟧ 1", "⟦!!binary⟧ aGk=", "⟦!!set⟧ {a, b}", "[⟦!!omap⟧ [a: 1]]",
            "⟦!<tag:example.com,2024:x>⟧ 1", "⟦!!python/object:os.system⟧ {}", "[⟦!!merge⟧ , a]",
            "&a # no!\n  ⟦!x⟧\n  - 1",
        ])
    func unknown(written: String) {
        let marked = Marked("k: \(written)")
        #expect(marked.parsed().problems == [Problem(code: .unknownTag, range: marked.ranges[0])])
        #expect(marked.parsed().documents.count == 1)
    }

    @Test(
        "a tag that does not fit is told",
        arguments: zip(
            ["⟦!!int⟧ foo", "⟦!!bool⟧ yes", "⟦!!float⟧ 1x", "⟦!!null⟧ 0", "⟦!!map⟧ x", "⟦!!seq⟧ {}", "⟦!!str⟧ [1]"],
            [
                "\"foo\" does not fit the tag !!int", "\"yes\" does not fit the tag !!bool",
                "\"1x\" does not fit the tag !!float", "\"0\" does not fit the tag !!null",
                "the tag !!map does not fit a scalar", "the tag !!seq does not fit a mapping",
                "the tag !!str does not fit a sequence",
            ]))
    func unfit(written: String, message: String) {
        let marked = Marked("k: \(written)")
        #expect(marked.parsed().problems == [Problem(code: .unknownTag, range: marked.ranges[0])])
        #expect(marked.parsed().messages == [message])
    }

    @Test("a handle is resolved before the tag is judged")
    func handles() {
        #expect(parse("%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1\n").documents.first?.scalar == .string("1"))
        #expect(parse("%TAG !y! tag:example.com:\n---\n!y!str 1\n").diagnostics.map(\.code) == [.unknownTag])
        #expect(parse("!y!str 1\n").diagnostics.map(\.code) == [.invalidYAML])
    }
}
