import ProfileModel
import Testing

@testable import Sandbox

/// What profiles do to users (reference, the note after "Standard identifiers"; api notes, section 3.3).
@Suite struct SideEffectsTests {
    static let world = SandboxWorld(users: [
        SandboxUser(id: "7", name: "Ann", identities: [Identifier(type: "email", value: "ann@x.example")])
    ])
    static let everything = [
        "email=Ann2@x.example", "phone_number=+61", "facebook=f", "twitter=T", "sdk=s", "external_id=E", "m=1",
    ]

    func create(_ desk: Desk, _ identifiers: [String]) async throws -> String {
        let list = identifiers.map { text in
            let parts = text.split(separator: "=").map(String.init)
            return #"{"type":"\#(parts[0])","value":"\#(parts[1])"}"#
        }
        let body = #"{"profile":{"identifiers":[\#(list.joined(separator: ","))]}}"#
        let answer = await desk.put("/api/v2/users/7/profiles?identifier=s:t:m:1", body)
        guard let id = answer.profile?["id"]?.string else { throw Unexpected(answer: answer.text) }
        return id
    }

    @Test func creatingAddsStandardIdentifiersToTheUser() async throws {
        let desk = try Desk(world: Self.world)
        _ = try await create(desk, Self.everything)
        let user = try #require(desk.user("7"))
        #expect(
            user.identityTexts == [
                "email=ann@x.example", "email=ann2@x.example", "phone_number=+61", "facebook=f", "twitter=t", "sdk=s",
            ])
        #expect(user.externalID == "E")
        #expect(user.name == "Ann")
        #expect(!user.isAnonymous)
    }

    @Test func anAnonymousUserGetsThemToo() async throws {
        let desk = try Desk()
        let answer = await desk.put(
            "/api/v2/user_profiles?identifier=s:t:email:a@x", body("email=A@x", "external_id=E", "m=1"))
        let user = try #require(desk.user(answer.profile?["user_id"]?.string ?? ""))
        #expect(user.identityTexts == ["email=a@x"])
        #expect(user.externalID == "E")
        #expect(user.name == "a@x")
    }

    @Test func replacingAddsTypesThatTheProfileLacked() async throws {
        let desk = try Desk(world: Self.world)
        let id = try await create(desk, ["m=1", "email=ann@x.example"])
        let answer = await desk.put(
            "/api/v2/user_profiles/" + id, body("m=1", "email=ann@x.example", "phone_number=+61", "external_id=E"))
        #expect(answer.status == 200)
        #expect(desk.user("7")?.identityTexts == ["email=ann@x.example", "phone_number=+61"])
        #expect(desk.user("7")?.externalID == "E")
    }

    @Test func replacingAValueLeavesTheUserAlone() async throws {
        let desk = try Desk(world: Self.world)
        let id = try await create(desk, ["m=1", "email=ann@x.example"])
        let answer = await desk.put("/api/v2/user_profiles/" + id, body("m=1", "email=new@x.example"))
        #expect(identifiers(answer.profile) == ["m=1", "email=new@x.example"])
        #expect(desk.user("7")?.identityTexts == ["email=ann@x.example"])
    }

    @Test func nothingIsEverTakenFromTheUser() async throws {
        let desk = try Desk(world: Self.world)
        let id = try await create(desk, Self.everything)
        let before = desk.user("7")
        #expect(await desk.put("/api/v2/user_profiles/" + id, body("m=2")).status == 200)
        #expect(desk.user("7") == before)
        #expect(await desk.delete("/api/v2/user_profiles/" + id).status == 204)
        #expect(desk.user("7") == before)
    }

    @Test func patchingAddsWhatItBrings() async throws {
        let desk = try Desk(world: Self.world)
        let id = try await create(desk, ["m=1", "email=ann@x.example"])
        let answer = await desk.patch(
            "/api/v2/user_profiles/" + id, body("email=New@x.example", "external_id=E", "n=1"))
        #expect(answer.status == 200)
        #expect(desk.user("7")?.identityTexts == ["email=ann@x.example", "email=new@x.example"])
        #expect(desk.user("7")?.externalID == "E")
    }

    @Test func aGoogleIdentityCountsAsTheEmail() async throws {
        let google = SandboxUser(id: "7", name: "Ann", identities: [Identifier(type: "google", value: "a@x.example")])
        let desk = try Desk(world: SandboxWorld(users: [google]))
        _ = try await create(desk, ["m=1", "email=a@x.example"])
        #expect(desk.user("7")?.identityTexts == ["google=a@x.example"])
    }

    @Test func anExternalIDThatIsThereStays() async throws {
        let desk = try Desk(world: SandboxWorld(users: [SandboxUser(id: "7", name: "Ann", externalID: "old")]))
        _ = try await create(desk, ["m=1", "external_id=new"])
        #expect(desk.user("7")?.externalID == "old")
    }

    @Test func oneExternalIDIsForOneUser() async throws {
        let desk = try Desk(world: Self.world)
        _ = try await create(desk, ["m=1", "external_id=E"])
        let answer = await desk.put("/api/v2/user_profiles?identifier=s:u:m:1", body("m=1", "external_id=e"))
        #expect(answer.profile?["user_id"] == "7")
    }
}
