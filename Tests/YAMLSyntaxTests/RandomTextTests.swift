import Diagnostics
import Testing
import YAMLSyntax

/// SplitMix64: the same texts on every machine for one seed.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

@Suite("Random texts")
struct RandomTextTests {
    private static let fragments = [
        "a", "b", "key", "é", "𝄞", "1", "0x1F", "~", ": ", ":\n", ":\n  ", "\n", "\n  ", "\n    ", "\r\n", "\u{85}",
        "- ", "\n- ", "\n  - ", "? ", "[", "]", "{", "}", ", ", "'", "\"", "\\n", "|\n  ", ">-\n  ", "# c\n", "&x ",
        "*x",
        "&y ", "*y ", "*x : ", "!!str ", "! ", "!t ", "<<: ", "---\n", "\n...\n", "%TAG ! x\n", " ", "\t", "\u{FEFF}",
        "[*x, *x]", "{a: b, c: [d]}", "<<: {a: 1}\n",
    ]

    @Test("no text crashes the reader; every node lies in the one around it", arguments: 0..<20 as Range<UInt64>)
    func fragments(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        for _ in 0..<150 {
            let count = Int.random(in: 0..<25, using: &generator)
            let text = (0..<count).compactMap { _ in Self.fragments.randomElement(using: &generator) }.joined()
            let stream = parse(text, limits: YAMLLimits(maximumDepth: 8, maximumAliasedNodes: 50))
            for document in stream.documents {
                check(document, in: text, hasMerges: text.contains("<<"), seed: seed)
            }
        }
    }

    @Test("no bytes crash the reader", arguments: 0..<10 as Range<UInt64>)
    func bytes(seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        let valid = Array("a: &x [é, 'b', {c: \"d\\n\"}]\n<<: {k: *x}\nlist:\n  - |\n    text\n  - *x\n".utf8)
        for _ in 0..<150 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1..<6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[place], at: place)
                }
            }
            for document in parseYAML(SourceText(name: "random", bytes: bytes)).documents {
                check(document, in: String(decoding: bytes, as: UTF8.self), hasMerges: true, seed: seed)
            }
        }
    }

    private func check(_ node: YAMLNode, in text: String, hasMerges: Bool, seed: UInt64) {
        #expect(node.range.start <= node.range.end, "seed \(seed): \(text.debugDescription)")
        let members: [YAMLNode]
        switch node.kind {
        case .scalar:
            _ = (node.text, node.scalar)
            members = []
        case .sequence: members = Array(node.items)
        case .mapping:
            members = node.pairs.flatMap { [$0.key, $0.value] }
            let keys = Set(node.pairs.map { Array($0.key.textBytes) })
            #expect(keys.count == node.pairs.count, "seed \(seed): \(text.debugDescription)")
            #expect(node.pairs.allSatisfy { $0.key.kind == .scalar }, "seed \(seed): \(text.debugDescription)")
        }
        for member in members {
            if !hasMerges, !node.isAlias {
                #expect(
                    node.range.start <= member.range.start && member.range.end <= node.range.end,
                    "seed \(seed): \(text.debugDescription)")
            }
            check(member, in: text, hasMerges: hasMerges, seed: seed)
        }
    }
}
