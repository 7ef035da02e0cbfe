import Diagnostics
import Testing
import YAMLSyntax

@Suite("Bytes that are no text")
struct HostileBytesTests {
    @Test(
        "invalid UTF-8 has a place",
        arguments: [
            [0xFF], [0x80], [0xC3, 0x28], [0xE2, 0x82], [0xF0, 0x28, 0x8C, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let marked = Marked("é: ü\nkey: ⟦⟧")
        let stream = parseYAML(SourceText(name: "x.yaml", bytes: Array(marked.text.utf8) + bytes + [0x0A]))
        let location = stream.diagnostics.first?.location
        #expect(stream.diagnostics.map(\.code) == [.invalidUTF8])
        #expect(location?.range.start.line == marked.ranges[0].start.line)
        #expect(location.map { $0.range.start.column >= marked.ranges[0].start.column } == true)
        #expect(stream.documents.isEmpty)
    }

    @Test(
        "control characters are told by name and place",
        arguments: zip(
            ["\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{9F}", "\u{FFFE}"],
            ["U+0000", "U+0007", "U+001B", "U+007F", "U+009F", "U+FFFE"]))
    func controlCharacters(character: String, name: String) {
        let marked = Marked("a: b\nkey: \"⟦\(character)⟧\"\n")
        let stream = marked.parsed()
        #expect(stream.problems == [Problem(code: .invalidYAML, range: marked.ranges[0])])
        #expect(stream.messages.first?.hasSuffix(name) == true)
    }

    @Test(
        "UTF-16 and UTF-32 are refused by their byte order mark",
        arguments: [
            [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x00, 0x00, 0xFE, 0xFF], [0xFF, 0xFE, 0x00, 0x00],
        ] as [[UInt8]])
    func otherEncodings(bytes: [UInt8]) {
        let stream = parseYAML(SourceText(name: "x.yaml", bytes: bytes))
        #expect(stream.diagnostics.map(\.code) == [.invalidUTF8])
        #expect(stream.messages == ["the text is UTF-16 or UTF-32, not UTF-8"])
    }

    @Test("a byte order mark of UTF-8 takes no column")
    func byteOrderMark() {
        let marked = Marked("⟦key⟧: ⟦1⟧\n⟦é⟧: ⟦[⟧\n")
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        let fine = parseYAML(SourceText(name: "x.yaml", bytes: bytes + Array("key: 1\né: 2\n".utf8)))
        #expect(fine.diagnostics == [])
        let pairs = fine.documents[0].pairs
        #expect(pairs.map(\.key.range) == [marked.ranges[0], marked.ranges[2]])
        #expect(pairs.first?.value.range == marked.ranges[1])
        #expect(fine.documents[0]["key"]?.text == "1")
    }
}
