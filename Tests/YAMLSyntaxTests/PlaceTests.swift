import Diagnostics
import Testing

@testable import YAMLSyntax

@Suite("Places of nodes")
struct PlaceTests {
    /// All nodes as they are written, those inside after those around them.
    private func places(_ node: YAMLNode) -> [SourceRange] {
        switch node.kind {
        case .scalar: [node.range]
        case .sequence: [node.range] + node.items.flatMap(places)
        case .mapping: [node.range] + node.pairs.flatMap { places($0.key) + places($0.value) }
        }
    }

    @Test(
        "every node has its place",
        arguments: [
            "⟦a⟧", "⟦'a b'⟧", "⟦\"a\\tb\"⟧  # comment", "⟦[⟦a⟧, ⟦\"b\"⟧ , ⟦[⟧]⟧ ]⟧",
            "⟦⟦a⟧: ⟦b⟧⟧\n", "⟦⟦a⟧:\n  ⟦⟦b⟧: ⟦c⟧\n  ⟦d⟧: ⟦e⟧⟧⟧\n\n# comment\n", "⟦- ⟦a⟧\n- ⟦⟦b⟧: ⟦c⟧⟧⟧\n",
            "⟦⟦k⟧:\n⟦- ⟦a⟧\n- ⟦b⟧⟧\n⟦j⟧: ⟦v⟧⟧\n", "⟦{⟦a⟧: ⟦1⟧, ⟦b⟧:⟦⟧ }⟧", "⟦⟦a⟧:⟦⟧\n⟦b⟧: ⟦1⟧⟧\n",
            "⟦⟦a⟧: ⟦|\n  text\n   more⟧\n\n\n⟦b⟧: ⟦>-\n  x⟧⟧\n", "⟦⟦a⟧: ⟦first\n  second⟧\n⟦b⟧: ⟦1⟧⟧\n",
            "⟦⟦a⟧: ⟦&x !!str b⟧\n⟦c⟧: ⟦&y [⟦1⟧]⟧⟧\n", "⟦⟦é𝄞⟧: ⟦ü⟧\n⟦\"ñ\"⟧: ⟦[⟦日本⟧, ⟦x⟧]⟧⟧\n",
            "⟦⟦a⟧: ⟦b⟧\n⟦c⟧: ⟦d⟧⟧\n# ends without line break", "--- ⟦a⟧\n...\n", "⟦[⟦⟦a⟧: ⟦b⟧⟧ ]⟧",
            "⟦? ⟦a⟧\n: ⟦b⟧⟧\n",
        ])
    func everyNode(written: String) {
        let marked = Marked(written.replacing("⟦[⟧]⟧", with: "⟦[]⟧"))
        let stream = marked.parsed()
        #expect(stream.diagnostics == [])
        #expect(stream.documents.flatMap(places) == marked.ranges)
    }

    @Test("lines end with LF, CRLF or CR", arguments: ["\n", "\r\n", "\r"])
    func lineBreaks(lineBreak: String) {
        let marked = Marked("⟦⟦a⟧: ⟦é⟧\n⟦b⟧:\n  ⟦- ⟦x⟧\n  - ⟦'y\n    z'⟧⟧⟧\n")
        let stream = parse(marked.text.replacing("\n", with: lineBreak))
        #expect(stream.documents.flatMap(places) == marked.ranges)
        #expect(stream.documents.first?["b"]?.items.map(\.text) == ["x", "y z"])
    }

    @Test("a location names its text")
    func fileName() {
        #expect(parse("a").documents[0].location.file == "test.yaml")
    }

    @Test("positions in long lines and at every offset are those of counting", arguments: ["\n", "\r"])
    func countedPositions(lineEnd: Unicode.Scalar) {
        let line = String(lineEnd)
        let text =
            String(repeating: "abcdefg" + line, count: 20)
            + String(repeating: "é𝄞x" + (lineEnd == "\n" ? "\r\n" : "\r") + "y\u{85}\u{2028}", count: 40)
            + String(repeating: "long ", count: 100) + "\u{2029}" + line + line + "\u{FEFF}" + line
        let source = SourceText(name: "test.yaml", text: text)
        let start = SourcePosition.start(of: source)
        var expected = SourcePosition(line: 1, column: 1)
        var offset: UInt32 = 0
        for scalar in text.unicodeScalars {
            #expect(start.moved(over: 0..<offset, of: source) == expected)
            offset += UInt32(String(scalar).utf8.count)
            if scalar == lineEnd {
                expected = SourcePosition(line: expected.line + 1, column: 1)
            } else {
                expected.column += 1
            }
        }
        #expect(start.moved(over: 0..<offset, of: source) == expected)
    }
}
