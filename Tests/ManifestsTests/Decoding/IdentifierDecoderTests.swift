import Diagnostics
import ProfileModel
import Testing

@Suite struct IdentifierDecoderTests {
    @Test(arguments: [
        ("0987654321", "0987654321"), ("no", "no"), ("1.10", "1.10"), ("2024-01-01", "2024-01-01"), ("0x1F", "0x1F"),
        ("1_000", "1_000"), ("true", "true"), (".inf", ".inf"), ("'~'", "~"), ("\"null\"", "null"), ("' a '", " a "),
        ("!!str null", "null"),
    ])
    func valuesAreTheTextAsWritten(written: String, text: String) {
        #expect(profiles(manifest("identifiers: {id: \(written)}")).first?.identifiers.first?.value == text)
        #expect(
            profiles(manifest("identifiers: [{type: id, value: \(written)}]")).first?.identifiers.first?.value == text)
        #expect(profiles(manifest("name: \(written), identifiers: {id: 1}")).first?.name == text)
    }

    @Test func emptyValuesAreRefused() {
        expect(.emptyValue, in: manifest("identifiers: {id: «~»}"))
        expect(.emptyValue, in: manifest("identifiers: {id: «\"\"»}"))
        expect(.emptyValue, in: manifest("identifiers: {id: «[]»}"))
        expect(.emptyValue, in: manifest("identifiers: {id: [a, «null»]}"))
        expect(.emptyValue, in: manifest("identifiers: [{type: id, value: «~»}]"))
        expect(.emptyValue, in: manifest("identifiers: [{type: «\"\"», value: 1}]"))
        expect(.emptyValue, in: manifest("identifiers: {«\"\"»: 1}"))
        expect(.emptyValue, in: manifest("identifiers: {id: 1}, name: «\"\"»"))
    }

    @Test func collectionsAreNoValues() {
        expect(.wrongShape, in: manifest("identifiers: {id: «{a: b}»}"))
        expect(.wrongShape, in: manifest("identifiers: {id: [«[a]»]}"))
        expect(.wrongShape, in: manifest("identifiers: [{type: id, value: «[a]»}]"))
        expect(.wrongShape, in: manifest("identifiers: [«email»]"))
        expect(.wrongShape, in: manifest("identifiers: «email»"))
        expect(.wrongShape, in: manifest("identifiers: {id: 1}, name: «[a]»"))
    }

    @Test func theListFormHasTypeAndValue() {
        expect(.missingValue, in: manifest("identifiers: [«{type: email}»]"))
        expect(.missingValue, in: manifest("identifiers: [«{value: a}»]"))
        expect(.unknownKey, in: manifest("identifiers: [{type: email, value: a, «kind»: b}]"))
    }
}
