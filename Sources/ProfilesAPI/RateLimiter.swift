/// Every request of an account waits here for its turn, so that a 429 to one stops them all.
package actor RateLimiter {
    package enum Turn: Sendable, Hashable {
        /// With the seconds that a stop took which the service had asked for.
        case granted(Throttle.Ticket, held: Double)
        /// The stop lasts longer than the caller waits. Seconds.
        case refused(Double)
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
    package func turn(longestHold: Double = .infinity) async throws -> Turn {
        // Only the first in the line watches the clock.
        try await line.enter()
        defer { line.leave() }
        return try await next(longestHold)
    }

    /// Two turns, for a request and the one that follows it at once. One that is refused stands for both. The second is
    /// nil where the answer to the first must be seen before anything else leaves.
    package func twoTurns(longestHold: Double = .infinity) async throws -> (Turn, Turn?) {
        try await line.enter()
        defer { line.leave() }
        let first = try await next(longestHold)
        guard case .granted(let ticket, _) = first else { return (first, first) }
        if throttle.isScouting { return (first, nil) }
        do {
            let second = try await next(longestHold)
            switch second {
            case .granted(let scout, _) where throttle.isScouting:
                // It would keep everybody waiting until its request leaves.
                throttle.giveBack(scout)
                return (first, nil)
            case .granted: return (first, second)
            case .refused:
                throttle.giveBack(ticket)
                return (second, second)
            }
        } catch {
            throttle.giveBack(ticket)
            throw error
        }
    }

    /// Seconds until a stop ends that the service asked for; nil when there is none.
    package func stop() -> Double? {
        throttle.stop(at: pacer.now())
    }

    private func next(_ longestHold: Double) async throws -> Turn {
        var held = 0.0
        while true {
            try Task.checkCancellation()
            switch throttle.take(at: pacer.now()) {
            case .now(let ticket): return .granted(ticket, held: held)
            case .held(let seconds) where seconds > longestHold: return .refused(seconds)
            case .held(let seconds):
                held += seconds
                try await wait(seconds)
            case .paced(let seconds):
                try await wait(seconds)
            }
        }
    }

    private func wait(_ seconds: Double) async throws {
        if seconds > 1 { onWait?(seconds) }
        try await pacer.sleep(seconds)
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
