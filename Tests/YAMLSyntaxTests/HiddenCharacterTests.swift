import Diagnostics
import Testing
import YAMLSyntax

@Suite("What readers see is what is read")
struct HiddenCharacterTests {
    @Test(
        "a line break that editors do not show is an error",
        arguments: zip(
            ["\u{85}", "\u{2028}", "\u{2029}", "\r"], ["\\u0085", "\\u2028", "\\u2029", "\\r"]))
    func lineBreaks(character: String, escape: String) {
        for text in ["# reviewed⟦\(character)⟧name: Smuggled", "a: 'b⟦\(character)⟧c'", "a: b⟦\(character)⟧c"] {
            let marked = Marked("version: 1\n" + text + "\nversion: ⟦2⟧\n")
            let stream = marked.parsed()
            // The second place shows that lines are counted as editors count them.
            #expect(stream.problems.first == Problem(code: .hiddenCharacter, range: marked.ranges[0]), "\(text)")
            #expect(stream.diagnostics.last?.location?.range.start.line == marked.ranges[1].start.line, "\(text)")
            #expect(stream.diagnostics.first?.help?.contains(escape) == true)
        }
    }

    @Test(
        "escapes of such characters are text",
        arguments: ["\"a\\u2028b\"", "\"a\\Lb\"", "\"a\\x85b\"", "\"\\N\"", "\"\\r\"", "\"\\u00A0x\\uFEFF\""])
    func escapes(scalar: String) {
        #expect(parse("key: \(scalar)\n").diagnostics == [])
    }

    @Test("a carriage return ends lines only where no line feed does")
    func carriageReturns() {
        #expect(parse("a: 1\rb: 2\r").documents.map(outline) == ["{a: 1, b: 2}"])
        #expect(parse("a: 1\r\nb: 2\r\n").documents.map(outline) == ["{a: 1, b: 2}"])
        #expect(parse("a: 1 # x\rb: 2\n").diagnostics.map(\.code) == [.hiddenCharacter])
    }

    @Test("JSON strings hold any character that JSON allows")
    func jsonStrings() {
        let value = "a \u{2028} b\u{85}\u{2029}\u{7F}\u{9F}\u{FEFF}c"
        let text = "{\"k\": \"\(value)\",\n \"l\": [\"\u{2028}\", 1]}\n"
        let stream = parseYAML(SourceText(name: "Riders.JSON", text: text))
        #expect(stream.diagnostics == [])
        #expect(stream.documents.first?["k"]?.text == value)
        #expect(stream.documents.first?["l"]?.range.start == SourcePosition(line: 2, column: 7))
        #expect(stream.documents.first?["l"]?.items.map(\.range.start.column) == [8, 13])
    }

    @Test("outside of its strings JSON may hide no line break either")
    func betweenJSONStrings() {
        let stream = parseYAML(SourceText(name: "a.json", text: "{\"a\": b\u{2028}c}\n"))
        #expect(stream.diagnostics.map(\.code) == [.hiddenCharacter])
    }

    @Test(
        "a surrogate pair of JSON is one character",
        arguments: [
            (#""\ud83d\udeb2""#, "🚲"), (#""a\uD83D\uDEB2b\\ud83d""#, #"a🚲b\ud83d"#),
            (#"'\ud83d\udeb2'"#, #"\ud83d\udeb2"#),
            (#"\ud83d\udeb2"#, #"\ud83d\udeb2"#),
        ])
    func surrogatePairs(scalar: String, text: String) {
        let stream = parse("a: \"\\ud83d\\udeb2\" # \\ud83d\\udeb2\nb: [\(scalar), x]\n")
        #expect(stream.diagnostics == [])
        #expect(stream.documents.first?["a"]?.text == "🚲")
        #expect(stream.documents.first?["b"]?.items.first?.text == text)
        let columns = stream.documents.first?["b"]?.items.map(\.range.start.column)
        #expect(columns == [5, UInt32(5 + scalar.count + 2)])
    }

    @Test(
        "half a surrogate pair is an error at its place",
        arguments: [#"a: "x⟦\⟧ud83d""#, #"a: "\ud83d\udeb2⟦\⟧udeb2""#, #"a: "⟦\⟧ud83d\u0041""#])
    func halfPairs(text: String) {
        let marked = Marked(text)
        let stream = marked.parsed()
        #expect(stream.diagnostics.map(\.code) == [.invalidYAML])
        #expect(stream.diagnostics.first?.help?.contains("second half") == true)
    }

    @Test(
        "a blank that YAML takes for text is an error where it can only be a slip",
        arguments: [
            "name:⟦\u{A0}⟧Jane\nother: x\n", "⟦\u{A0}⟧\u{A0}name: Jane\n", "name: Jane⟦\u{A0}⟧\n",
            "name: ⟦\u{200B}⟧Jane\n",
            "- a\n-⟦\u{A0}⟧b\n", "a: [b,⟦\u{A0}⟧c]\n", "a: {b:⟦\u{A0}⟧c}\n", "name: Jane ⟦\u{A0}⟧# comment\n",
            "a: b\n ⟦\u{A0}⟧c\n", "key⟦\u{FEFF}⟧: v\n", "a: \"b\"⟦\u{A0}⟧\n", "a: 1\n⟦\u{FEFF}⟧---\nb: 2\n",
            "a: |⟦\u{A0}⟧\n  b\n",
        ])
    func blanks(text: String) {
        let marked = Marked(text)
        #expect(marked.parsed().problems.first == Problem(code: .hiddenCharacter, range: marked.ranges[0]))
    }

    @Test(
        "the same characters are text elsewhere, joiners everywhere",
        arguments: [
            "name: Jane\u{A0}Smith\n", "name: \"\u{A0}Jane \"\n", "name: 'x\u{200B}'\n", "name: |\n  a\u{A0}\n",
            "# \u{A0}\u{FEFF}\n",
            "name: \u{200D}\u{200C}\n", "name: می\u{200C}خواهم\n", "name: 👩\u{200D}🔧\n", "a: 10\u{A0}000 m\n",
        ])
    func text(text: String) {
        #expect(parse(text).diagnostics == [])
    }

    @Test("a value that is a comment gets a warning")
    func comments() {
        let marked = Marked("color: ⟦#ff0000⟧\nb: # a comment\nc: #!x\nd: #todo\n  e: 1\nf: \"#x\"\n")
        let stream = marked.parsed()
        #expect(stream.problems == [Problem(code: .valueIsComment, range: marked.ranges[0])])
        #expect(stream.diagnostics.map(\.severity) == [.warning])
    }

    @Test func `a list item that is a comment gets a warning`() {
        let marked = Marked("a:\n  - ⟦#ff0000⟧\n  - x\n  # note\n  - ⟦#abc⟧\n  - # a comment\n  - b\nc:\n- ⟦#1⟧\n")
        #expect(marked.parsed().problems == marked.ranges.map { Problem(code: .valueIsComment, range: $0) })
    }

    @Test func `a comment behind a list or a lone value is none`() {
        #expect(
            parse("a: [x, #note\n  y]\nb: &x #note\nc: !!str #note\n").diagnostics.filter { $0.severity == .error }
                == [])
        #expect(parse("#note\n").diagnostics == [])
        #expect(parse("a: 1\n--- #note\n--- #note\n...\n#note\n").diagnostics == [])
    }

    @Test func `a second byte order mark is named`() {
        let stream = parse("\u{FEFF}\u{FEFF}a: 1\nb: 2\n")
        #expect(stream.problems.map(\.code) == [.hiddenCharacter])
        #expect(stream.documents.map(outline) == ["{a: 1, b: 2}"])
    }

    @Test func `a byte that begins a character and ends the text is named`() {
        let stream = parseYAML(SourceText(name: "a.yaml", bytes: Array("a: Zo".utf8) + [0xEB, 0x0A]))
        #expect(stream.diagnostics.first?.message.hasSuffix("the byte 0xEB") == true)
    }

    @Test func `many warnings do not end the reading`() {
        let lines = (0..<20).map { "k\($0): #ff0000\n" }.joined()
        let stream = parseYAML(
            SourceText(name: "a.yaml", text: lines + "last: 1\n"), limits: YAMLLimits(maximumDiagnostics: 5))
        #expect(stream.diagnostics.map(\.severity) == Array(repeating: .warning, count: 5))
        #expect(stream.documents.first?["last"]?.text == "1")
    }

    @Test(arguments: ["x: a⟦\u{A0}⟧\nb", "name:⟦\u{A0}⟧Jane\nother: x\n", "a:\n ⟦\u{A0}⟧ b: 1\nc: 2\n"])
    func `what a blank in a scalar leads to is not told again`(text: String) {
        let marked = Marked(text)
        #expect(marked.parsed().problems == [Problem(code: .hiddenCharacter, range: marked.ranges[0])])
    }

    @Test(arguments: [
        "a: \"\u{A0}x\"\nb: ⟦@⟧x\n", "\u{FEFF}a: 1\nb: 2\nc: ⟦@⟧x\n", "\u{FEFF}a: ⟦@⟧x\n",
        "# \"\u{A0}\"\na: 1\nb: '\u{200B}'\n\nc: ⟦@⟧x\n",
    ])
    func `a blank that was read well is not the cause of an error`(text: String) {
        let marked = Marked(text)
        let stream = marked.parsed()
        #expect(stream.diagnostics.map(\.code) == [.invalidYAML])
        #expect(stream.diagnostics.first?.location?.range.start.line == marked.ranges[0].start.line)
        #expect(stream.diagnostics.first?.message == "a value cannot begin with @")
    }

    @Test(arguments: ["! é\u{80}", "! \u{200B}\u{2028}x", "\u{2028}", "é\u{2028}: \u{85}", "[! \u{2028}, \u{2029}]"])
    func `what was replaced outside of quotes is read to its end`(text: String) {
        for name in ["a.json", "a.yaml"] {
            let stream = parseYAML(SourceText(name: name, text: text + "\n"))
            #expect(stream.diagnostics.contains { $0.severity == .error })
        }
    }

    @Test("the merge tag and the timestamp tag of other writers are read")
    func tags() {
        let stream = parse("a: &x {k: 1}\nb: {!!merge <<: *x}\nc: !!timestamp 2026-01-01\n")
        #expect(stream.diagnostics == [])
        #expect(stream.documents.first.map(outline) == "{a: {k: 1}, b: {k: 1}, c: 2026-01-01}")
        #expect(parse("!!merge x: 1\n").diagnostics.map(\.code) == [.unknownTag])
    }
}
