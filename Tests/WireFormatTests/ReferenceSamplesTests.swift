import ProfileModel
import Testing
import WireFormat

/// Every JSON sample of the reference, once each.
@Suite struct ReferenceSamplesTests {
    @Test func theProfileOfTheSectionJSONFormat() throws {
        let profile = try Profile(json: member("profile", of: readJSON(jsonFormat)))
        let time = try #require(Timestamp(iso8601: "2019-12-24T03:33:28.591Z"))
        #expect(
            profile
                == Profile(
                    id: "01BX5ZZKBKACTAV9WEVGEMMVRY", userID: "123456", source: "coolbikes", type: "rider",
                    name: "Jane Smith",
                    identifiers: [
                        Identifier(type: "email", value: "jane@example.com"),
                        Identifier(type: "external_id", value: "0987654321"),
                        Identifier(type: "coolbike_id", value: "0987654321"),
                        Identifier(type: "phone_number", value: "12345678"),
                    ],
                    attributes: ["favorite_color": "red", "height": "103cm"], createdAt: time, updatedAt: time))
    }

    @Test func theAnswerOfAllEndpointsThatAnswerAProfile() throws {
        let profile = try Profile(json: member("profile", of: readJSON(#"{"profile":\#(answer)}"#)))
        #expect(profile == answered)
    }

    @Test func theListOfAUsersProfiles() throws {
        guard case .array(let items) = try member("profiles", of: readJSON(#"{"profiles":[\#(answer)]}"#)) else {
            Issue.record("not a list")
            return
        }
        #expect(try items.map { try Profile(json: $0) } == [answered])
    }

    @Test func theExampleBodyIsWhatWePut() throws {
        let values = ProfileValues(
            name: answered.name, identifiers: answered.identifiers, attributes: answered.attributes)
        #expect(try values.body == readJSON(exampleBody))
        let patch = ProfilePatch(
            name: answered.name, identifiers: answered.identifiers, attributes: answered.attributes)
        #expect(try patch.body == readJSON(exampleBody))
    }

    @Test(arguments: curlBodies)
    func theBodiesOfTheCurlSamplesAreRead(text: String) throws {
        let values = try ProfileValues(json: member("profile", of: readJSON(text)))
        #expect(values.attributes == ["membership": "gold"])
        #expect(Set(values.identifiers).isSubset(of: answered.identifiers))
    }

    @Test func theErrorBody() throws {
        #expect(
            try readJSON(errors)
                == .object([
                    "errors": .array([
                        .object(["code": "ClientError", "id": "10001", "title": "Some client caused error"])
                    ])
                ]))
    }
}

private func member(_ key: String, of value: AttributeValue) throws -> AttributeValue {
    guard case .object(let object) = value else { return .null }
    return try #require(object[key])
}

private let answered = Profile(
    id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", userID: "123456", source: "company", type: "contact", name: "Jane Smith",
    identifiers: [
        Identifier(type: "email", value: "jane@example.com"), Identifier(type: "external_id", value: "0987654321"),
        Identifier(type: "phone_number", value: "+612345678"),
    ],
    attributes: ["membership": "gold"], createdAt: Timestamp(seconds: 1_580_693_836),
    updatedAt: Timestamp(seconds: 1_580_693_836))

private let jsonFormat = """
    {
    "profile": {
    "id": "01BX5ZZKBKACTAV9WEVGEMMVRY",
    "name": "Jane Smith",
    "source": "coolbikes",
    "type": "rider",
    "identifiers": [
    {
    "type": "email",
    "value": "jane@example.com"
    },
    {
    "type": "external_id",
    "value": "0987654321"
    },
    {
    "type": "coolbike_id",
    "value": "0987654321"
    },
    {
    "type": "phone_number",
    "value": 12345678
    }
    ],
    "attributes": {
    "favorite_color": "red",
    "height": "103cm"
    },
    "user_id": "123456",
    "updated_at": "2019-12-24T03:33:28.591Z",
    "created_at": "2019-12-24T03:33:28.591Z"
    }
    }
    """

private let answer = """
    {
    "attributes": {
    "membership": "gold"
    },
    "created_at": "2020-02-03T01:37:16Z",
    "id": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "identifiers": [
    {
    "type": "email",
    "value": "jane@example.com"
    },
    {
    "type": "external_id",
    "value": "0987654321"
    },
    {
    "type": "phone_number",
    "value": "+612345678"
    }
    ],
    "name": "Jane Smith",
    "source": "company",
    "type": "contact",
    "updated_at": "2020-02-03T01:37:16Z",
    "user_id": "123456"
    }
    """

private let exampleBody = """
    {
    "profile": {
    "attributes": {
    "membership": "gold"
    },
    "identifiers": [
    {
    "type": "email",
    "value": "jane@example.com"
    },
    {
    "type": "external_id",
    "value": "0987654321"
    },
    {
    "type": "phone_number",
    "value": "+612345678"
    }
    ],
    "name": "Jane Smith"
    }
    }
    """

private let curlBodies = [
    #"{"profile":{"name":"JaneSmith","source":"company","type":"contact","user_id":123456,"identifiers":[{"type":"email","value":"jane@example.com"},{"type":"external_id","value":"0987654321"},{"type":"phone_number","value":"+612345678"}],"attributes":{"membership":"gold"}}}"#,
    #"{"profile":{"name":"Jane Smith","source":"company","type":"contact","user_id":123456,"identifiers":[{"type":"email","value":"jane@example.com"},{"type":"external_id","value":"0987654321"},{"type":"phone_number","value":"+612345678"}],"attributes":{"membership":"gold"}}}"#,
    #"{"profile":{"name":"JaneSmith","source":"company","type":"contact","user_id":123456,"identifiers":[{"type":"email","value":"jane@example.com"},{"type":"phone_number","value":"+612345678"}],"attributes":{"membership":"gold"}}}"#,
]

private let errors = """
    {
    "errors": [
    {
    "code": "ClientError",
    "id": "10001",
    "title": "Some client caused error"
    }
    ]
    }
    """
