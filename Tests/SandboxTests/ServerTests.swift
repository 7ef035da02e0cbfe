import Dispatch
import ProfileModel
import Testing

@testable import Sandbox

/// The served sandbox, over real connections.
@Suite struct ServerTests {
    /// Serves on a free port while `work` runs, and waits for the server's end.
    func serve(_ desk: Desk, _ work: @escaping @Sendable (Int) throws -> Void) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = Task {
            defer { continuation.finish() }
            try await SandboxServer.run(sandbox: desk.sandbox) { continuation.yield($0) }
        }
        var first = ports.makeAsyncIterator()
        guard let port = await first.next() else { return try await server.value }
        // Blocking reads get a thread of their own: the server needs those of Swift's pool.
        let result = await withCheckedContinuation { done in
            DispatchQueue(label: "client").async { done.resume(returning: Result { try work(port) }) }
        }
        server.cancel()
        try await server.value
        try result.get()
    }

    func request(_ method: String, _ target: String, _ body: String = "", _ headers: String...) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: anything.example", "User-Agent: curl/8.0"] + headers
        if !body.isEmpty { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    @Test func answersOverOneConnectionAsEmbedded() async throws {
        let desk = try Desk(authentication: .required(try SandboxAccess(rules: ["token:tok"])))
        let user = "Authorization: Basic amFuZUBleGFtcGxlLmNvbS90b2tlbjp0b2s="
        let target = "/api/v2/user_profiles?identifier=company:contact:email:jane@example.com"
        let sent = body("email=jane@example.com", name: "Jane Smith", attributes: #"{"membership":"gold"}"#)
        try await serve(desk) { port in
            let connection = try LoopbackConnection(port: port)
            connection.send(request("GET", target))
            #expect(connection.readAnswer()?.hasPrefix("HTTP/1.1 401 Unauthorized\r\n") == true)
            connection.send(request("PUT", target, sent, user))
            let created = connection.readAnswer()
            #expect(created?.hasPrefix("HTTP/1.1 201 Created\r\n") == true)
            connection.send(request("GET", target, "", user))
            let read = connection.readAnswer()
            #expect(read?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
            #expect(read?.split(separator: "\r\n\r\n").last == created?.split(separator: "\r\n\r\n").last)
            let id = desk.sandbox.world().profiles[0].id
            connection.send(request("DELETE", "/api/v2/user_profiles/" + id, "", user))
            let deleted = connection.readAnswer()
            #expect(deleted?.hasPrefix("HTTP/1.1 204 No Content\r\n") == true)
            #expect(deleted?.lowercased().contains("content-length") == false)
            connection.send(request("GET", target, "", user))
            #expect(connection.readAnswer()?.hasPrefix("HTTP/1.1 404 Not Found\r\n") == true)
        }
        #expect(desk.sandbox.requests.map(\.status) == [401, 201, 200, 204, 404])
    }

    @Test func cutsConnections() async throws {
        let desk = try Desk(faults: ["cut-before,nth=1", "cut-after,nth=2"])
        let target = "/api/v2/user_profiles?identifier=s:t:m:1"
        try await serve(desk) { port in
            for profiles in [0, 1] {
                let connection = try LoopbackConnection(port: port)
                connection.send(request("PUT", target, body("m=1")))
                #expect(connection.readAll() == "")
                #expect(desk.sandbox.world().profiles.count == profiles)
            }
            let connection = try LoopbackConnection(port: port)
            connection.send(request("GET", target))
            #expect(connection.readAnswer()?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
        }
    }

    @Test func truncatesAndMisstatesBodies() async throws {
        let desk = try Desk(faults: ["truncated,nth=2", "wrong-length,nth=3"])
        let target = "/api/v2/user_profiles?identifier=s:t:m:1"
        try await serve(desk) { port in
            let whole = try LoopbackConnection(port: port)
            whole.send(request("PUT", target, body("m=1")))
            let body = try #require(whole.readAnswer()?.split(separator: "\r\n\r\n").last)
            for (length, sent) in [(body.utf8.count, body.utf8.count / 2), (body.utf8.count + 100, body.utf8.count)] {
                let connection = try LoopbackConnection(port: port)
                connection.send(request("GET", target))
                let answer = connection.readAll().replacing("201 Created", with: "200 OK")
                #expect(answer.lowercased().contains("content-length: \(length)\r\n"))
                #expect(answer.split(separator: "\r\n\r\n").last?.utf8.count == sent)
            }
        }
    }

    @Test func offersItsControlsToLoopback() async throws {
        let desk = try Desk()
        let sent = body("email=a@x.example")
        try await serve(desk) { port in
            let connection = try LoopbackConnection(port: port)
            func ask(_ method: String, _ target: String, _ body: String = "", _ header: String = "X-Note: 1") -> String
            {
                connection.send(request(method, target, body, header))
                return connection.readAnswer() ?? ""
            }
            _ = ask("PUT", "/api/v2/user_profiles?identifier=s:t:email:a@x.example", sent)
            _ = ask("GET", "/nowhere")
            let requests = ask("GET", "/_sandbox/requests?after=0")
            #expect(requests.contains(#"{"requests":[{"n":1,"at":"2"#))
            #expect(requests.contains(#","method":"PUT","path":"/api/v2/user_profiles","#))
            #expect(requests.contains(#""status":201},{"n":2,"at":"2"#))
            #expect(requests.contains(#","method":"GET","path":"/nowhere","query":null,"#))
            #expect(!ask("GET", "/_sandbox/requests?after=1").contains(#""n":1,"#))
            let users = ask("GET", "/_sandbox/users")
            #expect(users.contains(#""identities":[{"type":"email","value":"a@x.example"}],"is_anonymous":true}]}"#))
            #expect(ask("POST", "/_sandbox/reset", "", "Origin: http://evil.example").contains("403 Forbidden"))
            #expect(ask("POST", "/_sandbox/reset").contains(#"{"reset":true}"#))
            #expect(ask("GET", "/_sandbox/users").hasSuffix(#"{"users":[]}"#))
            #expect(ask("GET", "/_sandbox/else").contains("404 Not Found"))
        }
        // Embedded there are none.
        #expect(await desk.get("/_sandbox/users").status == 404)
    }

    @Test func refusesABodyThatIsTooLarge() async throws {
        var limits = SandboxLimits()
        limits.bodyBytes = 1_000
        let desk = try Desk(limits: limits)
        try await serve(desk) { port in
            let connection = try LoopbackConnection(port: port)
            let large = body("m=1", name: String(repeating: "x", count: 100_000))
            connection.send(request("PUT", "/api/v2/user_profiles?identifier=s:t:m:1", large))
            #expect(connection.readAnswer()?.hasPrefix("HTTP/1.1 413 ") == true)
        }
        #expect(desk.sandbox.requests.map(\.body) == [""])
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        let desk = try Desk()
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = Task { try await SandboxServer.run(sandbox: desk.sandbox) { continuation.yield($0) } }
        var first = ports.makeAsyncIterator()
        let port = try #require(await first.next())
        let failure = await #expect(throws: SandboxFailure.self) {
            try await SandboxServer.run(sandbox: desk.sandbox, port: port)
        }
        #expect(failure.map { "\($0)".contains("127.0.0.1:\(port)") } == true)
        server.cancel()
        try await server.value
    }
}
