import ProfileModel
import ProfilesAPI
import Sandbox
import Testing

/// A body that drips keeps nobody for ever: there is a limit to the whole of a request.
@Suite struct SlowAnswerTests {
    @Test func aSlowBodyTimesOut() async throws {
        var configuration = SandboxConfiguration()
        configuration.faults = [try SandboxFault(rule: "slow=1m")]
        let sandbox = try Sandbox(configuration: configuration, now: { Timestamp(seconds: 1_700_000_000) })
        try sandbox.load(SandboxWorld(profiles: [live(1, ["bike_id:b1"])]))
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let server = Task {
            try await SandboxServer.run(sandbox: sandbox) { listening.yield($0) }
        }
        defer { server.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())

        let network = NetworkClient(.init(whole: 10))
        let client = WritingClient(
            reading: ReadingClient(
                origin: try #require(ServiceOrigin(url: "http://127.0.0.1:\(port)")), credentials: .none,
                transport: .network(network), limiter: .unlimited(), retry: .never, userAgent: "tests"))
        await #expect(throws: APIFailure.unreachable(.timedOut, host: "127.0.0.1")) {
            try await client.reading.profile(id: id(1))
        }
        await #expect(throws: APIFailure.interruptedAfterSending(.timedOut, host: "127.0.0.1")) {
            try await client.patch(id: id(1), ProfilePatch(attributes: ["tier": "gold"]))
        }
        #expect(sandbox.world().profiles[0].attributes == ["tier": "gold"])
        await network.shutdown()
    }
}
