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

    private func ticket(_ throttle: inout Throttle, at now: Double) throws -> Throttle.Ticket {
        guard case .now(let ticket) = throttle.take(at: now) else { throw NoTurn() }
        return ticket
    }

    private struct NoTurn: Error {}

    /// As where only some endpoints tell when the window ends.
    @Test func anEndThatOnlySomeAnswersTellIsNoTrap() throws {
        var throttle = Throttle(perMinute: 700, at: 0)
        let (first, second) = (try ticket(&throttle, at: 0), try ticket(&throttle, at: 0))
        throttle.answered(first, RateHeaders(limit: 700, remaining: 300), at: 0.05)
        throttle.answered(second, RateHeaders(limit: 700, remaining: 299, reset: 60), at: 0.06)
        var (now, remaining) = (0.1, 299.0)
        while now < 130 {
            switch throttle.take(at: now) {
            case .now(let ticket):
                remaining = now < 60 ? max(0, remaining - 1) : 699
                throttle.answered(ticket, RateHeaders(limit: 700, remaining: remaining), at: now + 0.05)
            case .paced(let seconds), .held(let seconds): now += max(seconds, 0.001)
            }
            now += 0.001
        }
        #expect(remaining == 699, "the next window was found")
    }

    /// As after a deploy of a gateway that drops them.
    @Test(arguments: [SimulatedLimiter.Form.window(from: nil), .bucket(burst: 50)])
    func whereHeadersEndTheShareIsKept(form: SimulatedLimiter.Form) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var answers = 0
        let outcome = run(
            Case(perMinute: 700, latency: 0.1, form: form), .all, requests: 1_400, share: 0.5, seed: seed,
            lie: { headers in
                answers += 1
                return answers > 100 ? [:] : headers
            })
        #expect(outcome.seconds >= (1_400 / 350 - 1.1) * 60, "seed \(seed)")
        #expect(outcome.seconds <= (1_400 / 350 + 1.5) * 60, "seed \(seed)")
    }

    /// The last few of a window are used too, and what looks goes alone where its write would have to wait.
    @Test func aLookAndItsWriteTakeTheirTurnsTogether() throws {
        var throttle = Throttle(perMinute: 60, at: 0)
        throttle.answered(try ticket(&throttle, at: 0), RateHeaders(limit: 60, remaining: 5, reset: 30), at: 0.1)
        for pairs in 1...2 {
            guard case .both(let look, let write) = throttle.takeTwo(at: 1) else { throw NoTurn() }
            throttle.answered(look, RateHeaders(limit: 60, remaining: Double(6 - 2 * pairs), reset: 29), at: 1.1)
            throttle.answered(write, RateHeaders(limit: 60, remaining: Double(5 - 2 * pairs), reset: 29), at: 1.2)
        }
        guard case .alone = throttle.takeTwo(at: 2) else {
            Issue.record("the last one waits for a second")
            return
        }
        guard case .neither(.paced) = throttle.takeTwo(at: 2) else {
            Issue.record("more than there was")
            return
        }
        guard case .alone = throttle.takeTwo(at: 31) else {
            Issue.record("nobody looks for the next window")
            return
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
