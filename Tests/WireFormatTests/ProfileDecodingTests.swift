import ProfileModel
import Testing
import WireFormat

@Suite struct ProfileDecodingTests {
    static let whole =
        #"{"id":"01AR","source":"s","type":"t","identifiers":[{"type":"email","value":"a@b.example"}]}"#

    @Test func theLeastProfile() throws {
        let profile = try Profile(json: readJSON(Self.whole))
        #expect(
            profile
                == Profile(
                    id: "01AR", userID: nil, source: "s", type: "t", name: nil,
                    identifiers: [Identifier(type: "email", value: "a@b.example")], attributes: [:]))
    }

    @Test(arguments: [
        ("12345678", "12345678"), ("1e3", "1e3"), ("418109427253123456789", "418109427253123456789"), ("true", "true"),
        ("false", "false"), (#""0634335""#, "0634335"), ("-0.50", "-0.50"),
    ])
    func identifierValuesAreTextWhateverTheirForm(json: String, text: String) throws {
        let profile = try decode(["identifiers": #"[{"type":"x","value":\#(json)}]"#])
        #expect(profile.identifiers == [Identifier(type: "x", value: text)])
    }

    @Test(arguments: ["12345678", "418109427253123456789", #""0634335""#])
    func userIDsAreTextWhateverTheirForm(json: String) throws {
        #expect(try decode(["user_id": json]).userID == json.filter { $0 != "\"" })
    }

    @Test func nullIsAbsent() throws {
        let profile = try decode([
            "attributes": "null", "name": "null", "user_id": "null", "created_at": "null", "updated_at": "null",
        ])
        #expect(profile.attributes == [:])
        #expect(profile.name == nil && profile.userID == nil && profile.createdAt == nil && profile.updatedAt == nil)
    }

    @Test func unknownMembersArePassedOver() throws {
        let profile = try decode(["external": "{}", "identifiers": #"[{"type":"x","value":"1","primary":true}]"#])
        #expect(profile.identifiers == [Identifier(type: "x", value: "1")])
    }

    @Test func attributesKeepEveryKindOfValue() throws {
        let profile = try decode(["attributes": #"{"n":1.0,"deep":{"list":[null,false,"x"]}}"#])
        #expect(
            profile.attributes
                == ["deep": .object(["list": .array([.null, .bool(false), "x"])]), "n": number("1.0")])
    }

    @Test(arguments: ["id", "source", "type", "identifiers"])
    func aMissingFieldIsNamed(field: String) {
        #expect(throws: ProfileDecodingError(field: field, problem: .missing)) { try decode([field: nil]) }
        #expect(throws: ProfileDecodingError(field: field, problem: .missing)) { try decode([field: "null"]) }
    }

    @Test(arguments: [
        ("id", #""""#, "id", ProfileDecodingError.Problem.empty),
        ("id", "1", "id", .wrongKind(expected: .string, found: .number)),
        ("name", "[]", "name", .wrongKind(expected: .string, found: .array)),
        ("user_id", "{}", "user_id", .wrongKind(expected: .string, found: .object)),
        ("attributes", "[]", "attributes", .wrongKind(expected: .object, found: .array)),
        ("identifiers", "{}", "identifiers", .wrongKind(expected: .array, found: .object)),
        ("identifiers", "[1]", "identifiers[0]", .wrongKind(expected: .object, found: .number)),
        ("identifiers", #"[{"type":"x","value":"1"},{"value":"1"}]"#, "identifiers[1].type", .missing),
        ("identifiers", #"[{"type":"x","value":null}]"#, "identifiers[0].value", .missing),
        (
            "identifiers", #"[{"type":"x","value":["1"]}]"#, "identifiers[0].value",
            .wrongKind(expected: .string, found: .array)
        ),
        ("id", #""a/b""#, "id", .badID), ("id", #""jane@example.com""#, "id", .badID),
        ("user_id", "1e3", "user_id", .badID), ("user_id", #""7 ""#, "user_id", .badID),
    ])
    func aWrongFieldIsNamed(key: String, json: String, field: String, problem: ProfileDecodingError.Problem) {
        #expect(throws: ProfileDecodingError(field: field, problem: problem)) { try decode([key: json]) }
    }

    @Test func whatIsNoObjectIsNoProfile() {
        #expect(throws: ProfileDecodingError(field: "", problem: .wrongKind(expected: .object, found: .array))) {
            try Profile(json: .array([]))
        }
    }

    /// The least profile with some members set to a JSON text, or left out.
    private func decode(_ members: [String: String?]) throws -> Profile {
        guard case .object(var object) = try readJSON(Self.whole) else { fatalError("not an object") }
        for (key, json) in members { object[key] = try json.map { try readJSON($0) } }
        return try Profile(json: .object(object))
    }
}
