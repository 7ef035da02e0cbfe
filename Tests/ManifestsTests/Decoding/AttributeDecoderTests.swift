import Diagnostics
import Manifests
import ProfileModel
import Testing

@Suite struct AttributeDecoderTests {
    @Test(arguments: [
        ("red", "red" as AttributeValue), ("no", "no"), ("\"5\"", "5"), ("2024-01-01", "2024-01-01"),
        ("1_000", "1_000"), ("\"\"", ""),
    ])
    func textsAreStrings(written: String, value: AttributeValue) {
        let found = profiles(manifest("identifiers: {id: 1}, attributes: {a: \(written)}"))
        #expect(found.first?.attributes == ["a": value])
    }

    @Test(arguments: [
        ("5", AttributeValue.number(JSONNumber(text: "5"))), ("0o17", .number(JSONNumber(text: "15"))),
        ("1.50", .number(JSONNumber(text: "1.50"))), ("true", .bool(true)), ("~", .null),
        ("[a, 1]", .array(["a", .number(JSONNumber(text: "1"))])),
        ("{b: {c: d}, a: e}", .object(["a": "e", "b": .object(["c": "d"])])),
        ("12345678901234567890", .number(JSONNumber(text: "12345678901234567890"))),
    ])
    func otherValuesAreKeptAndGetAWarning(written: String, value: AttributeValue) {
        let text = Marked(manifest("identifiers: {id: 1}, attributes: {a: «\(written)»}"))
        let (state, diagnostics) = decode(text.text)
        #expect(state.profiles.first?.attributes == ["a": value])
        #expect(diagnostics.map(\.code) == [.nonStringAttribute])
        #expect(diagnostics.map(\.severity) == [.warning])
        #expect(diagnostics.first?.location?.range == text.ranges[0])
    }

    @Test func keysThatLookAlikeAreTwo() {
        let (state, diagnostics) = decode(
            manifest(#"identifiers: {id: 1}, attributes: {"caf\u00E9": one, "cafe\u0301": two}"#))
        #expect(diagnostics.map(\.code) == [.lookalikes] && diagnostics.map(\.severity) == [.warning])
        #expect(state.profiles.first?.attributes == ["cafe\u{301}": "two", "caf\u{E9}": "one"])
        #expect(state.profiles.first?.attributes.count == 2)
    }

    @Test func strictStringsMakeItAnError() {
        let found = expect(
            .nonStringAttribute, in: manifest("identifiers: {id: 1}, attributes: {a: «5», b: c}"),
            settings: .init(strictStrings: true))
        #expect(found.map(\.severity) == [.error])
    }

    @Test(arguments: [".inf", "-.inf", ".nan"])
    func whatJSONCannotWriteIsRefused(written: String) {
        expect(.wrongShape, in: manifest("identifiers: {id: 1}, attributes: {a: «\(written)»}"))
    }

    @Test func aValueOfTheDefaultsIsReportedOnce() {
        expect(
            .nonStringAttribute,
            in: """
                version: 1
                defaults: {source: shop, type: buyer, attributes: {age: «7»}}
                profiles: {a: {identifiers: {id: 1}}, b: {identifiers: {id: 2}}}
                """)
        expect(
            .nonStringAttribute,
            in: """
                version: 1
                x-all: &all {age: «7»}
                defaults: {source: shop, type: buyer}
                profiles:
                  a: {identifiers: {id: 1}, attributes: {<<: *all}}
                  b: {identifiers: {id: 2}, attributes: {<<: *all}}
                """)
    }

    @Test func manyAttributesAreSortedToo() {
        let members = (0..<100).reversed().map { "k\($0): v" }.joined(separator: ", ")
        let found = profiles(manifest("identifiers: {id: 1}, attributes: {\(members)}"))
        #expect(found.first?.attributes.keys == (0..<100).map { "k\($0)" }.sorted())
        let merged = profiles(
            "version: 1\ndefaults: {source: s, type: t, attributes: {k5: default, other: default}}\n"
                + "profiles: {p: {identifiers: {id: 1}, attributes: {\(members)}}}")
        #expect(merged.first?.attributes["k5"] == "v")
        #expect(merged.first?.attributes["other"] == "default")
        #expect(merged.first?.attributes.count == 101)
    }
}
