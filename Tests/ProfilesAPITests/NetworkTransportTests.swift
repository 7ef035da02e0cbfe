import ProfileModel
import ProfilesAPI
import Synchronization
import Testing

/// The client over real sockets.
@Suite struct NetworkTransportTests {
    private let token = Credentials.bearer(Secret("tok-4711"))

    private func withClient<Answer: Sendable>(
        _ url: String, limits: NetworkClient.Limits = .init(), _ body: (WritingClient) async throws -> Answer
    ) async throws -> Answer {
        let network = NetworkClient(limits)
        do {
            let client = ReadingClient(
                origin: try #require(ServiceOrigin(url: url)), credentials: token, transport: .network(network),
                limiter: .unlimited(), retry: .never, userAgent: "profilectl/test")
            let answer = try await body(WritingClient(reading: client))
            await network.shutdown()
            return answer
        } catch {
            await network.shutdown()
            throw error
        }
    }

    /// What a write comes to at a server that acts so.
    private func write(
        _ act: LoopbackServer.Act, limits: NetworkClient.Limits = .init()
    ) async throws -> APIFailure? {
        let server = LoopbackServer([act])
        defer { server.stop() }
        return try await withClient(server.url, limits: limits) { client in
            await failure { () throws(APIFailure) in try await client.put(id: janeID, janeValues) }
        }
    }

    private func http(_ status: String, _ headers: [String], _ body: String) -> String {
        (["HTTP/1.1 \(status)"] + headers + ["", body]).joined(separator: "\r\n")
    }

    private func json(_ body: String) -> String {
        http("200 OK", ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"], body)
    }

    @Test func sendsAndReadsAProfile() async throws {
        let server = LoopbackServer([.answer(json(janeAnswer))])
        defer { server.stop() }
        let answer = try await withClient(server.url) { try await $0.put(id: janeID, janeValues) }
        #expect(answer == jane)
        let request = try #require(server.seen.first)
        #expect(request.hasPrefix("PUT /api/v2/user_profiles/\(janeID) HTTP/1.1\r\n"))
        let lines = request.lowercased().split(separator: "\r\n")
        #expect(lines.contains("authorization: bearer tok-4711"))
        #expect(lines.contains("content-type: application/json"))
        #expect(lines.contains("user-agent: profilectl/test"))
        #expect(request.hasSuffix(#""name":"Jane Smith"}}"#))
    }

    @Test func changesNoByteOfAnEncodedQuery() async throws {
        let server = LoopbackServer([.answer(http("404 Not Found", ["Content-Length: 0"], ""))])
        defer { server.stop() }
        let identifier = Identifier(type: "phone_number", value: "+1 %41:ü/?&#[]@\"\\")
        let query = IdentifierQuery(source: "company", type: "contact", identifier: identifier)
        let found = try await withClient(server.url) { try await $0.reading.profile(matching: query) }
        #expect(found == nil)
        let target =
            "/api/v2/user_profiles?identifier=company%3Acontact%3Aphone_number%3A"
            + "%2B1%20%2541%3A%C3%BC%2F%3F%26%23%5B%5D%40%22%5C"
        #expect(server.seen.first?.hasPrefix("GET \(target) HTTP/1.1\r\n") == true)
    }

    @Test func readsChunks() async throws {
        let head = ["Content-Type: application/json", "Transfer-Encoding: chunked"]
        let size = String(janeAnswer.utf8.count, radix: 16)
        let server = LoopbackServer([.answer(http("200 OK", head, "\(size)\r\n\(janeAnswer)\r\n0\r\n\r\n"))])
        defer { server.stop() }
        #expect(try await withClient(server.url) { try await $0.put(id: janeID, janeValues) } == jane)
    }

    @Test func nobodyListens() async throws {
        let found = try await withClient("http://127.0.0.1:\(LoopbackServer.closedPort())") { client in
            await failure { () throws(APIFailure) in try await client.delete(id: janeID) }
        }
        #expect(found == .unreachable(.cannotConnect("connection refused"), host: "127.0.0.1"))
    }

    @Test func noTLSWhereItShouldBe() async throws {
        let server = LoopbackServer([.greeting("HTTP/1.1 400 Bad Request\r\n\r\n")])
        defer { server.stop() }
        let found = try await withClient("https://127.0.0.1:\(server.port)") { client in
            await failure { () throws(APIFailure) in try await client.delete(id: janeID) }
        }
        guard case .unreachable(.insecure(let reason), _)? = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(reason.hasPrefix("TLS"))
        #expect(found?.outcomeIsUnknown == false)
    }

    @Test func theConnectionIsCutAfterTheWrite() async throws {
        let found = try #require(try await write(.hangUp))
        guard case .interruptedAfterSending(.connectionLost(sent: true, _), "127.0.0.1") = found else {
            Issue.record("\(found)")
            return
        }
        #expect(found.outcomeIsUnknown)
    }

    @Test func theAnswerIsCutOff() async throws {
        let cut = String(janeAnswer.prefix(100))
        #expect(
            try await write(.answer(http("200 OK", ["Content-Length: \(janeAnswer.utf8.count)"], cut)))
                == .truncated(expected: janeAnswer.utf8.count, got: 100))
        #expect(
            try await write(.answer(http("200 OK", ["Transfer-Encoding: chunked"], "64\r\n\(cut)\r\n")))
                == .truncated(expected: nil, got: 100))
        // Without a length the end of the connection is the end of the body.
        #expect(try await write(.answer(http("200 OK", [], cut))) == .truncated(expected: nil, got: 100))
    }

    @Test func theLengthIsWrong() async throws {
        #expect(
            try await write(.answer(http("200 OK", ["Content-Length: 100"], janeAnswer)))
                == .truncated(expected: nil, got: 100))
    }

    @Test func theAnswerIsNoHTTP() async throws {
        let found = try #require(try await write(.answer("SSH-2.0-OpenSSH_9.6\r\n")))
        #expect(found.outcomeIsUnknown)
        #expect(
            found == .interruptedAfterSending(.connectionLost(sent: true, "the answer is not HTTP"), host: "127.0.0.1"))
    }

    @Test func theAnswerIsTooLarge() async throws {
        let limits = NetworkClient.Limits(answerBytes: 100)
        #expect(
            try await write(.answer(json(janeAnswer)), limits: limits) == .unexpected(.answerTooLarge(limit: 100)))
        #expect(
            try await write(.answer(http("200 OK", [], janeAnswer)), limits: limits)
                == .unexpected(.answerTooLarge(limit: 100)))
    }

    @Test func theServerSaysNothing() async throws {
        let found = try await write(.keepSilent, limits: NetworkClient.Limits(read: 0.05))
        #expect(found == .interruptedAfterSending(.timedOut, host: "127.0.0.1"))
    }

    @Test func aPageForPeople() async throws {
        let found = try await write(
            .answer(http("200 OK", ["Content-Type: text/html", "Content-Length: 6"], "<html>")))
        #expect(found == .notJSON(contentType: "text/html", bytes: 6, status: 200))
    }

    @Test func credentialsDoNotFollowARedirect() async throws {
        let elsewhere = LoopbackServer([.answer(json(janeAnswer))])
        defer { elsewhere.stop() }
        let location = "Location: http://localhost:\(elsewhere.port)/api/v2/user_profiles/\(janeID)"
        let found = try await write(.answer(http("307 Temporary Redirect", [location, "Content-Length: 0"], "")))
        #expect(found == .unexpected(.redirect(status: 307, host: "localhost")))
        #expect(elsewhere.seen.isEmpty)
    }

    @Test func aWriteCancelledOnItsWayIsInDoubt() async throws {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let server = LoopbackServer([.keepSilent], onRequest: { arrived.yield() })
        defer { server.stop() }
        let found = try await withClient(server.url) { client in
            let call = Task {
                await failure { () throws(APIFailure) in try await client.delete(id: janeID) }
            }
            for await _ in arrivals { break }
            call.cancel()
            return await call.value
        }
        #expect(found == .interruptedAfterSending(.cancelled, host: "127.0.0.1"))
    }
}
