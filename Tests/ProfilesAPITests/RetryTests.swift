import HTTPTypes
import ProfileModel
import ProfilesAPI
import Testing

/// The policy at work: what is sent again, when, and who waits.
@Suite struct RetryTests {
    private let busy = FakeService.Line.answer(429, "", ["retry-after": "93", "content-type": "text/html"])

    @Test func waitsOutA429OnReadsAndWrites() async throws {
        let service = FakeService([busy, .answer(200, janeAnswer), busy, .answer(200, janeAnswer)])
        let client = try service.writing()
        #expect(try await client.reading.profile(id: janeID) == jane)
        #expect(try await client.put(id: janeID, janeValues) == jane)
        #expect(service.asked.map(\.at) == [1000, 1093, 1093, 1186])
    }

    @Test func tellsHowLongToWaitWhenThatIsTooLong() async throws {
        let service = FakeService([.answer(429, "", ["retry-after": "600"])])
        let client = try service.reading()
        let error = ServiceError(status: 429, title: "the answer gives no reason")
        #expect(
            await failure { () throws(APIFailure) in try await client.profile(id: janeID) }
                == .rateLimited(retryAfter: 600, error))
        // The next call does not even try.
        #expect(
            await failure { () throws(APIFailure) in try await client.profile(id: janeID) }
                == .rateLimited(retryAfter: 600, nil))
        #expect(service.asked.count == 1)
    }

    @Test func repeatsAReadThatWasLost() async throws {
        let service = FakeService([
            .failure(.timedOut), .answer(503, "", [:]), .failure(.connectionLost(sent: true, "reset")),
            .answer(200, janeAnswer),
        ])
        #expect(try await service.reading().profile(id: janeID) == jane)
        #expect(service.clock.sleeps.map { ($0 * 10).rounded() / 10 } == [0.5, 1, 2])
    }

    @Test func theQueueForTheFirstAttemptIsNotCountedAgainstTheOthers() async throws {
        let service = FakeService([.answer(404), .answer(502, "", [:]), .answer(200, janeAnswer)])
        let client = try service.reading(limiter: RateLimiter(perMinute: 0.05, pacer: service.clock.pacer))
        #expect(try await client.profile(id: janeID) == nil)
        #expect(try await client.profile(id: janeID) == jane)
    }

    @Test(arguments: [
        FakeService.Line.failure(.timedOut), .failure(.connectionLost(sent: true, "reset")),
        .answer(500, "", [:]), .answer(502, "", [:]), .answer(503, "", ["retry-after": "1"]),
    ])
    func neverRepeatsAWriteThatMayHaveWorked(_ line: FakeService.Line) async throws {
        for write in [ProfileWrite.put(id: janeID, janeValues), .delete(id: janeID)] {
            let service = FakeService([line])
            let client = try service.writing()
            let found = await failure { () throws(APIFailure) in try await client.perform(write) }
            #expect(found?.outcomeIsUnknown == true)
            #expect(service.asked.count == 1)
        }
    }

    @Test func repeatsAWriteThatNeverLeft() async throws {
        let service = FakeService([
            .failure(.cannotConnect("refused")), .failure(.connectionLost(sent: false, "reset")),
            .answer(204, "", [:]),
        ])
        #expect(try await service.writing().delete(id: janeID) == .deleted)
        #expect(service.asked.count == 3)
    }

    @Test func the429OfOneStopsAllWorkers() async throws {
        let answers = Array(repeating: FakeService.Line.answer(200, janeAnswer), count: 20)
        let service = FakeService([.answer(429, "", ["retry-after": "30"])] + answers)
        let limiter = RateLimiter(perMinute: 600, pacer: service.clock.pacer)
        let hasty = try service.reading(retry: .never, limiter: limiter)
        _ = await failure { () throws(APIFailure) in try await hasty.profile(id: janeID) }
        let client = try service.reading(limiter: limiter)
        try await withThrowingTaskGroup(of: Profile?.self) { group in
            for _ in 0..<20 { group.addTask { try await client.profile(id: janeID) } }
            for try await profile in group { #expect(profile == jane) }
        }
        #expect(service.asked.count == 21)
        #expect(service.asked.dropFirst().allSatisfy { $0.at > 1030 })
    }

    @Test func aCancelledCallSendsNothing() async throws {
        let service = FakeService([])
        let client = try service.writing()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure { () throws(APIFailure) in try await client.perform(.delete(id: janeID)) }
        }
        #expect(await task.value == .cancelled)
        #expect(service.asked.isEmpty)
    }

    @Test func cancellationEndsTheRetries() async throws {
        let clock = VirtualClock()
        let transport = HTTPTransport { _, _ async throws(TransportFailure) in
            withUnsafeCurrentTask { $0?.cancel() }
            throw .cannotConnect("refused")
        }
        let client = ReadingClient(
            origin: try #require(ServiceOrigin(url: "https://acme.example.com")), credentials: .none,
            transport: transport, limiter: .unlimited(pacer: clock.pacer), userAgent: "test", pacer: clock.pacer)
        let task = Task { await failure { () throws(APIFailure) in try await client.profile(id: janeID) } }
        #expect(await task.value == .cancelled)
        #expect(clock.sleeps.isEmpty)
    }
}
