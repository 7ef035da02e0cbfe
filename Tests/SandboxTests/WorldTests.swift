import ProfileModel
import Testing

@testable import Sandbox

@Suite struct WorldTests {
    @Test func aWorldComesBackAsItWasLoaded() async throws {
        let source = try Desk()
        try await source.create("s:t:email:a@x.example")
        try await source.create("s:t:m:1", body("m=1", name: "N", attributes: #"{"big":10000000000000000000001}"#))
        let world = source.sandbox.world()
        let copy = try Desk(world: world)
        #expect(copy.sandbox.world() == world)
        #expect(copy.sandbox.users == world.users)
        let id = try await copy.create("s:t:m:2")
        #expect(id > world.profiles[1].id)
        #expect(Set(copy.sandbox.users.map(\.id)).count == 3)
    }

    @Test func whatIsLeftOutIsFilledIn() throws {
        let profile = Profile(
            id: "", userID: nil, source: "s", type: "t", name: nil,
            identifiers: [Identifier(type: "email", value: "A@x.example")], attributes: [:])
        var named = profile
        named.identifiers = [Identifier(type: "m", value: "1")]
        named.userID = "55"
        let desk = try Desk(world: SandboxWorld(profiles: [profile, named]))
        let world = desk.sandbox.world()
        #expect(world.profiles.map(\.name) == ["a@x.example", "m user 1"])
        #expect(world.profiles.allSatisfy { ULID($0.id) != nil && $0.createdAt?.seconds == 1_580_693_836 })
        #expect(world.profiles[1].userID == "55")
        #expect(desk.user("55")?.isAnonymous == true)
        #expect(desk.user(world.profiles[0].userID ?? "")?.identityTexts == ["email=a@x.example"])
    }

    @Test func aContradictionIsRefusedWhole() async throws {
        let desk = try Desk()
        try await desk.create("s:t:m:1")
        let before = desk.sandbox.world()
        let identifier = Identifier(type: "email", value: "a@x.example")
        let profiles = ["A", "B"].map {
            Profile(id: $0, userID: "1", source: "s", type: "t", name: nil, identifiers: [identifier], attributes: [:])
        }
        let users = [
            SandboxUser(id: "1", name: "", identities: [identifier]),
            SandboxUser(id: "2", name: "", identities: [identifier]),
            SandboxUser(id: "x", name: ""),
        ]
        let failure = #expect(throws: SandboxFailure.self) {
            try desk.sandbox.load(SandboxWorld(users: users, profiles: profiles))
        }
        #expect(
            failure
                == .inconsistentWorld([
                    "email 'a@x.example' belongs to the users 1 and 2", "the user id 'x' is not a number",
                    "email 'a@x.example' belongs to the profiles A and B",
                ]))
        #expect(desk.sandbox.world() == before)
    }

    @Test func resetForgetsEverythingButTheConfiguration() async throws {
        let desk = try Desk(rateLimit: SandboxRateLimit(perMinute: 1), faults: ["503,nth=2"])
        _ = await desk.put("/api/v2/user_profiles?identifier=s:t:m:1", body("m=1"))
        try desk.sandbox.reset()
        #expect(desk.sandbox.world() == SandboxWorld())
        #expect(desk.sandbox.requests.isEmpty)
        #expect(await desk.put("/api/v2/user_profiles?identifier=s:t:m:1", body("m=1")).status == 201)
        #expect(await desk.get("/api/v2/user_profiles/X").status == 503)
        #expect(await desk.get("/api/v2/user_profiles/X").status == 429)
    }

    @Test func theLogTellsWhatWasAsked() async throws {
        let desk = try Desk(faults: ["cut-after,method=DELETE"])
        let query = "identifier=s:t:email:a%40x.example"
        let sent = body("email=a@x.example")
        _ = await desk.put("/api/v2/user_profiles?" + query, sent)
        _ = await desk.delete("/api/v2/user_profiles/X")
        #expect(
            desk.sandbox.requests == [
                LoggedRequest(
                    n: 1, at: desk.clock.now(), method: "PUT", path: "/api/v2/user_profiles", query: query, body: sent,
                    status: 201,
                    behaviour: .normal),
                LoggedRequest(
                    n: 2, at: desk.clock.now(), method: "DELETE", path: "/api/v2/user_profiles/X", query: nil, body: "",
                    status: 404,
                    behaviour: .cutAfter),
            ])
    }

    @Test func theLogIsBounded() {
        var log = RequestLog(capacity: 3)
        for n in 1...20 {
            log.append(
                LoggedRequest(
                    n: n, at: Timestamp(seconds: 0), method: "GET", path: "/", query: nil, body: "", status: 200,
                    behaviour: .normal))
        }
        #expect(log.requests.map(\.n) == [18, 19, 20])
        #expect(log.count == 20)
    }

    @Test func everyAnswerHasADateAndARequestID() async throws {
        let answer = try await Desk().get("/x")
        #expect(answer.header("Date") == "Mon, 03 Feb 2020 01:37:16 GMT")
        #expect(answer.header("X-Request-Id") == "10001")
        #expect(answer.error?["id"] == "10001")
    }
}
