import Diagnostics
import ProfileModel
import Testing
import Views
import WireFormat

/// Swift Testing has a type of the same name.
private typealias Place = Diagnostics.SourceLocation

@Suite struct DiagnosticsTests {
    /// The place of the `«…»` in a text without them.
    private func marked(_ text: String, file: String = "p.yaml") -> (source: SourceText, location: Place) {
        var plain = ""
        var positions: [SourcePosition] = []
        var position = SourcePosition(line: 1, column: 1)
        for scalar in text.unicodeScalars {
            if scalar == "«" || scalar == "»" {
                positions.append(position)
                continue
            }
            plain.unicodeScalars.append(scalar)
            if scalar == "\n" {
                position = SourcePosition(line: position.line + 1, column: 1)
            } else {
                position.column += 1
            }
        }
        let range = SourceRange(positions[0], positions[1])
        return (SourceText(name: file, text: plain), Place(file: file, range: range))
    }

    private func render(_ text: String, width: Int? = nil) -> String {
        let (source, location) = marked(text)
        return DiagnosticsText.render(
            [Diagnostic(.unknownKey, "unknown key", at: location)], style: TextStyle(color: false, width: width),
            sources: { $0 == source.name ? source : nil })
    }

    @Test func `a diagnostic shows the place, the line with the range underlined, notes and the way out`() {
        let (source, location) = marked("version: 1\nprofiles:\n  jane:\n    «identifers»: {}\n")
        let note = marked("version: 1\n«profiles»:\n").location
        let diagnostics = [
            Diagnostic(.unreachable, "later file", at: Place(file: "z.yaml", range: location.range)),
            Diagnostic(
                .unknownKey, "unknown key \"identifers\"", at: location,
                notes: [.init("profiles are described here", at: note), .init("keys are case-sensitive")],
                help: "did you mean \"identifiers\"?"),
            Diagnostic(.nonStringAttribute, "a number", severity: .warning, at: note),
            Diagnostic(.noManifestMatched, "no manifest matched"),
        ]
        let text = DiagnosticsText.render(diagnostics, style: .plain) { $0 == "p.yaml" ? source : nil }
        #expect(
            text == """
                error[PM105]: no manifest matched

                warning[PM118]: a number
                 --> p.yaml:2:1
                  |
                2 | profiles:
                  | ^^^^^^^^

                error[PM101]: unknown key "identifers"
                 --> p.yaml:4:5
                  |
                4 |     identifers: {}
                  |     ^^^^^^^^^^
                note: profiles are described here
                 --> p.yaml:2:1
                  |
                2 | profiles:
                  | ^^^^^^^^
                note: keys are case-sensitive
                help: did you mean "identifiers"?

                error[PM501]: later file
                 --> z.yaml:4:5

                3 errors, 1 warning
                More about a code: profilectl explain PM105

                """)
    }

    @Test(arguments: [
        ("\tname: «x»", "    name: x", "          ^"),
        ("名前: «山田»", "名前: 山田", "      ^^^^"),
        ("a\u{1B}[1m: «\u{202E}x»", "a\\e[1m: \\u{202E}x", "        ^^^^^^^^^"),
        ("e\u{301}: «v»", "e\u{301}: v", "   ^"),
        ("a: «»b", "a: b", "   ^"),
        ("ab«»", "ab", "  ^"),
        ("a: «b\nc»: d", "a: b", "   ^"),
        ("«»", "", "^"),
    ])
    func `carets stand under what they mean`(text: String, line: String, carets: String) {
        #expect(render(text).contains("\n1 |\(line.isEmpty ? "" : " " + line)\n  | \(carets)\n\n"))
    }

    @Test func `a very long line is shown around the place`() {
        let text = String(repeating: "a", count: 5000) + "«bad»" + String(repeating: "z", count: 9000)
        let shown = render(text, width: 40)
        #expect(
            shown.contains(
                """
                 --> p.yaml:1:5001
                  |
                1 | …aaaaaaaaaaabadzzzzzzzzzzzzzzzzzzzz…
                  |             ^^^
                """))
        #expect(render("«" + text.filter { $0 != "«" && $0 != "»" } + "»", width: 40).contains("1 | aaaaaaaaaaa"))
    }

    @Test func `a place after the end of the text is shown without a line`() {
        let source = SourceText(name: "p.yaml", text: "a: 1\n")
        for line in [0, 2, 3, UInt32.max] {
            let position = SourcePosition(line: line, column: .max)
            let location = Place(file: "p.yaml", range: SourceRange(position, position))
            let text = DiagnosticsText.render([Diagnostic(.invalidYAML, "x", at: location)], style: .plain) { _ in
                source
            }
            #expect(text.contains(" --> p.yaml:\(line):4294967295\n"))
        }
    }

    @Test func `many problems in one line of megabytes take no time to show`() {
        let source = SourceText(name: "p.yaml", text: String(repeating: "é", count: 1_000_000))
        let diagnostics = (0..<500).map { index in
            let column = UInt32(index * 2000 + 1)
            let range = SourceRange(.init(line: 1, column: column), .init(line: 1, column: column + 1))
            return Diagnostic(.invalidYAML, "x", at: Place(file: "p.yaml", range: range))
        }
        var asked = 0
        let text = DiagnosticsText.render(diagnostics, style: .plain) { _ in
            asked += 1
            return source
        }
        #expect(asked == 1)
        #expect(text.contains("500 errors"))
    }

    @Test func `broken UTF-8 is shown as far as it can be`() {
        let source = SourceText(name: "p.yaml", bytes: Array("a: ".utf8) + [0xFF, 0xFE, 0x80] + Array("b\r\n".utf8))
        let range = SourceRange(.init(line: 1, column: 4), .init(line: 1, column: 5))
        let text = DiagnosticsText.render(
            [Diagnostic(.invalidUTF8, "no text", at: Place(file: "p.yaml", range: range))], style: .plain
        ) { _ in source }
        #expect(text.contains("1 | a: \u{FFFD}"))
    }

    @Test func `machines get every part`() throws {
        let (source, location) = marked("a: «b»\n")
        let diagnostics = [
            Diagnostic(.unknownKey, "m\u{1B}", at: location, notes: [.init("n", at: location), .init("o")], help: "h"),
            Diagnostic(.nonStringAttribute, "w", severity: .warning),
        ]
        let text = DiagnosticsJSON.render(diagnostics) { _ in source }
        let range = #"{"end":{"column":5,"line":1},"start":{"column":4,"line":1}}"#
        #expect(
            text == #"{"diagnostics":[{"code":"PM118","file":null,"help":null,"message":"w","notes":[],"range":null,"#
                + #""severity":"warning","snippet":null},{"code":"PM101","file":"p.yaml","help":"h","message":"m\u001b","#
                + #""notes":[{"file":"p.yaml","message":"n","range":\#(range)},{"file":null,"message":"o","range":null}],"#
                + #""range":\#(range),"severity":"error","snippet":{"column":1,"text":"a: b"}}],"#
                + #""errors":1,"format_version":"1.0","valid":false,"warnings":1}"# + "\n")
        let none = DiagnosticsJSON.render([]) { _ in nil }
        #expect(none == #"{"diagnostics":[],"errors":0,"format_version":"1.0","valid":true,"warnings":0}"# + "\n")
    }
}
