import Diagnostics
import Testing
import YAMLSyntax

@Suite("Keys of mappings")
struct KeyTests {
    @Test(
        "a key written again is told at the second, with the first in a note",
        arguments: [
            "{⟦a⟧: 1, b: 2, ⟦a⟧: 3}", "⟦a⟧: 1\nb: 2\n⟦a⟧: 3\n", "⟦a⟧: 1\n⟦'a'⟧: 2\n", "⟦\"\\x61\"⟧: 1\n⟦a⟧: 2\n",
            "⟦1⟧: x\n⟦\"1\"⟧: y\n", "{⟦''⟧: x, ⟦\"\"⟧: y}", "outer:\n  - ⟦k⟧: 1\n    ⟦k⟧: 2\n",
            "⟦a long key that differs late 1⟧: x\na long key that differs late 2: y\n⟦a long key that differs late 1⟧: z\n",
            "⟦&k key⟧: 1\nother: 2\n⟦*k ⟧: 3\n",
        ])
    func duplicates(written: String) {
        // The space after an alias that is a key keeps the colon out of its name.
        let marked = Marked(written.replacing("⟦*k ⟧", with: "⟦*k⟧ "))
        let stream = marked.parsed()
        #expect(stream.problems == [Problem(code: .duplicateKey, range: marked.ranges[1])])
        #expect(stream.diagnostics.first?.notes.first?.location?.range == marked.ranges[0])
    }

    @Test("the first of two stays")
    func firstStays() {
        #expect(parse("{a: 1, b: 2, a: 3}").documents.map(outline) == ["{a: 1, b: 2}"])
    }

    @Test("every repetition is told")
    func everyRepetition() {
        let marked = Marked("a: 1\n⟦a⟧: 2\n⟦a⟧: 3\n")
        #expect(marked.parsed().problems == marked.ranges.map { Problem(code: .duplicateKey, range: $0) })
    }

    @Test("repetitions among many keys are told in written order")
    func manyKeys() {
        let before = (0..<500).map { "key-\($0): x\n" }.joined()
        let marked = Marked(before + "⟦key-7⟧: y\nnew: z\n⟦key-450⟧: y\n⟦key-7⟧: y\n")
        #expect(marked.parsed().problems == marked.ranges.map { Problem(code: .duplicateKey, range: $0) })
        #expect(marked.parsed().documents.first?.pairs.count == 501)
    }

    @Test("keys alike in different mappings are no repetition")
    func differentMappings() {
        #expect(parse("- {a: {a: {a: 1}}}\n- {a: 2}\n").diagnostics == [])
    }

    @Test("keys differ by case, space and scalar values")
    func differentKeys() {
        let text = "a: 1\nA: 2\n'a ': 3\n\"\\u00e9\": 4\n\"e\\u0301\": 5\n'': 6\n"
        #expect(parse(text).diagnostics == [])
        #expect(parse(text).documents.first?["e\u{301}"]?.text == "5")
        #expect(parse(text).documents.first?["\u{e9}"]?.text == "4")
    }

    @Test(
        "a key must be a scalar",
        arguments: [
            "⟦{a: b}⟧: 1", "⟦[a]⟧: 1", "? ⟦- a⟧\n: 1", "{⟦{env}⟧: 1}", "x: &x [1]\n⟦*x⟧ : 1", "k: {⟦{name}⟧}",
        ])
    func nonScalarKeys(written: String) {
        let marked = Marked(written)
        #expect(marked.parsed().problems == [Problem(code: .nonScalarKey, range: marked.ranges[0])])
    }

    @Test("pairs with a key that is no scalar are left out")
    func leftOut() {
        #expect(parse("{[a]: 1, b: 2}").documents.map(outline) == ["{b: 2}"])
    }
}
