import ProfileModel
import Testing

@testable import Sandbox

/// Reference, "Identifier queries"; api notes, section 2.
@Suite struct QueryTests {
    @Test func colonsInTheValueBelongToTheValue() async throws {
        let desk = try Desk()
        let id = try await desk.create("s:t:urn:a:b:c", body("urn=a:b:c"))
        for query in ["s:t:urn:a:b:c", "s%3At%3Aurn%3Aa%3Ab%3Ac"] {
            #expect(await desk.get("/api/v2/user_profiles?identifier=" + query).profile?["id"]?.string == id)
        }
    }

    @Test func plusIsASpaceUnlessEncoded() async throws {
        let desk = try Desk()
        let spaced = try await desk.create("s:t:phone_number:x", body("phone_number=0411 555 666"))
        let plus = try await desk.create("s:t:phone_number:y", body("phone_number=+61"))
        let get = { (query: String) in await desk.get("/api/v2/user_profiles?identifier=s:t:phone_number:" + query) }
        #expect(await get("0411+555%20666").profile?["id"]?.string == spaced)
        #expect(await get("%2B61").profile?["id"]?.string == plus)
        #expect(await get("+61").status == 404)
    }

    @Test func encodesOnlyOnce() async throws {
        let desk = try Desk()
        try await desk.create("s:t:i:v")
        #expect(await desk.get("/api/v2/user_profiles?identifier=s%253At%253Ai%253Av").code == "InvalidIdentifierQuery")
    }

    @Test func takesAnyUTF8() async throws {
        let desk = try Desk()
        let id = try await desk.create("s:t:email:x", body("email=müller@bücher.example"))
        let answer = await desk.get(
            "/api/v2/user_profiles?identifier=s:t:email:m%C3%BCller%40b%C3%BCcher.example&other=1")
        #expect(answer.profile?["id"]?.string == id)
    }

    @Test func aCombiningMarkHidesNoColon() async throws {
        let desk = try Desk()
        let answer = await desk.get("/api/v2/user_profiles?identifier=s:t:i:%CC%81v")
        #expect(answer.status == 404)
    }

    @Test(arguments: [
        "", "?identifier", "?identifier=", "?identifier=s", "?identifier=s:t:i", "?identifier=s:t:i:",
        "?identifier=:t:i:v",
        "?identifier=s::i:v", "?identifier=s:t::v", "?identifier=s:t:i:%zz", "?identifier=s:t:i:%C3",
        "?identifier=s:t:i:%4",
        "?identifier=s:t:i:v&identifier=s:t:i:w", "?Identifier=s:t:i:v",
    ])
    func refusesWhatIsNoQuery(query: String) async throws {
        let desk = try Desk()
        #expect(await desk.get("/api/v2/user_profiles" + query).status == 400)
        #expect(await desk.put("/api/v2/user_profiles" + query, body("i=v")).status == 400)
        #expect(await desk.patch("/api/v2/user_profiles" + query, body("i=v")).status == 400)
        #expect(await desk.put("/api/v2/users/1/profiles" + query, body("i=v")).status == 400)
    }

    @Test func lengthsAreLimited() async throws {
        let desk = try Desk()
        func get(_ source: Int, _ type: Int, _ identifier: Int) async -> Answer {
            let parts = [source, type, identifier].map { String(repeating: "é", count: $0) }
            let escaped = parts.joined(separator: ":").replacing("é", with: "%C3%A9")
            return await desk.get("/api/v2/user_profiles?identifier=\(escaped):v")
        }
        #expect(await get(40, 40, 60).status == 404)
        #expect(await get(41, 40, 60).code == "InvalidProfileSourceLength")
        let long = await get(40, 41, 60)
        #expect(long.code == "InvalidProfileTypeLength")
        #expect(long.title == "Profile type length > 40 chars")
        #expect(await get(40, 40, 61).code == "InvalidIdentifierTypeLength")
    }

    @Test(arguments: ["zendesk", "Zendesk", "ZENDESK"])
    func theReservedSourceCreatesNothing(source: String) async throws {
        let desk = try Desk(world: SandboxWorld(users: [SandboxUser(id: "1", name: "A")]))
        let query = "?identifier=\(source):t:i:v"
        for target in ["/api/v2/user_profiles", "/api/v2/users/1/profiles"] {
            let answer = await desk.put(target + query, body("i=v"))
            #expect(answer.status == 400)
            #expect(answer.code == "ReservedSource")
        }
        #expect(await desk.get("/api/v2/user_profiles" + query).status == 404)
        #expect(await desk.patch("/api/v2/user_profiles" + query, body("i=v")).status == 404)
    }

    @Test func sourceTypeAndIdentifierTypeAreExact() async throws {
        let desk = try Desk()
        try await desk.create("shop:customer:member_id:A1")
        for query in ["Shop:customer:member_id:A1", "shop:Customer:member_id:A1", "shop:customer:Member_id:A1"] {
            #expect(await desk.get("/api/v2/user_profiles?identifier=" + query).status == 404)
        }
        #expect(await desk.get("/api/v2/user_profiles?identifier=shop:customer:member_id:a1").status == 404)
    }

    @Test(arguments: [("email", "Jane@X.example"), ("twitter", "JaneX"), ("external_id", "AbC")])
    func valuesThatHaveNoCaseAreFoundInAny(type: String, value: String) async throws {
        let desk = try Desk()
        try await desk.create("s:t:\(type):\(value)")
        for form in [value, value.lowercased(), value.uppercased()] {
            #expect(await desk.get("/api/v2/user_profiles?identifier=s:t:\(type):\(form)").status == 200)
        }
    }
}
