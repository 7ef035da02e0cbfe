import HTTPTypes
import ProfileModel
import Synchronization
import Testing

@testable import ProfilesAPI

@Suite struct RateLimiterTests {
    @Test func paysOutTurnsAtThePace() async throws {
        let clock = VirtualClock()
        let limiter = RateLimiter(perMinute: 60, share: 0.5, pacer: clock.pacer)
        for _ in 0..<4 { _ = try await limiter.turn() }
        #expect(clock.now == 1006)
    }

    @Test func twoTurnsComeTogether() async throws {
        let clock = VirtualClock()
        let limiter = RateLimiter(perMinute: 60, share: 0.5, pacer: clock.pacer)
        for _ in 0..<2 { _ = try await limiter.twoTurns() }
        #expect(clock.now == 1006)
        await limiter.hold(for: 600)
        let (first, second) = try await limiter.twoTurns(RateLimiter.Limits(longestHold: 120))
        #expect(first == .refused(600))
        #expect(second == .refused(600))
        #expect(await limiter.stop() == 600)
    }

    /// When the service's window is used up, one request looks whether the next one is there. A second turn would wait
    /// for its answer, and it for the second turn.
    @Test func whatLooksForTheNextWindowGoesAlone() async throws {
        let clock = VirtualClock()
        let limiter = RateLimiter(perMinute: 60, pacer: clock.pacer)
        guard case .granted(let ticket, _) = try await limiter.turn() else { return }
        var answer = HTTPAnswer(head: HTTPResponse(status: .ok), body: [])
        answer.head.headerFields = [
            HTTPField.Name("ratelimit-limit")!: "60", HTTPField.Name("ratelimit-remaining")!: "0",
            HTTPField.Name("ratelimit-reset")!: "30",
        ]
        await limiter.answered(ticket, RateHeaders(answer, date: { Timestamp(seconds: 0) }))
        let (first, second) = try await limiter.twoTurns()
        guard case .granted = first else {
            Issue.record("the look is not let go")
            return
        }
        #expect(second == nil)
        #expect(clock.now >= 1030)
    }

    @Test func tellsOfWaitsLongerThanASecond() async throws {
        let clock = VirtualClock()
        let told = Mutex<[Double]>([])
        let limiter = RateLimiter.unlimited(pacer: clock.pacer) { seconds in told.withLock { $0.append(seconds) } }
        _ = try await limiter.turn()
        await limiter.hold(for: 1)
        _ = try await limiter.turn()
        await limiter.hold(for: 30)
        _ = try await limiter.turn()
        #expect(told.withLock { $0 } == [30])
        #expect(clock.now == 1031)
    }

    /// A stop a minute long, again and again: the others are not to try for hours.
    @Test func whereEverythingIsRefusedForLongNobodyGoesOn() async throws {
        let clock = VirtualClock()
        let limiter = RateLimiter.unlimited(pacer: clock.pacer)
        let limits = RateLimiter.Limits(longestHold: 120, longestRefusal: 300)
        var sent = 0
        while case .granted(let ticket, _) = try await limiter.turn(limits), sent < 100 {
            sent += 1
            await limiter.refused(ticket, holdFor: 60)
        }
        #expect((5...7).contains(sent))
        guard case (.refused, .refused?) = try await limiter.twoTurns(limits) else {
            Issue.record("another one is let go")
            return
        }
    }

    @Test func refusesToWaitTooLong() async throws {
        let limiter = RateLimiter.unlimited(pacer: VirtualClock().pacer)
        await limiter.hold(for: 600)
        #expect(try await limiter.turn(RateLimiter.Limits(longestHold: 120)) == .refused(600))
    }

    @Test func aCancelledTaskGetsNoTurn() async {
        let limiter = RateLimiter(perMinute: 1, pacer: VirtualClock().pacer)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await limiter.turn()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
