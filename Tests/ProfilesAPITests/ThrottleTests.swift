import Testing

@testable import ProfilesAPI

/// Whole runs against both kinds of limiter, on a virtual clock.
@Suite struct ThrottleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var perMinute: Int
        var latency: Double
        var form: SimulatedLimiter.Form

        var testDescription: String { "\(perMinute) a minute, \(latency) s, \(form)" }
    }

    static let cases: [Case] = [700, 2_500].flatMap { perMinute in
        [0.05, 0.2].flatMap { latency in
            [.window(from: nil), .window(from: 17.3), .bucket(burst: 50)].map { form in
                Case(perMinute: perMinute, latency: latency, form: form)
            }
        }
    }

    private func run(
        _ test: Case, _ style: HeaderStyle, requests: Int = 3_000, share: Double = 1,
        others: SimulatedRun.Others? = nil, seed: UInt64,
        lie: @escaping ([String: String]) -> [String: String] = { $0 }
    ) -> SimulatedRun.Outcome {
        var random = SplitMix(state: seed)
        var run = SimulatedRun(
            limiter: SimulatedLimiter(perMinute: test.perMinute, form: test.form),
            throttle: Throttle(perMinute: Double(test.perMinute), share: share, at: 0), latency: test.latency,
            style: style, lie: lie, others: others)
        return run.run(requests, random: &random)
    }

    /// Three requests for each of 1,000 objects.
    @Test(arguments: cases)
    func aloneNobodyIsRefusedAndNoTimeIsLost(test: Case) {
        let seed = UInt64.random(in: 0...UInt64.max)
        let outcome = run(test, .all, seed: seed)
        let shortest = SimulatedLimiter(perMinute: test.perMinute, form: test.form).shortest(for: 3_000)
        #expect(outcome.refusals.isEmpty, "seed \(seed)")
        #expect(outcome.seconds <= shortest * 1.03 + test.latency, "seed \(seed)")
    }

    @Test(arguments: HeaderStyle.allCases, [SimulatedLimiter.Form.window(from: nil), .bucket(burst: 50)])
    func howeverTheHeadersTell(style: HeaderStyle, form: SimulatedLimiter.Form) {
        let seed = UInt64.random(in: 0...UInt64.max)
        let outcome = run(Case(perMinute: 700, latency: 0.05, form: form), style, requests: 2_000, seed: seed)
        let shortest = SimulatedLimiter(perMinute: 700, form: form).shortest(for: 2_000)
        switch style {
        case .all, .documented, .draft, .oddCase, .moment, .sometimes:
            #expect(outcome.refusals.isEmpty, "seed \(seed)")
            #expect(outcome.seconds <= shortest * 1.03, "seed \(seed)")
        case .none:
            // Even pacing cannot know when the service's minute begins.
            #expect(outcome.refusals.count <= 1, "seed \(seed)")
            #expect(outcome.seconds <= 2_000 / 700 * 60 * 1.1, "seed \(seed)")
        }
    }

    @Test(arguments: cases)
    func besideOthersAtMostOneIsRefusedAMinute(test: Case) {
        let seed = UInt64.random(in: 0...UInt64.max)
        let half = SimulatedRun.Others(perMinute: Double(test.perMinute) / 2)
        let outcome = run(test, .all, requests: 900, others: half, seed: seed)
        let alone = SimulatedLimiter(perMinute: test.perMinute, form: test.form).shortest(for: 900)
        #expect(outcome.mostRefusalsAMinute <= 1, "seed \(seed)")
        #expect(outcome.seconds <= max(alone, 60) * 2.3, "seed \(seed)")
    }

    /// Others that come by chance, in bursts, cost a little more.
    @Test(arguments: cases)
    func besideErraticOthersFewAreRefused(test: Case) {
        let seed = UInt64.random(in: 0...UInt64.max)
        let half = SimulatedRun.Others(perMinute: Double(test.perMinute) / 2, isErratic: true)
        let outcome = run(test, .all, requests: 900, others: half, seed: seed)
        #expect(outcome.mostRefusalsAMinute <= 8, "seed \(seed)")
    }

    @Test(arguments: [SimulatedLimiter.Form.window(from: nil), .window(from: 41), .bucket(burst: 50)])
    func takesNoMoreThanItsShare(form: SimulatedLimiter.Form) {
        let seed = UInt64.random(in: 0...UInt64.max)
        let outcome = run(
            Case(perMinute: 700, latency: 0.2, form: form), .all, requests: 1_200, share: 0.5, seed: seed)
        #expect(outcome.refusals.isEmpty, "seed \(seed)")
        if case .window = form { #expect(outcome.leastRemaining >= 350, "seed \(seed)") }
        #expect(outcome.seconds >= (1_200 / 350 - 1) * 60, "seed \(seed)")
    }

    /// Whatever headers say: the work gets done, and what the service refuses stops us.
    @Test(arguments: [
        ["X-Rate-Limit-Remaining": "-5"], ["X-Rate-Limit-Remaining": "many"], ["X-Rate-Limit-Remaining": "999999999"],
        ["X-Rate-Limit": "0"], ["X-Rate-Limit": "99999999", "X-Rate-Limit-Remaining": "99999999"],
        ["ratelimit-reset": "0"], ["ratelimit-reset": "3599"], ["ratelimit-reset": "999999999"],
        ["ratelimit-reset": "-20"], ["ratelimit-reset": "soon"], ["X-Rate-Limit-Remaining": "700"],
    ])
    func liesDoNotStopUs(lie: [String: String]) {
        let seed = UInt64.random(in: 0...UInt64.max)
        for form in [SimulatedLimiter.Form.window(from: nil), .bucket(burst: 50)] {
            let outcome = run(
                Case(perMinute: 700, latency: 0.05, form: form), .all, requests: 800, seed: seed,
                lie: { $0.merging(lie) { _, lie in lie } })
            #expect(outcome.seconds < 600, "\(form), seed \(seed)")
            #expect(outcome.mostRefusalsAMinute <= 150, "\(form), seed \(seed)")
        }
    }

    @Test func aTurnThatIsGivenBackIsThereAgain() {
        var throttle = Throttle(perMinute: 60, at: 0)
        for _ in 0..<100 {
            guard case .now(let ticket) = throttle.take(at: 0) else {
                Issue.record("no turn")
                return
            }
            throttle.giveBack(ticket)
        }
    }

    @Test func unlimitedStopsOnlyWhenTold() {
        var throttle = Throttle.unlimited
        for _ in 0..<1_000 {
            guard case .now(let ticket) = throttle.take(at: 0) else {
                Issue.record("no turn")
                return
            }
            throttle.answered(ticket, RateHeaders(limit: 1, remaining: 0, reset: 60), at: 0)
        }
        throttle.hold(until: 5)
        #expect(throttle.take(at: 0) == .held(5))
    }
}
