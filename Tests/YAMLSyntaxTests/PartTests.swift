import Diagnostics
import Testing
import YAMLSyntax

@Suite("Parts of a document")
struct PartTests {
    /// What is handed over, each part with its marks; nil when the text must be read as a whole.
    private func parts(_ text: String, nodes: UInt32 = 1, where isUsable: (String) -> Bool = { _ in true }) -> [String]?
    {
        var parts: [String] = []
        let isComplete = parseYAML(SourceText(name: "test.yaml", text: text), inPartsBy: "people", nodes: nodes) {
            part in
            let text = outline(part.root)
            parts.append((part.isFirst ? "first " : "") + (part.isLast ? "last " : "") + text)
            return isUsable(text)
        }
        return isComplete ? parts : nil
    }

    @Test("the members of the mapping come one after the other, the others with the first and the last")
    func members() {
        let text = "v: 1\npeople:\n  ann: {a: [b, c]}\n  bob:\n    d: e\n  eve:\nend: [f]\n"
        #expect(
            parts(text) == [
                "first {v: 1, people: {}}", "{people: {ann: {a: [b, c]}}}", "{people: {bob: {d: e}}}",
                "{people: {eve: }}", "last {people: {}, end: [f]}",
            ])
    }

    @Test("a part ends where it has its nodes")
    func size() {
        let text = "people:\n" + (10..<20).map { "  p\($0): x\n" }.joined()
        #expect(
            parts(text, nodes: 9) == [
                "first {people: {p10: x, p11: x, p12: x}}", "{people: {p13: x, p14: x, p15: x}}",
                "{people: {p16: x, p17: x, p18: x}}", "last {people: {p19: x}}",
            ])
        #expect(parts(text, nodes: 10_000)?.count == 1)
    }

    @Test("flow mappings and several documents come in parts too")
    func documents() {
        #expect(
            parts("{people: {a: 1, b: 2}}\n---\npeople: {c: 3}\n---\n[d]\n") == [
                "first {people: {}}", "{people: {a: 1}}", "{people: {b: 2}}", "last {people: {}}",
                "first {people: {}}", "{people: {c: 3}}", "last {people: {}}", "first last [d]",
            ])
    }

    @Test(
        "what is no mapping under the key stays whole",
        arguments: [
            "people: [a, b]\n", "other: {people: {a: 1}}\n", "- people: {a: 1}\n", "people: x\n", "a: {b: c}\n", "x\n",
        ])
    func wholes(text: String) {
        #expect(parts(text)?.count == 1)
    }

    @Test("nothing is parted behind an anchor, for an alias may come")
    func anchors() {
        #expect(
            parts("x: &x {k: v}\npeople:\n  a: *x\n  b: *x\n") == [
                "first last {x: {k: v}, people: {a: {k: v}, b: {k: v}}}"
            ])
        #expect(
            parts("people:\n  a: 1\n  b: &b 2\n  c: *b\n") == [
                "first {people: {}}", "{people: {a: 1}}", "last {people: {b: 2, c: 2}}",
            ])
    }

    @Test(
        "what can be told only of the whole refuses the parts",
        arguments: [
            // Twice in one part, in two, in the root; a merge; what is no YAML, at once and at the end.
            "people: {a: 1, b: {c: 1, c: 2}}\n", "people: {a: 1, b: 2, a: 3}\n", "people: {b: 1, a: 2, c: 1, b: 3}\n",
            "people: {a: 1, b: 2}\npeople: {c: 3}\n", "v: 1\npeople: {a: 1}\nv: 2\n",
            "people:\n  a: 1\n  <<: {b: 2}\n", "people: {a: 1}\n<<: {b: 2}\n", "people: {a: *x}\n",
            "people: {a: 1, b: 2}\n}\n",
            "\"\\u12\"\n", "people: {a: !x 1, b: 2}\n", "people: {a: 1, [b]: 2}\n",
        ])
    func refusals(text: String) {
        #expect(parts(text) == nil)
    }

    @Test("whoever uses the parts may refuse them")
    func refusedByUse() {
        #expect(parts("people: {a: 1, b: 2}\n", where: { !$0.contains("b") }) == nil)
    }

    @Test("places are those of the whole text")
    func places() {
        let marked = Marked("people:\n  ⟦é⟧: ⟦[⟦x⟧, ⟦'y'⟧]⟧\n  ⟦bob⟧: ⟦{⟦k⟧: ⟦v⟧}⟧\n")
        var ranges: [SourceRange] = []
        func visit(_ node: YAMLNode) {
            ranges.append(node.range)
            #expect(node.start == node.range.start)
            for item in node.items { visit(item) }
            for pair in node.pairs { [pair.key, pair.value].forEach(visit) }
        }
        let isComplete = parseYAML(SourceText(name: "test.yaml", text: marked.text), inPartsBy: "people", nodes: 1) {
            part in
            for pair in part.root["people"]!.pairs { [pair.key, pair.value].forEach(visit) }
            return true
        }
        #expect(isComplete)
        #expect(ranges == marked.ranges)
    }

    @Test("a node that is kept stays what it is when the next part is read")
    func keptNodes() {
        var kept: [YAMLNode] = []
        _ = parseYAML(
            SourceText(name: "test.yaml", text: "people: {a: [1], b: [2], c: [3]}\n"), inPartsBy: "people", nodes: 1
        ) { part in
            kept.append(part.root)
            return true
        }
        #expect(
            kept.map(outline) == [
                "{people: {}}", "{people: {a: [1]}}", "{people: {b: [2]}}", "{people: {c: [3]}}", "{people: {}}",
            ])
    }
}
