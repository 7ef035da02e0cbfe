import Diagnostics
import Testing
import YAMLSyntax

@Suite("Limits")
struct LimitTests {
    @Test(
        "depth is capped at once, whatever comes after",
        arguments: [
            String(repeating: "[", count: 200_000), String(repeating: "{", count: 200_000),
            String(repeating: "[{a: ", count: 100_000), String(repeating: "- ", count: 200_000),
            String(repeating: "? ", count: 200_000), String(repeating: "[\n", count: 200_000),
            String(repeating: "&a [", count: 100_000),
        ])
    func hostileDepth(text: String) {
        let stream = parse(text)
        #expect(stream.diagnostics.map(\.code) == [.nestingTooDeep])
        #expect(stream.documents.isEmpty)
    }

    @Test("depth by indentation is capped")
    func indentation() {
        let text = (0..<2_000).map { String(repeating: " ", count: $0) + "k:\n" }.joined()
        #expect(parse(text).diagnostics.map(\.code) == [.nestingTooDeep])
    }

    @Test("the limit itself is accepted, one more is not")
    func depthLimit() {
        let limits = YAMLLimits(maximumDepth: 3)
        #expect(parse("[[{a: b}]]", limits: limits).diagnostics == [])
        let marked = Marked("[[{a: ⟦[⟧]}]]")
        #expect(
            marked.parsed(limits: limits).problems == [Problem(code: .nestingTooDeep, range: marked.ranges[0])])
    }

    @Test("documents before one that is too deep are kept")
    func documentsBefore() {
        let stream = parse("a\n---\n[[[", limits: YAMLLimits(maximumDepth: 2))
        #expect(stream.documents.map(outline) == ["a"])
    }

    @Test("a scalar that is too long", arguments: ["⟦abcdef⟧", "⟦'abcdef'⟧", "⟦|-\n  abcdef⟧", "⟦\"abcde\\x66\"⟧"])
    func scalarLength(written: String) {
        let marked = Marked("k: \(written)\nj: abcde\n")
        let stream = marked.parsed(limits: YAMLLimits(maximumScalarBytes: 5))
        #expect(stream.problems == [Problem(code: .scalarTooLong, range: marked.ranges[0])])
        #expect(stream.documents.count == 1)
    }

    @Test("a text that is too large is not read")
    func textLength() {
        #expect(parse("abcde", limits: YAMLLimits(maximumBytes: 5)).diagnostics == [])
        let stream = parse("abcdef", limits: YAMLLimits(maximumBytes: 5))
        #expect(stream.diagnostics.map(\.code) == [.documentTooLarge])
        #expect(stream.documents.isEmpty)
    }

    @Test("a text of nothing but problems stops at a number of them")
    func manyProblems() {
        let stream = parse(String(repeating: "- !x y\n", count: 5_000))
        #expect(stream.diagnostics.count == YAMLLimits.standard.maximumDiagnostics)
        #expect(stream.diagnostics.last?.notes.count == 1)
        #expect(stream.documents.isEmpty)
    }

    @Test("a text of nothing but one key stops there too")
    func oneKey() {
        let stream = parse("{" + String(repeating: "k,", count: 50_000) + "}")
        #expect(stream.diagnostics.map(\.code) == Array(repeating: .duplicateKey, count: 1_000))
    }

    @Test("a text of nothing but tag directives is not read")
    func directives() {
        let some = (0..<100).map { "%TAG !a\($0)! x\n" }.joined() + "--- 1 # %TAG\n"
        #expect(parse(some).diagnostics == [])
        let many = (0..<100_000).map { "%TAG !a\($0)! x\n" }.joined() + "--- 1\n"
        for before in ["", "# comment\n\n", "\u{FEFF}", "%YAML 1.1\n", "a: 1\n... # end\n", "--- |\n  %TAG\n...\n"] {
            #expect(parse(before + many).diagnostics.map(\.code) == [.invalidYAML])
        }
    }

    @Test("messages quote long texts in part")
    func longTextsInMessages() throws {
        let key = String(repeating: "x", count: 900)
        let message = try #require(parse("{\(key): 1, \(key): 2}").messages.first)
        #expect(message.count < 100)
        #expect(message.contains("…"))
    }
}
