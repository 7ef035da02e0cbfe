import ProfileModel
import Testing
import Views

@Suite struct ValuesTests {
    private let profile = Profile(
        id: "01ARZ", userID: "123", source: "cool", type: "rider", name: "Jane \u{202E}",
        identifiers: [Fixtures.email("jane@example.com"), Identifier(type: "external_id", value: "0987")],
        attributes: ["tier": "gold\n", "n": .number(JSONNumber(text: "1.0"))], createdAt: Fixtures.noon,
        updatedAt: Timestamp(seconds: Fixtures.noon.seconds, nanoseconds: 591_000_000))

    private let entry = LedgerEntry(
        address: Fixtures.jane, profileID: "01ARZ", userID: "123",
        lastApplied: ProfileValues(name: "Jane", identifiers: [Fixtures.email("jane@example.com")]),
        preventDestroy: true)

    @Test func `profiles for people`() {
        #expect(
            ProfilesText.render([profile, profile], style: .plain)
                == [String](
                    repeating: #"""
                        01ARZ  cool/rider  user 123
                          name             "Jane \u{202E}"
                          identifiers      email jane@example.com
                          identifiers      external_id 0987
                          attributes.n     1.0
                          attributes.tier  "gold\n"
                          created 2026-11-23T12:00:00Z, updated 2026-11-23T12:00:00.591Z

                        """#, count: 2
                ).joined(separator: "\n"))
        #expect(ProfilesText.render([], style: .plain) == "No profile found.\n")
    }

    @Test func `profiles for machines`() {
        #expect(
            ProfilesJSON.render([profile])
                == #"{"format_version":"1.0","profiles":[{"attributes":{"n":1.0,"tier":"gold\n"},"#
                + #""created_at":"2026-11-23T12:00:00Z","id":"01ARZ","identifiers":[{"type":"email","#
                + #""value":"jane@example.com"},{"type":"external_id","value":"0987"}],"name":"Jane \u202E","#
                + #""source":"cool","type":"rider","updated_at":"2026-11-23T12:00:00.591Z","user_id":"123"}]}"# + "\n")
    }

    @Test func `the ledger for people`() {
        let other = LedgerEntry(
            address: Fixtures.walter, profileID: "01B\n", userID: nil, lastApplied: ProfileValues())
        #expect(
            LedgerText.list([entry, other], style: .plain) == #"""
                coolbikes/rider/jane-smith  01ARZ    user 123  prevent_destroy
                coolbikes/rider/walter      "01B\n"

                2 profiles.

                """#)
        #expect(LedgerText.list([], style: .plain) == "The ledger is empty: nothing is managed here.\n")
        #expect(
            LedgerText.entry(entry, style: .plain) == """
                coolbikes/rider/jane-smith  01ARZ  user 123  prevent_destroy
                last applied:
                  name         "Jane"
                  identifiers  email jane@example.com

                """)
    }

    @Test func `the ledger for machines`() {
        let json =
            #"{"address":"coolbikes/rider/jane-smith","last_applied":{"attributes":{},"identifiers":[{"type":"email","#
            + #""value":"jane@example.com"}],"name":"Jane"},"prevent_destroy":true,"profile_id":"01ARZ","user_id":"123"}"#
        #expect(LedgerJSON.list([entry]) == #"{"entries":[\#(json)],"format_version":"1.0"}"# + "\n")
        #expect(LedgerJSON.entry(entry) == #"{"entry":\#(json),"format_version":"1.0"}"# + "\n")
    }
}
