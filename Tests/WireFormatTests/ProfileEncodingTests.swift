import ProfileModel
import Testing
import WireFormat

@Suite struct ProfileEncodingTests {
    @Test func aPutAlwaysCarriesAttributesAndIdentifiers() {
        #expect(writeJSON(ProfileValues().body) == #"{"profile":{"attributes":{},"identifiers":[]}}"#)
    }

    @Test func aPatchCarriesOnlyWhatItSets() {
        #expect(writeJSON(ProfilePatch().body) == #"{"profile":{}}"#)
        #expect(writeJSON(ProfilePatch(attributes: ["a": .null]).body) == #"{"profile":{"attributes":{"a":null}}}"#)
        #expect(
            writeJSON(ProfilePatch(identifiers: [Identifier(type: "sdk", value: "1")]).body)
                == #"{"profile":{"identifiers":[{"type":"sdk","value":"1"}]}}"#)
    }

    @Test func identifiersKeepTheirOrder() {
        let values = ProfileValues(identifiers: [
            Identifier(type: "z", value: "1"), Identifier(type: "a", value: "2"), Identifier(type: "z", value: "0"),
        ])
        #expect(
            writeJSON(values.json)
                == #"{"attributes":{},"identifiers":[{"type":"z","value":"1"},{"type":"a","value":"2"},{"type":"z","value":"0"}]}"#
        )
    }

    @Test func aWholeProfileIsWrittenWithTheReferencesNames() {
        let profile = Profile(
            id: "01AR", userID: "123456", source: "company", type: "contact", name: "Jane",
            identifiers: [Identifier(type: "email", value: "jane@example.com")], attributes: ["tier": "gold"],
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 1, nanoseconds: 500_000_000))
        #expect(
            writeJSON(profile.json, pretty: true) == """
                {
                  "attributes": {
                    "tier": "gold"
                  },
                  "created_at": "1970-01-01T00:00:00Z",
                  "id": "01AR",
                  "identifiers": [
                    {
                      "type": "email",
                      "value": "jane@example.com"
                    }
                  ],
                  "name": "Jane",
                  "source": "company",
                  "type": "contact",
                  "updated_at": "1970-01-01T00:00:01.5Z",
                  "user_id": "123456"
                }
                """)
    }

    @Test(arguments: UInt64(0)..<200)
    func profilesAndValuesAreReadBackAsWritten(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = ProfileValues(
            name: Bool.random(using: &random) ? random.text() : nil, identifiers: random.identifiers(),
            attributes: random.object(depth: 3))
        #expect(try ProfileValues(json: readJSON(writeJSON(values.json))) == values)

        let profile = Profile(
            id: "01" + random.text(), userID: Bool.random(using: &random) ? random.text() : nil, source: random.text(),
            type: random.text(), name: values.name, identifiers: values.identifiers, attributes: values.attributes,
            createdAt: Bool.random(using: &random) ? random.timestamp() : nil, updatedAt: random.timestamp())
        #expect(try Profile(stored: readJSON(writeJSON(profile.json))) == profile)
    }
}
