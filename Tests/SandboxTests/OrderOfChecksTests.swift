import ProfileModel
import Testing

@testable import Sandbox

/// A request that is wrong in two ways hears of the earlier one (api notes, section 12).
@Suite struct OrderOfChecksTests {
    static let access = SandboxAuthentication.required(
        try! SandboxAccess(rules: ["bearer:good", "bearer:end,role=end_user"]))

    func desk(rate: SandboxRateLimit? = nil, authentication: SandboxAuthentication = access) throws -> Desk {
        try Desk(
            authentication: authentication, rateLimit: rate,
            world: SandboxWorld(users: [
                SandboxUser(id: "1", name: "A", identities: [Identifier(type: "email", value: "a@x.example")]),
                SandboxUser(id: "2", name: "B", identities: [Identifier(type: "email", value: "b@x.example")]),
            ]))
    }

    @Test func routeBeforeAuthentication() async throws {
        let answer = try await desk().call("POST", "/api/v2/user_profiles")
        #expect(answer.status == 404)
        #expect(answer.code == "RouteNotFound")
    }

    @Test func authenticationBeforeRole() async throws {
        let answer = try await desk().get("/api/v2/user_profiles/X")
        #expect(answer.status == 401)
    }

    @Test func roleBeforeRateLimit() async throws {
        let desk = try desk(rate: SandboxRateLimit(perMinute: 1))
        for _ in 0..<3 {
            let answer = await desk.call("GET", "/api/v2/user_profiles/X", headers: ["Authorization": "Bearer end"])
            #expect(answer.status == 403)
        }
        let answer = await desk.call("GET", "/api/v2/user_profiles/X", headers: ["Authorization": "Bearer good"])
        #expect(answer.status == 404)
    }

    @Test func rateLimitBeforeContentType() async throws {
        let desk = try desk(rate: SandboxRateLimit(perMinute: 1), authentication: .open)
        _ = await desk.get("/api/v2/user_profiles/X")
        let answer = await desk.call("PUT", "/api/v2/user_profiles", "x", headers: ["Content-Type": "text/plain"])
        #expect(answer.status == 429)
    }

    @Test(arguments: [
        // content type before JSON
        ("PUT", "/api/v2/user_profiles", "{", "text/plain", 415, "UnsupportedContentType"),
        ("PUT", "/api/v2/user_profiles", "{}", "application/merge-patch+json", 415, "UnsupportedContentType"),
        ("PUT", "/api/v2/user_profiles", "{}", "", 415, "UnsupportedContentType"),
        // JSON before envelope before query
        ("PUT", "/api/v2/user_profiles", "{", "application/json", 400, "MalformedJSON"),
        ("PATCH", "/api/v2/user_profiles", "[]", "application/merge-patch+json", 400, "MissingProfile"),
        ("PUT", "/api/v2/user_profiles", #"{"profile":[]}"#, "application/json", 400, "MissingProfile"),
        // query before fields
        ("PUT", "/api/v2/user_profiles", #"{"profile":{"name":1}}"#, "application/json", 400, "MissingIdentifierQuery"),
        (
            "PUT", "/api/v2/user_profiles?identifier=zendesk:t:i:v", #"{"profile":{"name":1}}"#, "application/json",
            400,
            "ReservedSource"
        ),
        ("PUT", "/api/v2/users/x/profiles", #"{"profile":{"name":1}}"#, "application/json", 400, "InvalidUserID"),
        // fields before the profile or the user is looked for
        ("PUT", "/api/v2/user_profiles/NOPE", #"{"profile":{"name":1}}"#, "application/json", 400, "InvalidField"),
        (
            "PUT", "/api/v2/users/99/profiles?identifier=s:t:i:v", #"{"profile":{}}"#, "application/json", 400,
            "MissingIdentifiers"
        ),
        ("PATCH", "/api/v2/user_profiles/NOPE", #"{"profile":{"name":1}}"#, "application/json", 400, "InvalidField"),
        // looking for it before owners
        (
            "PUT", "/api/v2/user_profiles/NOPE",
            #"{"profile":{"identifiers":[{"type":"email","value":"a@x.example"},{"type":"email","value":"b@x.example"}]}}"#,
            "application/json", 404, "ProfileNotFound"
        ),
        (
            "PUT", "/api/v2/users/99/profiles?identifier=s:t:email:a@x.example",
            #"{"profile":{"identifiers":[{"type":"email","value":"a@x.example"}]}}"#, "application/json", 404,
            "UserNotFound"
        ),
    ])
    func theEarlierOneAnswers(
        method: String, target: String, body: String, type: String, status: Int, code: String
    ) async throws {
        let answer = try await desk(authentication: .open).call(method, target, body, headers: ["Content-Type": type])
        #expect(answer.status == status)
        #expect(answer.code == code)
        #expect(answer.title?.isEmpty == false)
    }

    @Test func ownersBeforeLimits() async throws {
        var limits = SandboxLimits()
        limits.profilesPerUser = 0
        limits.sources = 0
        let world = try desk().sandbox.world()
        let desk = try Desk(limits: limits, world: world)
        let both = body("email=a@x.example", "email=b@x.example")
        let answer = await desk.put("/api/v2/user_profiles?identifier=s:t:email:a@x.example", both)
        #expect(answer.code == "IdentifiersOfSeveralUsers")
        let one = await desk.put("/api/v2/user_profiles?identifier=s:t:email:a@x.example", body("email=a@x.example"))
        #expect(one.code == "TooManyProfiles")
    }

    @Test func refusedRequestsChangeNothing() async throws {
        let desk = try desk(authentication: .open)
        let before = desk.sandbox.world()
        _ = await desk.put(
            "/api/v2/user_profiles?identifier=s:t:email:a@x.example", body("email=a@x.example", "email=b@x.example"))
        _ = await desk.put("/api/v2/users/2/profiles?identifier=s:t:email:a@x.example", body("email=a@x.example"))
        _ = await desk.delete("/api/v2/user_profiles/NOPE")
        #expect(desk.sandbox.world() == before)
        #expect(desk.sandbox.requests.map(\.status) == [400, 400, 404])
    }
}
