import ProfileModel
import Testing

@testable import Sandbox

/// Every example of the reference, sent as its curl lines send it.
@Suite struct ReferenceExamplesTests {
    static let exampleBody = """
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

    static func curlBody(name: String) -> String {
        #"{"profile":{"name":"\#(name)","source":"company","type":"contact","user_id":123456,"identifiers":"#
            + #"[{"type":"email","value":"jane@example.com"},{"type":"external_id","value":"0987654321"},"#
            + #"{"type":"phone_number","value":"+612345678"}],"attributes":{"membership":"gold"}}}"#
    }

    static func answered(name: String = "Jane Smith") -> String {
        #""user_id":"123456","source":"company","type":"contact","name":"\#(name)","attributes":{"membership":"gold"},"#
            + #""identifiers":[{"type":"email","value":"jane@example.com"},"#
            + #"{"type":"external_id","value":"0987654321"},{"type":"phone_number","value":"+612345678"}],"#
            + #""created_at":"2020-02-03T01:37:16Z","updated_at":"2020-02-03T01:37:16Z"}"#
    }

    static let jane = SandboxUser(
        id: "123456", name: "Jane Smith", externalID: "0987654321",
        identities: [Identifier(type: "google", value: "jane@example.com")])
    static let stored = Profile(
        id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", userID: "123456", source: "company", type: "contact", name: "Jane Smith",
        identifiers: [
            Identifier(type: "email", value: "jane@example.com"),
            Identifier(type: "external_id", value: "0987654321"),
            Identifier(type: "phone_number", value: "+612345678"),
        ], attributes: ["membership": "gold"])

    func desk(withProfile: Bool = true, switches: [String] = []) throws -> Desk {
        try Desk(
            switches: switches,
            world: SandboxWorld(users: [Self.jane], profiles: withProfile ? [Self.stored] : []))
    }

    let expected = #"{"profile":{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","# + answered() + "}"

    @Test func getsProfilesByUserID() async throws {
        let answer = try await desk().get("/api/v2/users/123456/profiles")
        #expect(answer.status == 200)
        #expect(answer.text == #"{"profiles":[{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","# + Self.answered() + "]}")
        #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
        #expect(answer.header("Content-Length") == String(answer.answer.body.count))
    }

    @Test func getsProfileByID() async throws {
        let answer = try await desk().get("/api/v2/user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV")
        #expect(answer.status == 200)
        #expect(answer.text == expected)
    }

    @Test(arguments: [
        "company:contact:email:jane@example.com", "company%3Acontact%3Aemail%3Ajane%40example.com",
        "company:contact:phone_number:%2B612345678", "company:contact:external_id:0987654321",
    ])
    func getsProfileByIdentifier(query: String) async throws {
        let answer = try await desk().get("/api/v2/user_profiles?identifier=" + query)
        #expect(answer.status == 200)
        #expect(answer.text == expected)
    }

    @Test(arguments: [
        "mysystem:customer:system_id:abc123", "mycontacts:customer:email:jane@example.com",
        "amazon:customer:external_id:0987654321", "website:visitor:fb_id:1000098",
    ])
    func resolvesTheIdentifierQueriesOfTheTable(query: String) async throws {
        let desk = try Desk()
        let id = try await desk.create(query)
        let answer = await desk.get("/api/v2/user_profiles?identifier=" + query)
        #expect(answer.profile?["id"]?.string == id)
    }

    @Test(arguments: [exampleBody, curlBody(name: "Jane Smith")])
    func createsAndReplacesByUserID(body: String) async throws {
        let desk = try desk(withProfile: false)
        let target = "/api/v2/users/123456/profiles?identifier=company:contact:email:jane@example.com"
        let created = await desk.put(target, body)
        #expect(created.status == 201)
        #expect(created.text.hasSuffix(Self.answered() + "}"))
        let replaced = await desk.put(target, body)
        #expect(replaced.status == 200)
        #expect(replaced.text == created.text)
    }

    @Test(arguments: [exampleBody, curlBody(name: "Jane Smith")])
    func createsAndReplacesByIdentifier(body: String) async throws {
        let desk = try desk(withProfile: false)
        let target = "/api/v2/user_profiles?identifier=company:contact:email:jane@example.com"
        let created = await desk.put(target, body)
        #expect(created.status == 201)
        #expect(created.text.hasSuffix(Self.answered() + "}"))
        let replaced = await desk.put(target, body)
        #expect(replaced.status == 200)
        #expect(replaced.text == created.text)
    }

    /// The body lists external_id and the curl line does not; replacing means that it is gone then.
    @Test func replacesByProfileID() async throws {
        let desk = try desk()
        let target = "/api/v2/user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV"
        let whole = await desk.put(target, Self.exampleBody)
        #expect(whole.status == 200)
        #expect(whole.text == expected)
        let curl =
            #"{"profile":{"name":"JaneSmith","source":"company","type":"contact","user_id":123456,"#
            + #""identifiers":[{"type":"email","value":"jane@example.com"},"#
            + #"{"type":"phone_number","value":"+612345678"}],"attributes":{"membership":"gold"}}}"#
        let answer = await desk.put(target, curl)
        #expect(answer.status == 200)
        #expect(answer.profile?["name"] == "JaneSmith")
        #expect(identifiers(answer.profile) == ["email=jane@example.com", "phone_number=+612345678"])
    }

    @Test(arguments: [
        "/api/v2/user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "/api/v2/user_profiles?identifier=company:contact:email:jane@example.com",
    ])
    func patches(target: String) async throws {
        let desk = try desk()
        for body in [Self.exampleBody, Self.curlBody(name: "Jane Smith")] {
            let answer = await desk.patch(target, body)
            #expect(answer.status == 200)
            #expect(answer.text == expected)
        }
        let renamed = await desk.patch(target, Self.curlBody(name: "JaneSmith"))
        #expect(renamed.text.hasSuffix(Self.answered(name: "JaneSmith") + "}"))
    }

    @Test func deletesByProfileID() async throws {
        let desk = try desk()
        let answer = await desk.delete("/api/v2/user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV")
        #expect(answer.status == 204)
        #expect(answer.text == "")
        #expect(answer.header("Content-Type") == nil)
        let after = await desk.get("/api/v2/user_profiles/01ARZ3NDEKTSV4RRFFQ69G5FAV")
        #expect(after.status == 404)
    }

    /// The first example of the reference has a number among its identifiers.
    @Test func takesANumberAsIdentifierValue() async throws {
        let desk = try Desk()
        let body = #"""
            {"profile": {"name": "Jane Smith", "source": "coolbikes", "type": "rider", "identifiers": [
              {"type": "email", "value": "jane@example.com"}, {"type": "external_id", "value": "0987654321"},
              {"type": "coolbike_id", "value": "0987654321"}, {"type": "phone_number", "value": 12345678}],
             "attributes": {"favorite_color": "red", "height": "103cm"},
             "updated_at": "2019-12-24T03:33:28.591Z", "created_at": "2019-12-24T03:33:28.591Z"}}
            """#
        let answer = await desk.put("/api/v2/user_profiles?identifier=coolbikes:rider:coolbike_id:0987654321", body)
        #expect(answer.status == 201)
        #expect(answer.text.contains(#"{"type":"phone_number","value":"12345678"}"#))
        #expect(answer.profile?["created_at"] == "2020-02-03T01:37:16Z")
        let found = await desk.get("/api/v2/user_profiles?identifier=coolbikes:rider:phone_number:12345678")
        #expect(found.status == 200)
    }

    @Test func refusesInTheReferencesShape() async throws {
        let answer = try await desk().get("/api/v2/user_profiles/01BX5ZZKBKACTAV9WEVGEMMVRY")
        #expect(answer.status == 404)
        #expect(
            answer.text
                == #"{"errors":[{"code":"ProfileNotFound","id":"10001","title":"there is no profile with the id "#
                + #"'01BX5ZZKBKACTAV9WEVGEMMVRY'"}]}"#)
    }
}
