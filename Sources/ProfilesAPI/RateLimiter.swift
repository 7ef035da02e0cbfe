/// Every request of an account waits here for its turn, so that a 429 to one stops them all.
package actor RateLimiter {
    package enum Turn: Sendable, Hashable {
        /// With the seconds that a stop took which the service had asked for.
        case granted(Throttle.Ticket, held: Double)
        /// The stop lasts longer than the caller waits, or the service has refused everything for so long. Seconds.
        case refused(Double)
    }

    /// How long a caller waits.
    package struct Limits: Sendable, Hashable {
        /// For the end of one stop; seconds.
        package var longestHold = Double.infinity
        /// While the service refuses every request; seconds.
        package var longestRefusal = Double.infinity

        package init(longestHold: Double = .infinity, longestRefusal: Double = .infinity) {
            self.longestHold = longestHold
            self.longestRefusal = longestRefusal
        }
    }

    private var throttle: Throttle
    private let line = WaitingLine()
    private let pacer: Pacer
    private let onWait: (@Sendable (Double) -> Void)?

    /// `onWait` hears of every wait that is longer than a second, before it begins.
    package init(throttle: Throttle, pacer: Pacer = .system, onWait: (@Sendable (Double) -> Void)? = nil) {
        self.throttle = throttle
        self.pacer = pacer
        self.onWait = onWait
    }

    package init(
        perMinute: Double, share: Double = 1, pacer: Pacer = .system, onWait: (@Sendable (Double) -> Void)? = nil
    ) {
        self.init(
            throttle: Throttle(perMinute: perMinute, share: share, at: pacer.now()), pacer: pacer, onWait: onWait)
    }

    /// For a service in the same process; still stops where that one answers 429.
    package static func unlimited(
        pacer: Pacer = .system, onWait: (@Sendable (Double) -> Void)? = nil
    ) -> RateLimiter {
        RateLimiter(throttle: .unlimited, pacer: pacer, onWait: onWait)
    }

    /// Returns when a request may leave. Throws when the task is cancelled.
    package func turn(_ limits: Limits = Limits()) async throws -> Turn {
        // Only the first in the line watches the clock.
        try await line.enter()
        defer { line.leave() }
        return try await next(limits)
    }

    /// Two turns, for a request and the one that follows it at once. One that is refused stands for both. The second is
    /// nil where the answer to the first must be seen before anything else leaves.
    package func twoTurns(_ limits: Limits = Limits()) async throws -> (Turn, Turn?) {
        try await line.enter()
        defer { line.leave() }
        var held = 0.0
        while true {
            if let refusal = try refusal(limits) { return (refusal, refusal) }
            switch throttle.takeTwo(at: pacer.now()) {
            case .both(let first, let second):
                return (.granted(first, held: held), .granted(second, held: 0))
            case .alone(let first): return (.granted(first, held: held), nil)
            case .first(let first, let seconds):
                do {
                    try await sleep(seconds)
                    let second = try await next(limits)
                    if case .refused = second { throttle.giveBack(first) }
                    guard case .granted = second else { return (second, second) }
                    return (.granted(first, held: held), second)
                } catch {
                    throttle.giveBack(first)
                    throw error
                }
            case .neither(let turn): try await waitFor(turn, &held)
            }
        }
    }

    private func next(_ limits: Limits) async throws -> Turn {
        var held = 0.0
        while true {
            if let refusal = try refusal(limits) { return refusal }
            let turn = throttle.take(at: pacer.now())
            if case .now(let ticket) = turn { return .granted(ticket, held: held) }
            try await waitFor(turn, &held)
        }
    }

    /// Nil where it is worth waiting.
    private func refusal(_ limits: Limits) throws -> Turn? {
        try Task.checkCancellation()
        let now = pacer.now()
        let stop = throttle.stop(at: now) ?? 0
        let isInVain = stop > limits.longestHold || throttle.refusedTime(at: now) > limits.longestRefusal
        return isInVain ? .refused(stop) : nil
    }

    private func waitFor(_ turn: Throttle.Turn, _ held: inout Double) async throws {
        switch turn {
        case .now: break
        case .held(let seconds):
            held += seconds
            try await sleep(seconds)
        case .paced(let seconds): try await sleep(seconds)
        }
    }

    private func sleep(_ seconds: Double) async throws {
        if seconds > 1 { onWait?(seconds) }
        try await pacer.sleep(seconds)
    }

    /// Seconds until a stop ends that the service asked for; nil when there is none.
    package func stop() -> Double? {
        throttle.stop(at: pacer.now())
    }

    /// Stops everybody for so many seconds from now.
    package func hold(for seconds: Double) {
        throttle.hold(until: pacer.now() + seconds)
    }

    /// The request of this turn never left.
    package func giveBack(_ ticket: Throttle.Ticket) {
        throttle.giveBack(ticket)
    }

    /// The request of this turn left, and no answer came.
    package func lost(_ ticket: Throttle.Ticket) {
        throttle.lost(ticket)
    }

    /// What the answer to the request of this turn says of the limit.
    package func answered(_ ticket: Throttle.Ticket, _ headers: RateHeaders) {
        throttle.answered(ticket, headers, at: pacer.now())
    }

    /// The service refused the request of this turn; nobody's leaves for so many seconds.
    package func refused(_ ticket: Throttle.Ticket, holdFor seconds: Double?) {
        throttle.refused(ticket, at: pacer.now())
        if let seconds { hold(for: seconds) }
    }
}
