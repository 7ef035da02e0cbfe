import Diagnostics
import Testing
import YAMLSyntax

@Suite("Merge keys")
struct MergeTests {
    @Test(
        "what is merged, in which order and who wins",
        arguments: zip(
            [
                "{<<: {a: 1, b: 2}, c: 3}",
                "{c: 3, <<: {a: 1}, d: 4}",
                "{a: own, <<: {a: merged, b: 2}}",
                "{<<: {a: merged, b: 2}, a: own}",
                "{<<: [{a: first}, {a: second, b: 2}], c: 3}",
                "{<<: []}",
                "{<<: {}}",
                "{<<: {<<: {a: 1, b: 1}, a: 2}, b: 3}",
                "{\"<<\": {a: 1}}",
                "{'<<': text}",
                "{!!str <<: text}",
                "[<<, a]",
            ],
            [
                "{a: 1, b: 2, c: 3}",
                "{c: 3, a: 1, d: 4}",
                "{a: own, b: 2}",
                "{b: 2, a: own}",
                "{a: first, b: 2, c: 3}",
                "{}",
                "{}",
                "{a: 2, b: 3}",
                "{<<: {a: 1}}",
                "{<<: text}",
                "{<<: text}",
                "[<<, a]",
            ]))
    func merged(written: String, result: String) {
        let stream = parse(written)
        #expect(stream.diagnostics == [])
        #expect(stream.documents.map(outline) == [result])
    }

    @Test("through aliases, alone and in lists")
    func throughAliases() throws {
        let marked = Marked(
            """
            base: &base {source: ⟦coolbikes⟧, type: rider}
            more: &more {<<: *base, type: driver}
            list: &list [*more, *base]
            one: {<<: *base}
            two: {<<: [*more, *base], name: n}
            three: {<<: *list}
            """)
        let stream = marked.parsed()
        #expect(stream.diagnostics == [])
        let root = try #require(stream.documents.first)
        #expect(root["one"].map(outline) == "{source: coolbikes, type: rider}")
        #expect(root["two"].map(outline) == "{source: coolbikes, type: driver, name: n}")
        #expect(root["three"].map(outline) == "{source: coolbikes, type: driver}")
        #expect(root["two"]?["source"]?.range == marked.ranges[0])
    }

    @Test(
        "only mappings can be merged",
        arguments: [
            "{<<: ⟦text⟧}", "{<<:⟦⟧ }", "{<<: ⟦[a]⟧}", "{<<: ⟦[{a: 1}, [{b: 2}]]⟧}", "a: &a 1\nb: {<<: ⟦*a⟧}",
        ])
    func badMerge(written: String) {
        let marked = Marked(written)
        #expect(marked.parsed().problems == [Problem(code: .badMergeKey, range: marked.ranges[0])])
    }

    @Test("two merge keys in one mapping are a repetition")
    func twoMergeKeys() {
        let marked = Marked("⟦<<⟧: {a: 1}\n⟦<<⟧: {b: 2}\nc: 3\n")
        let stream = marked.parsed()
        #expect(stream.problems == [Problem(code: .duplicateKey, range: marked.ranges[1])])
        #expect(stream.documents.map(outline) == ["{a: 1, c: 3}"])
    }

    @Test("a mapping cannot be merged into itself")
    func mergeIntoItself() {
        let marked = Marked("a: &a {b: 1, <<: ⟦*a⟧}")
        #expect(marked.parsed().problems.map(\.code) == [.unknownAlias, .badMergeKey])
        #expect(marked.parsed().problems.map(\.range) == [marked.ranges[0], marked.ranges[0]])
    }

    @Test("mappings merged level by level do not multiply")
    func levels() {
        let innermost = (0..<1_000).map { "k\($0): 1" }.joined(separator: ", ")
        let text = String(repeating: "{<<: ", count: 20) + "{\(innermost)}" + String(repeating: "}", count: 20)
        #expect(parse(text).documents.first?.pairs.count == 1_000)
        let stream = parse(text, limits: YAMLLimits(maximumAliasedNodes: 10_000, aliasedNodesPerNode: 0))
        #expect(stream.diagnostics.map(\.code) == [.aliasLimit])
        #expect(stream.documents.isEmpty)
    }
}
