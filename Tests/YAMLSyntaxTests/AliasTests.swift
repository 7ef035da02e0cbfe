import Diagnostics
import Testing
import YAMLSyntax

@Suite("Anchors and aliases")
struct AliasTests {
    @Test("an alias shows its target, at its own place")
    func place() throws {
        let marked = Marked("a: &x {k: ⟦v⟧}\nb: ⟦*x⟧\n")
        let alias = try #require(marked.parsed().documents.first?["b"])
        #expect(outline(alias) == "{k: v}")
        #expect(alias.isAlias)
        #expect(alias.range == marked.ranges[1])
        #expect(alias["k"]?.range == marked.ranges[0])
        #expect(alias["k"]?.isAlias == false)
    }

    @Test("an alias can stand for a scalar, a key, an item")
    func kinds() {
        let stream = parse("- &s 12\n- *s\n- {*s : *s}\n- &t [*s]\n- *t\n")
        #expect(stream.documents.map(outline) == ["[12, 12, {12: 12}, [12], [12]]"])
        #expect(stream.documents.first?.items.map(\.scalar).prefix(2) == [.integer("12"), .integer("12")])
    }

    @Test("an anchor written again stands for the later node")
    func anchorAgain() {
        #expect(parse("[&a 1, *a, &a 2, *a]").documents.map(outline) == ["[1, 1, 2, 2]"])
        #expect(parse("[&a [&a 1, *a], *a]").documents.map(outline) == ["[[1, 1], 1]"])
    }

    @Test("an alias without anchor is told", arguments: ["⟦*x⟧", "[⟦*x⟧, &x 1]", "{⟦*x⟧ : 1}", "- ⟦*é⟧"])
    func unknown(written: String) {
        let marked = Marked(written)
        let stream = marked.parsed()
        #expect(stream.problems.count == 1)
        if !written.contains("é") {
            #expect(stream.problems == [Problem(code: .unknownAlias, range: marked.ranges[0])])
            #expect(stream.documents.count == 1)
        }
    }

    @Test(
        "an alias inside its own target is told",
        arguments: [
            "⟦⟧&a [⟦*a⟧]", "⟦⟧&a {k: ⟦*a⟧}", "⟦⟧&a {k: [[{j: ⟦*a⟧}]]}", "x: ⟦⟧&a\n  - &b [1]\n  - *b\n  - ⟦*a⟧\n",
        ])
    func cycle(written: String) {
        let marked = Marked(written)
        let stream = marked.parsed()
        #expect(stream.problems == [Problem(code: .unknownAlias, range: marked.ranges[1])])
        #expect(stream.diagnostics.first?.notes.first?.location?.range.start == marked.ranges[0].start)
    }

    @Test("a billion laughs are stopped")
    func billionLaughs() {
        var text = "l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...30 {
            let aliases = Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", ")
            text += "l\(level): &l\(level) [\(aliases)]\n"
        }
        let stream = parse(text)
        #expect(stream.diagnostics.map(\.code) == [.aliasLimit])
        #expect(stream.documents.isEmpty)
    }

    @Test("a large file may use one anchor everywhere")
    func manyMerges() {
        let profiles = (0..<60_000).map { "p\($0): {<<: *d, n: \($0)}\n" }.joined()
        #expect(parse("d: &d {a: 1, b: 2, c: 3}\n" + profiles).diagnostics == [])
    }

    @Test("a billion laughs by merge keys are stopped")
    func billionMerges() {
        var text = "l0: &l0 {a: 1, b: 2}\n"
        for level in 1...60 {
            text += "l\(level): &l\(level) {k\(level): {<<: [*l\(level - 1), *l\(level - 1)]}, j: *l\(level - 1)}\n"
        }
        #expect(parse(text).diagnostics.map(\.code) == [.aliasLimit])
    }

    @Test("the nodes that aliases add are counted, aliases inside them too")
    func count() {
        // Each *a adds 3 nodes; &b has 1 + 2 written nodes and 6 added ones, so *b adds 9.
        let text = "[&a [x, y], &b [*a, *a], *b]"
        #expect(parse(text, limits: YAMLLimits(maximumAliasedNodes: 15, aliasedNodesPerNode: 0)).diagnostics == [])
        let marked = Marked("[&a [x, y], &b [*a, *a], ⟦*b⟧]")
        let stream = marked.parsed(limits: YAMLLimits(maximumAliasedNodes: 14, aliasedNodesPerNode: 0))
        #expect(stream.problems == [Problem(code: .aliasLimit, range: marked.ranges[0])])
    }

    @Test("aliases cannot be stacked deeper than collections")
    func depth() {
        let limits = YAMLLimits(maximumDepth: 5)
        #expect(parse("[&a [[x]], [[*a]]]", limits: limits).diagnostics == [])
        let marked = Marked("[&a [[x]], [[[⟦*a⟧]]]]")
        #expect(
            marked.parsed(limits: limits).problems == [Problem(code: .nestingTooDeep, range: marked.ranges[0])])
        let stacked = Marked("[&a [[x]], &b [[*a]], [⟦*b⟧]]")
        #expect(
            stacked.parsed(limits: limits).problems == [Problem(code: .nestingTooDeep, range: stacked.ranges[0])])
    }
}
