import ProfileModel
import Testing

@testable import Sandbox

/// Api notes, section 5.
@Suite struct AuthenticationTests {
    static let rules = [
        "bearer:adm", "bearer:agt,role=agent", "bearer:ro,role=read_only_agent", "bearer:end,role=end_user",
        "bearer:r,scopes=users:read", "bearer:w,scopes=write", "bearer:none,scopes=tickets:read", "token:tok",
        "oauth:ci:secret,role=agent",
    ]

    func desk() throws -> Desk {
        try Desk(authentication: .required(try SandboxAccess(rules: Self.rules)))
    }

    func status(_ desk: Desk, _ method: String, _ authorization: String) async -> Answer {
        let target = "/api/v2/user_profiles?identifier=s:t:m:1"
        return await desk.call(
            method, target, method == "GET" ? "" : body("m=1"), headers: ["Authorization": authorization])
    }

    @Test(arguments: [
        ("Bearer adm", 404, 201), ("bearer adm", 404, 201), ("Bearer agt", 404, 201), ("Bearer ro", 404, 403),
        ("Bearer end", 403, 403), ("Bearer r", 404, 403), ("Bearer w", 403, 201), ("Bearer none", 403, 403),
        ("Bearer wrong", 401, 401), ("", 401, 401), ("Bearer", 401, 401), ("Digest x", 401, 401),
        // jane@example.com/token:tok
        ("Basic amFuZUBleGFtcGxlLmNvbS90b2tlbjp0b2s=", 404, 201),
        // jane@example.com/token:wrong, jane@example.com:tok, no colon, no Base64
        ("Basic amFuZUBleGFtcGxlLmNvbS90b2tlbjp3cm9uZw==", 401, 401),
        ("Basic amFuZUBleGFtcGxlLmNvbTp0b2s=", 401, 401), ("Basic amFuZQ==", 401, 401), ("Basic ***", 401, 401),
    ])
    func rolesAndScopesDecide(authorization: String, read: Int, write: Int) async throws {
        let desk = try desk()
        #expect(await status(desk, "GET", authorization).status == read)
        #expect(await status(desk, "PUT", authorization).status == write)
    }

    @Test func aBarePasswordIsToldWhatToUse() async throws {
        let answer = await status(try desk(), "GET", "Basic amFuZUBleGFtcGxlLmNvbTp0b2s=")
        #expect(answer.code == "MissingOrInvalidAuthentication")
        #expect(answer.title?.contains("{email}/token:{api_token}") == true)
    }

    @Test func passwordsWorkWhereTheyAreConfigured() async throws {
        let access = try SandboxAccess(rules: ["password:jane@example.com:tok"])
        let desk = try Desk(authentication: .required(access))
        #expect(await status(desk, "GET", "Basic amFuZUBleGFtcGxlLmNvbTp0b2s=").status == 404)
        #expect(await status(desk, "GET", "Basic amFuZUBleGFtcGxlLmNvbTpub3Q=").status == 401)
    }

    @Test func anOpenSandboxAsksForNothing() async throws {
        #expect(await status(try Desk(), "PUT", "Basic amFuZUBleGFtcGxlLmNvbTp0b2s=").status == 201)
        #expect(await status(try Desk(), "PUT", "").status == 201)
    }

    @Test(arguments: [
        (
            #"{"grant_type":"client_credentials","client_id":"ci","client_secret":"secret","scope":"users:read"}"#,
            "application/json"
        ),
        (
            "grant_type=client_credentials&client_id=ci&client_secret=secret&scope=users%3Aread",
            "application/x-www-form-urlencoded"
        ),
    ])
    func aClientGetsATokenThatExpires(request: String, type: String) async throws {
        let desk = try desk()
        let answer = await desk.call("POST", "/oauth/tokens", request, headers: ["Content-Type": type])
        #expect(answer.status == 200)
        #expect(answer.json["token_type"] == "bearer")
        #expect(answer.json["scope"] == "users:read")
        #expect(answer.json["expires_in"]?.number == "7200")
        let token = try #require(answer.json["access_token"]?.string)
        #expect(await status(desk, "GET", "Bearer " + token).status == 404)
        #expect(await status(desk, "PUT", "Bearer " + token).status == 403)
        desk.clock.advance(7200)
        #expect(await status(desk, "GET", "Bearer " + token).status == 401)
        #expect(desk.sandbox.requests.first?.body == "")
    }

    @Test(arguments: [
        (#"{"grant_type":"client_credentials","client_id":"ci","client_secret":"no"}"#, 401, "invalid_client"),
        (#"{"grant_type":"client_credentials","client_id":"x","client_secret":"secret"}"#, 401, "invalid_client"),
        (#"{"grant_type":"password","client_id":"ci","client_secret":"secret"}"#, 400, "unsupported_grant_type"),
        (
            #"{"grant_type":"client_credentials","client_id":"ci","client_secret":"secret","expires_in":300}"#, 400,
            "invalid_request"
        ), ("{", 400, "invalid_request"),
    ])
    func aBadTokenRequestIsRefused(request: String, status: Int, error: String) async throws {
        let answer = try await desk().call("POST", "/oauth/tokens", request)
        #expect(answer.status == status)
        #expect(answer.json["error"]?.string == error)
    }

    @Test func withoutClientsThereIsNoTokenEndpoint() async throws {
        #expect(try await Desk().call("POST", "/oauth/tokens", "{}").status == 404)
    }

    @Test func secretsAreNotDescribed() throws {
        let access = try SandboxAccess(rules: ["bearer:canary1", "oauth:ci:canary2"])
        var dumped = ""
        dump(SandboxAuthentication.required(access), to: &dumped)
        for text in ["\(access)", String(reflecting: SandboxAuthentication.required(access)), dumped] {
            #expect(!text.contains("canary"))
        }
        for rule in ["bearer:", "canary:canary:canary", "bearer:canary,what=1", "bearer:canary:canary"] {
            let failure = #expect(throws: SandboxFailure.self) { try SandboxAccess(rules: [rule]) }
            #expect(failure.map { "\($0)".contains("canary") } == false)
        }
    }
}
