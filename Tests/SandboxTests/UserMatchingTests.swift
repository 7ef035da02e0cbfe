import ProfileModel
import Testing

@testable import Sandbox

/// Which user a profile gets, and who may hold an identifier (reference, "Standard identifiers", endpoints 4 to 8).
@Suite struct UserMatchingTests {
    static let users = [
        SandboxUser(
            id: "11", name: "Ann", externalID: "X-Ann",
            identities: [
                Identifier(type: "google", value: "Ann@x.example"), Identifier(type: "phone_number", value: "+61"),
                Identifier(type: "facebook", value: "ann.f"), Identifier(type: "twitter", value: "annt"),
                Identifier(type: "sdk", value: "ann-sdk"),
            ]),
        SandboxUser(id: "22", name: "Bob", identities: [Identifier(type: "email", value: "bob@x.example")]),
    ]

    func desk(_ switches: String...) throws -> Desk {
        try Desk(switches: switches, world: SandboxWorld(users: Self.users))
    }

    @Test(arguments: [
        "email=ANN@x.example", "phone_number=+61", "facebook=ann.f", "twitter=AnnT", "sdk=ann-sdk", "external_id=x-ann",
    ])
    func aStandardIdentifierFindsItsUser(identifier: String) async throws {
        let answer = try await desk().put("/api/v2/user_profiles?identifier=s:t:m:1", body("m=1", identifier))
        #expect(answer.status == 201)
        #expect(answer.profile?["user_id"] == "11")
    }

    @Test(arguments: ["facebook=ANN.F", "m=ann@x.example", "google=ann@x.example"])
    func anythingElseMakesAnAnonymousUser(identifier: String) async throws {
        let desk = try desk()
        let answer = await desk.put("/api/v2/user_profiles?identifier=s:t:m:1", body("m=1", identifier, name: "Jo"))
        let user = try #require(desk.user(answer.profile?["user_id"]?.string ?? ""))
        #expect(user.isAnonymous)
        #expect(user.name == "Jo")
        #expect(!["11", "22"].contains(user.id))
    }

    @Test func identifiersOfTwoUsersAreRefused() async throws {
        let desk = try desk()
        let answer = await desk.put(
            "/api/v2/user_profiles?identifier=s:t:m:1", body("email=ann@x.example", "email=bob@x.example"))
        #expect(answer.status == 400)
        #expect(answer.code == "IdentifiersOfSeveralUsers")
        #expect(answer.title?.contains("user 11") == true)
        #expect(answer.title?.contains("user 22") == true)
        #expect(desk.sandbox.world().profiles.isEmpty)
    }

    @Test func createsUnderTheUserOfThePath() async throws {
        let desk = try desk()
        let answer = await desk.put("/api/v2/users/22/profiles?identifier=s:t:m:1", body("m=1"))
        #expect(answer.status == 201)
        #expect(answer.profile?["user_id"] == "22")
        #expect(await desk.get("/api/v2/users/22/profiles").profiles.count == 1)
    }

    @Test func theUserOfThePathMustExist() async throws {
        let answer = try await desk().put("/api/v2/users/33/profiles?identifier=s:t:m:1", body("m=1"))
        #expect(answer.status == 404)
        #expect(answer.code == "UserNotFound")
    }

    @Test func anotherUsersIdentifierIsRefusedUnderAUser() async throws {
        let answer = try await desk().put(
            "/api/v2/users/22/profiles?identifier=s:t:m:1", body("m=1", "email=ann@x.example"))
        #expect(answer.status == 400)
        #expect(answer.code == "IdentifierOfAnotherUser")
    }

    @Test func anotherUsersProfileIsRefusedUnderAUser() async throws {
        let desk = try desk()
        try await desk.create("s:t:email:ann@x.example")
        let answer = await desk.put("/api/v2/users/22/profiles?identifier=s:t:email:ann@x.example", body("m=1"))
        #expect(answer.status == 400)
        #expect(answer.code == "ProfileOfAnotherUser")
    }

    @Test func replacingWithAnotherUsersIdentifierIsRefused() async throws {
        let desk = try desk()
        let id = try await desk.create("s:t:email:ann@x.example")
        for answer in [
            await desk.put("/api/v2/user_profiles/" + id, body("email=bob@x.example")),
            await desk.patch("/api/v2/user_profiles/" + id, body("email=bob@x.example")),
            await desk.put("/api/v2/user_profiles?identifier=s:t:email:ann@x.example", body("email=bob@x.example")),
        ] {
            #expect(answer.status == 400)
            #expect(answer.code == "IdentifierOfAnotherUser")
        }
    }

    @Test func anotherProfilesIdentifierIsRefused() async throws {
        let desk = try desk()
        try await desk.create("s:t:m:1")
        let id = try await desk.create("s:t:m:2")
        for answer in [
            await desk.put("/api/v2/user_profiles/" + id, body("m=2", "m=1")),
            await desk.patch("/api/v2/user_profiles/" + id, body("m=1")),
            await desk.put("/api/v2/user_profiles?identifier=s:t:m:3", body("m=3", "m=1")),
        ] {
            #expect(answer.status == 400)
            #expect(answer.code == "IdentifierOfAnotherProfile")
        }
    }

    @Test func theSameIdentifierUnderAnotherSourceOrTypeIsFree() async throws {
        let desk = try desk()
        try await desk.create("s:t:m:1")
        try await desk.create("s:u:m:1")
        try await desk.create("r:t:m:1")
        #expect(desk.sandbox.world().profiles.count == 3)
    }

    @Test func aReleasedIdentifierCanBeTaken() async throws {
        let desk = try desk()
        let first = try await desk.create("s:t:m:1")
        let second = try await desk.create("s:t:m:2")
        #expect(await desk.put("/api/v2/user_profiles/" + first, body("m=3")).status == 200)
        #expect(await desk.put("/api/v2/user_profiles/" + second, body("m=1")).status == 200)
        #expect(await desk.get("/api/v2/user_profiles?identifier=s:t:m:1").profile?["id"]?.string == second)
        #expect(await desk.get("/api/v2/user_profiles?identifier=s:t:m:2").status == 404)
    }

    @Test func deletingFreesTheIdentifierButKeepsTheUser() async throws {
        let desk = try desk()
        let id = try await desk.create("s:t:email:new@x.example")
        let user = try #require(desk.sandbox.users.last)
        #expect(await desk.delete("/api/v2/user_profiles/" + id).status == 204)
        #expect(desk.user(user.id) == user)
        let again = await desk.put(
            "/api/v2/user_profiles?identifier=s:t:email:new@x.example", body("email=new@x.example"))
        #expect(again.profile?["user_id"]?.string == user.id)
        #expect(again.profile?["id"]?.string != id)
    }
}
