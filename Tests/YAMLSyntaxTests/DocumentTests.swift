import Diagnostics
import Testing
import YAMLSyntax

@Suite("Documents of a text")
struct DocumentTests {
    @Test("a manifest is read")
    func manifest() throws {
        let stream = parse(
            """
            version: 1
            defaults: &d {source: coolbikes, type: rider}
            profiles:
              jane:
                <<: *d
                type: "other"
                identifiers: [{type: email, value: "a\\tb"}]
                attributes: {n: 0o17, f: .5, no: no}
            """)
        #expect(stream.diagnostics == [])
        let jane = try #require(stream.documents.first?["profiles"]?["jane"])
        #expect(
            outline(jane)
                == "{source: coolbikes, type: other, identifiers: [{type: email, value: a\tb}], "
                + "attributes: {n: 0o17, f: .5, no: no}}")
        #expect(jane["attributes"]?.pairs.map(\.value.scalar) == [.integer("15"), .float("0.5"), .string("no")])
        #expect(jane["no such key"] == nil)
        #expect(jane["source"]?["of no mapping"] == nil)
    }

    @Test("several documents are kept apart")
    func severalDocuments() {
        let stream = parse("a: 1\n---\n- b\n...\n--- c\n")
        #expect(stream.documents.map(outline) == ["{a: 1}", "[b]", "c"])
    }

    @Test("anchors end with their document")
    func anchorsEnd() {
        let marked = Marked("a: &x 1\n---\nb: ⟦*x⟧\n")
        #expect(marked.parsed().problems == [Problem(code: .unknownAlias, range: marked.ranges[0])])
    }

    @Test(
        "no content is no document and no problem", arguments: ["", "\n", "# only a comment\n", "  \n\n", "\u{FEFF}"])
    func nothing(text: String) {
        let stream = parse(text)
        #expect(stream.documents.isEmpty)
        #expect(stream.diagnostics == [])
    }

    @Test("an empty document is null")
    func emptyDocument() {
        let stream = parse("---\n---\na\n")
        #expect(stream.documents.map(\.scalar) == [.null, .string("a")])
    }

    @Test("the documents before an error of form are kept")
    func documentsBeforeAnError() {
        let stream = parse("a: 1\n---\nb: [\n")
        #expect(stream.documents.map(outline) == ["{a: 1}"])
        #expect(stream.diagnostics.map(\.code) == [.invalidYAML])
    }

    @Test("problems of meaning do not hide each other")
    func allProblems() {
        let marked = Marked(
            """
            a: ⟦!date⟧ 2024-01-01
            ⟦[b]⟧: 1
            c: ⟦*nowhere⟧
            <<: ⟦text⟧
            ⟦a⟧: 2
            ---
            fine
            """)
        let stream = marked.parsed()
        let expected: [DiagnosticCode] = [.unknownTag, .nonScalarKey, .unknownAlias, .badMergeKey, .duplicateKey]
        let found = stream.problems.sorted { ($0.range?.start.line ?? 0) < ($1.range?.start.line ?? 0) }
        #expect(found == zip(expected, marked.ranges).map { Problem(code: $0, range: $1) })
        #expect(stream.documents.count == 2)
    }

    @Test("what libyaml cannot read has its words and its place")
    func syntaxErrors() {
        let indentation = Marked("a:\n  b: 1\n ⟦c⟧: 2\n")
        #expect(indentation.parsed().problems == [Problem(code: .invalidYAML, range: indentation.ranges[0])])
        #expect(indentation.parsed().messages == ["the indentation fits no key above"])

        let tab = Marked("a:\n⟦\t⟧b: 1\n")
        #expect(tab.parsed().problems == [Problem(code: .invalidYAML, range: tab.ranges[0])])

        let twoValues = Marked("a: b⟦:⟧ c\n")
        #expect(twoValues.parsed().problems == [Problem(code: .invalidYAML, range: twoValues.ranges[0])])
        #expect(twoValues.parsed().messages == ["a key cannot stand here"])
    }

    @Test("a note shows where the unfinished thing begins")
    func contextOfSyntaxErrors() {
        let marked = Marked("a: ⟦[⟧1, 2\nb⟦:⟧ 3\n")
        let diagnostic = marked.parsed().diagnostics.first
        #expect(diagnostic?.notes.first?.location?.range == marked.ranges[0])
        #expect(diagnostic?.notes.first?.message == "it begins here")
    }

    @Test("keys are found among many, compared by their text")
    func manyKeys() {
        let text = (0..<1_000).map { "key number \($0): \($0)\n" }.joined()
        let root = parse(text).documents[0]
        #expect(root.pairs.count == 1_000)
        #expect(root["key number 999"]?.scalar == .integer("999"))
        #expect(root["key number 1000"] == nil)
    }

    @Test("texts are compared without making strings of them")
    func textEquals() {
        let root = parse("\"a\\x41\": é").documents[0]
        #expect(root.pairs.first?.key.textEquals("aA") == true)
        #expect(root.pairs.first?.key.textEquals("a") == false)
        #expect(root.pairs.first?.value.textBytes.elementsEqual("é".utf8) == true)
    }

    @Test(
        "folding and quoting are taken off",
        arguments: zip(
            [
                "'it''s'", "\"a\\n\\u00e9\\\n   b\"", "|\n  a\n   b\n", ">-\n  a\n  b\n\n  c", "a\n  b\n\n  c", "''",
                "|\n", "\"\"",
            ],
            ["it's", "a\néb", "a\n b\n", "a b\nc", "a b\nc", "", "", ""]))
    func texts(written: String, text: String) {
        let stream = parse("k: " + written)
        #expect(stream.diagnostics == [])
        #expect(stream.documents.first?["k"]?.text == text)
    }

    @Test("quotes and block scalars are not plain")
    func plain() {
        let items = parse("[a, 'a', \"a\", [a]]").documents[0].items
        #expect(items.map(\.isPlain) == [true, false, false, false])
        #expect(parse("|\n  a").documents[0].isPlain == false)
    }
}
