import Diagnostics
import ProfileModel
import Testing

/// Rules that one profile can break on its own. Each is shown broken, and kept.
@Suite struct OneProfileRulesTests {
    static let id = "identifiers: {id: 1}"

    @Test(arguments: ["zendesk", "Zendesk", "ZENDESK", "zendes\u{212A}"])
    func zendeskIsReserved(source: String) {
        expect(.reservedSource, in: manifest("source: «\(source)», \(Self.id)"))
    }

    @Test(arguments: ["zendesk2", "my-zendesk", "zen"])
    func otherSourcesAreFree(source: String) {
        expect(in: manifest("source: \(source), \(Self.id)"))
    }

    @Test func colonsAndSlashesHaveNoPlaceInNames() {
        expect(.colonInName, in: manifest("source: «\"a:b\"», \(Self.id)"))
        expect(.colonInName, in: manifest("source: «a/b», \(Self.id)"))
        expect(.colonInName, in: manifest("type: «\"a:b\"», \(Self.id)"))
        expect(.colonInName, in: manifest("type: «a/b», \(Self.id)"))
        expect(.colonInName, in: manifest("identifiers: {«\"a:b\"»: 1}"))
        expect(.colonInName, in: manifest("identifiers: [{type: «\"a:b\"», value: 1}]"))
        expect(in: manifest("identifiers: {a/b: \"1:2/3\"}"))
    }

    @Test func lengthsAreCountedInScalars() {
        let forty = String(repeating: "é", count: 40)
        let sixty = String(repeating: "é", count: 60)
        expect(in: manifest("source: \(forty), type: \(forty), identifiers: {\(sixty): 1}"))
        expect(.tooLong, in: manifest("source: «\(forty)a», \(Self.id)"))
        expect(.tooLong, in: manifest("type: «\(forty)a», \(Self.id)"))
        expect(.tooLong, in: manifest("identifiers: {«\(sixty)a»: 1}"))
    }

    @Test func twentyIdentifiersAreTheMost() {
        let twenty = (1...20).map { "i\($0): 1" }.joined(separator: ", ")
        expect(in: manifest("identifiers: {\(twenty)}"))
        expect(.tooManyIdentifiers, in: manifest("identifiers: {\(twenty), i21: «1»}"))
    }

    @Test func aProfileHasAnIdentifier() {
        expect(.noIdentifier, in: manifest("identifiers: «{}»"))
        expect(.noIdentifier, in: manifest("identifiers: «[]»"))
        expect(
            .noIdentifier,
            in: "version: 1\ndefaults: {source: shop, type: buyer}\nprofiles: {«p»: {name: Jane}}")
    }

    @Test func anIdentifierIsWrittenOnce() {
        let list = "{type: google, value: a@b.c}"
        expect(.duplicateIdentifier, in: manifest("identifiers: {email: A@b.c, google: «a»@b.c}"))
        expect(.duplicateIdentifier, in: manifest("identifiers: {external_id: [X1, «x»1]}"))
        expect(.duplicateIdentifier, in: manifest("identifiers: {id: [\"1\", «1»]}"))
        expect(.duplicateIdentifier, in: manifest("identifiers: [\(list), {type: email, value: «A»@B.C}]"))
        expect(in: manifest("identifiers: {id: [a, A], other_id: a, phone_number: a}"))
        let many = (0..<30).map { "a\($0)" } + ["«A»3"]
        expect(
            .tooManyIdentifiers, .duplicateIdentifier,
            in: manifest("identifiers: {email: [\(many.joined(separator: ", "))]}")
                .replacing(" a20,", with: " «a»20,"))
    }

    @Test func theKeyIsOneOfTheIdentifiers() {
        let found = profiles(manifest("identifiers: {a: 1, b: 2, c: 3}, key: b"))
        #expect(found.first?.key == Identifier(type: "b", value: "2"))
        let problem = expect(.unknownKeyIdentifier, in: manifest("identifiers: {email: a}, key: «emial»"))
        #expect(problem.first?.help == "did you mean \"email\"? it has: email")
    }

    @Test func aDefaultKeyMustServeSomeProfile() {
        expect(
            .unknownKeyIdentifier,
            in: """
                version: 1
                defaults: {source: shop, type: buyer, key: «emial»}
                profiles: {a: {identifiers: {email: a}}, b: {identifiers: {id: 1}}}
                """)
    }

    @Test func sourceAndTypeAreNeeded() {
        expect(
            .missingSourceOrType, in: "version: 1\ndefaults: {type: t}\nprofiles: {«p»: {\(Self.id)}}")
        expect(
            .missingSourceOrType, in: "version: 1\nprofiles: {«p»: {source: s, \(Self.id)}}")
        expect(.emptyValue, in: "version: 1\nprofiles: {p: {source: «\"\"», type: t, \(Self.id)}}")
    }

    @Test(arguments: ["a/b", "\"\"", "\"a\\tb\"", "\"a\\u0085b\""])
    func namesArePartOfAddresses(name: String) {
        expect(
            .badProfileName, in: "version: 1\nprofiles: {«\(name)»: {source: s, type: t, \(Self.id)}}")
    }

    @Test func aNameThatLooksLikePersonalDataGetsAWarning() {
        let found = expect(
            .badProfileName, in: "version: 1\nprofiles: {«jane@example.com»: {source: s, type: t, \(Self.id)}}")
        #expect(found.first?.severity == .warning)
        expect(in: "version: 1\nprofiles: {Jane Smith é.2: {source: s, type: t, \(Self.id)}}")
    }

    @Test(arguments: ["12a", "+12", "1_000", "1.0", "\"١٢\""])
    func userIDsAreDigits(userID: String) {
        expect(.badUserID, in: manifest("\(Self.id), user_id: «\(userID)»"))
    }

    @Test func aUserIDIsTheTextAsWritten() {
        #expect(profiles(manifest("\(Self.id), user_id: 0418109427253")).first?.userID == "0418109427253")
    }

    @Test(arguments: [
        ("name", ["name"]), ("identifiers", ["identifiers"]), ("attributes", ["attributes"]),
        ("attributes.a.b", ["attributes", "a", "b"]), (#"attributes.a\.b"#, ["attributes", "a.b"]),
    ])
    func changesOfAFieldCanBeIgnored(written: String, path: [String]) {
        let found = profiles(manifest("\(Self.id), lifecycle: {ignore_changes: ['\(written)']}"))
        #expect(found.first?.lifecycle.ignoreChanges == [path])
    }

    @Test(arguments: ["source", "attribute.a", "attributes.", "name.first", "identifiers.email", #"attributes.a\b"#])
    func otherPathsAreRefused(written: String) {
        expect(.badIgnoreChanges, in: manifest("\(Self.id), lifecycle: {ignore_changes: [«\(written)»]}"))
    }
}
