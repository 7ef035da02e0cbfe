import Diagnostics
import Testing
import YAMLSyntax

@Suite("A text as documents")
struct DocumentTests {
    @Test("a manifest is read")
    func manifest() throws {
        let stream = parseYAML(
            SourceText(
                name: "a.yaml",
                text: """
                    version: 1
                    defaults: &d {source: coolbikes, type: rider}
                    profiles:
                      jane: &j
                        <<: *d
                        type: "other"
                        identifiers: [{type: email, value: "a\\tb"}]
                        attributes: {n: 0o17, f: .5, no: no}
                    ---
                    second
                    """))
        #expect(stream.diagnostics == [])
        #expect(stream.documents.count == 2)
        let jane = try #require(stream.documents[0]["profiles"]?["jane"])
        #expect(jane.pairs.map(\.key.text) == ["source", "type", "identifiers", "attributes"])
        #expect(jane["source"]?.text == "coolbikes")
        #expect(jane["type"]?.text == "other")
        #expect(jane["identifiers"]?.items.first?["value"]?.text == "a\tb")
        #expect(jane["attributes"]?.pairs.map(\.value.scalar) == [.integer("15"), .float("0.5"), .string("no")])
    }
}
