import ProfilesAPI
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy()

    private func decision(
        _ event: RetryPolicy.Event, attempt: Int = 1, _ verb: RetryPolicy.Verb, elapsed: Double = 0,
        random: Double = 0
    ) -> RetryPolicy.Decision {
        policy.decision(after: event, attempt: attempt, verb: verb, elapsed: elapsed, random: random)
    }

    /// What happened, and whether a read and a write are made again.
    @Test(
        arguments: [
            (.answered(status: 200), false, false),
            (.answered(status: 201), false, false),
            (.answered(status: 302), false, false),
            (.answered(status: 400), false, false),
            (.answered(status: 401), false, false),
            (.answered(status: 403), false, false),
            (.answered(status: 404), false, false),
            (.answered(status: 408), false, false),
            (.answered(status: 409), false, false),
            (.answered(status: 422), false, false),
            (.answered(status: 422, retryAfter: 1), false, false),
            (.answered(status: 429), true, true),
            (.answered(status: 429, retryAfter: 93), true, true),
            (.answered(status: 429, retryAfter: 121), false, false),
            (.answered(status: 500), true, false),
            (.answered(status: 501), false, false),
            (.answered(status: 502), true, false),
            (.answered(status: 503), true, false),
            (.answered(status: 503, retryAfter: 5), true, false),
            (.answered(status: 503, retryAfter: 500), false, false),
            (.answered(status: 504), true, false),
            (.failed(.cannotConnect("refused")), true, true),
            (.failed(.connectionLost(sent: false, "reset")), true, true),
            (.failed(.connectionLost(sent: true, "reset")), true, false),
            (.failed(.timedOut), true, false),
            (.failed(.truncated(expected: 9, got: 1)), true, false),
            (.failed(.tooLarge(limit: 9)), false, false),
            (.failed(.insecure("certificate")), false, false),
            (.failed(.cancelled), false, false),
        ] as [(RetryPolicy.Event, Bool, Bool)])
    func retriesOnlyWhatIsSafe(_ event: RetryPolicy.Event, _ read: Bool, _ write: Bool) {
        #expect((decision(event, .read) != .giveUp) == read)
        #expect((decision(event, .write) != .giveUp) == write)
    }

    @Test func waitsAsLongAsTheServiceAsks() {
        #expect(decision(.answered(status: 429, retryAfter: 93), .write) == .retry(after: 93))
        #expect(decision(.answered(status: 503, retryAfter: 7), .read) == .retry(after: 7))
        #expect(decision(.answered(status: 429, retryAfter: 0), .read) == .retry(after: 1))
    }

    @Test func waitsTenToSixtySecondsWhenA429NamesNone() {
        let pauses = (1...5).map { decision(.answered(status: 429), attempt: $0, .read) }
        #expect(pauses == [10, 20, 40, 60, 60].map { .retry(after: $0) })
    }

    @Test func backsOffWithJitter() {
        let event = RetryPolicy.Event.answered(status: 502)
        #expect(
            (1...4).map { decision(event, attempt: $0, .read) } == [
                .retry(after: 0.25), .retry(after: 0.5), .retry(after: 1), .giveUp,
            ])
        #expect(decision(event, attempt: 3, .read, random: 0.5) == .retry(after: 1.5))
        let patient = RetryPolicy(attempts: 100)
        #expect(
            patient.decision(after: event, attempt: 90, verb: .read, elapsed: 0, random: 0) == .retry(after: 10))
    }

    @Test func givesUpSoonWhereNobodyIs() {
        let event = RetryPolicy.Event.failed(.cannotConnect("no such host"))
        #expect(decision(event, attempt: 2, .write) == .retry(after: 0.5))
        #expect(decision(event, attempt: 3, .write) == .giveUp)
    }

    @Test func endsAtLast() {
        #expect(decision(.answered(status: 429, retryAfter: 60), attempt: 10, .read) == .giveUp)
        #expect(decision(.answered(status: 429, retryAfter: 60), attempt: 2, .read, elapsed: 541) == .giveUp)
        #expect(
            RetryPolicy.never.decision(
                after: .answered(status: 429, retryAfter: 1), attempt: 1, verb: .read, elapsed: 0, random: 0) == .giveUp
        )
    }
}
