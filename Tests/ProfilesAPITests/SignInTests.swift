import HTTPTypes
import ProfileModel
import ProfilesAPI
import Synchronization
import Testing

/// OAuth client credentials (api notes, section 5).
@Suite struct SignInTests {
    private let credentials = Credentials.oauthClient(id: "ci", Secret("client-s3cret"))

    private func grant(_ token: String, expiresIn: String = "7200") -> FakeService.Line {
        .answer(200, #"{"access_token":"\#(token)","token_type":"bearer","expires_in":\#(expiresIn)}"#)
    }

    @Test func fetchesATokenOnceAndUsesIt() async throws {
        let service = FakeService([grant("t1"), .answer(200, janeAnswer), .answer(200, janeAnswer)])
        let client = try service.reading(credentials)
        _ = try await client.profile(id: janeID)
        _ = try await client.profile(id: janeID)
        let path = "/api/v2/user_profiles/\(janeID)"
        #expect(service.lines == ["POST /oauth/tokens", "GET \(path)", "GET \(path)"])
        #expect(
            service.asked[0].body
                == #"{"client_id":"ci","client_secret":"client-s3cret","grant_type":"client_credentials","scope":"users:read users:write"}"#
        )
        #expect(service.asked[0].header(.contentType) == "application/json")
        #expect(service.asked[0].header(.userAgent) != nil)
        #expect(service.asked.map { $0.header(.authorization) } == [nil, "Bearer t1", "Bearer t1"])
    }

    /// Lifetime, and how long the token is used.
    @Test(arguments: [("7200", 7140.0), ("100", 50.0), ("119", 59.5), ("300", 240.0)])
    func renewsATokenBeforeItRunsOut(_ lifetime: String, _ useful: Double) async throws {
        let service = FakeService([
            grant("t1", expiresIn: lifetime), .answer(404), .answer(404), grant("t2"), .answer(404),
        ])
        let client = try service.reading(credentials)
        _ = try await client.profile(id: janeID)
        service.clock.advance(useful - 0.01)
        _ = try await client.profile(id: janeID)
        service.clock.advance(0.02)
        _ = try await client.profile(id: janeID)
        #expect(service.asked.compactMap { $0.header(.authorization) } == ["Bearer t1", "Bearer t1", "Bearer t2"])
    }

    @Test func keepsATokenThatNamesNoEnd() async throws {
        let service = FakeService([grant("t1", expiresIn: "null"), .answer(404), .answer(404)])
        let client = try service.reading(credentials)
        _ = try await client.profile(id: janeID)
        service.clock.advance(1_000_000)
        _ = try await client.profile(id: janeID)
        #expect(service.asked.count == 3)
    }

    @Test func renewsARefusedTokenOnce() async throws {
        let refused = FakeService.Line.answer(401, #"{"error":"invalid_token"}"#)
        let service = FakeService([grant("t1"), refused, grant("t2"), .answer(200, janeAnswer)])
        #expect(try await service.writing(credentials).put(id: janeID, janeValues) == jane)

        let stubborn = FakeService([grant("t1"), refused, grant("t2"), refused])
        let client = try stubborn.reading(credentials)
        let error = ServiceError(status: 401, code: "invalid_token", title: "invalid_token")
        #expect(
            await failure { () throws(APIFailure) in try await client.profile(id: janeID) }
                == .unauthenticated(error))
    }

    @Test func aFixedTokenIsNotTriedTwice() async throws {
        let service = FakeService([.answer(401, "")])
        let client = try service.reading(.bearer(Secret("t")))
        _ = await failure { () throws(APIFailure) in try await client.profile(id: janeID) }
        #expect(service.asked.count == 1)
    }

    @Test func manyWorkersFetchOneToken() async throws {
        let fetches = Mutex(0)
        let transport = HTTPTransport { request, _ async throws(TransportFailure) in
            guard request.method == .post else {
                return request.headerFields[.authorization] == "Bearer t2"
                    ? HTTPAnswer(200, janeAnswer) : HTTPAnswer(401, "")
            }
            for _ in 0..<20 { await Task.yield() }
            let count = fetches.withLock { count in
                count += 1
                return count
            }
            return HTTPAnswer(200, #"{"access_token":"t\#(count)","expires_in":7200}"#)
        }
        let clock = VirtualClock()
        let client = ReadingClient(
            origin: try #require(ServiceOrigin(url: "https://acme.example.com")), credentials: credentials,
            transport: transport, limiter: .unlimited(pacer: clock.pacer), userAgent: "test", pacer: clock.pacer)
        try await withThrowingTaskGroup(of: Profile?.self) { group in
            for _ in 0..<16 { group.addTask { try await client.profile(id: janeID) } }
            for try await profile in group { #expect(profile == jane) }
        }
        #expect(fetches.withLock { $0 } == 2)
    }

    @Test(arguments: [400, 401, 403, 404])
    func aRefusedSignInIsAMatterOfCredentials(_ status: Int) async throws {
        let body = #"{"error":"invalid_client","error_description":"no such client client-s3cret"}"#
        let client = try FakeService([.answer(status, body)]).writing(credentials)
        let error = ServiceError(status: status, code: "invalid_client", title: "no such client ⟨secret⟩")
        let found = await failure { () throws(APIFailure) in try await client.delete(id: janeID) }
        #expect(found == .unauthenticated(error))
    }

    @Test(arguments: [
        FakeService.Line.answer(500, "", [:]), .answer(200, "<html>", ["content-type": "text/html"]),
        .answer(200, "{}"), .failure(.timedOut), .failure(.cannotConnect("refused")),
        .answer(429, "", ["retry-after": "1000"]),
    ])
    func withoutATokenTheWriteWasCertainlyNotMade(_ line: FakeService.Line) async throws {
        let client = try FakeService([line]).writing(credentials, retry: .never)
        let found = await failure { () throws(APIFailure) in try await client.delete(id: janeID) }
        guard case .noAccessToken? = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(found?.outcomeIsUnknown == false)
    }

    @Test func noErrorShowsAToken() async throws {
        let echo = #"{"error":"Bad","description":"got: Bearer t-4711 for client-s3cret"}"#
        for status in [400, 401, 403, 422, 500] {
            let script = [grant("t-4711"), .answer(status, echo), grant("t-4711"), .answer(status, echo)]
            let client = try FakeService(script).reading(credentials, retry: .never)
            let found = await failure { () throws(APIFailure) in try await client.profile(id: janeID) }
            let text = "\(String(reflecting: found))"
            #expect(!text.contains("t-4711") && !text.contains("client-s3cret") && text.contains("⟨secret⟩"))
        }
    }
}
