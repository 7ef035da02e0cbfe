/// Every request of an account waits here for its turn, so that a 429 to one stops them all.
package actor RateLimiter {
    package enum Turn: Sendable, Hashable {
        case granted
        /// The stop lasts longer than the caller waits. Seconds.
        case refused(Double)
    }

    private var bucket: TokenBucket
    private let pacer: Pacer
    private let onWait: (@Sendable (Double) -> Void)?

    /// `onWait` hears of every wait that is longer than a second, before it begins.
    package init(bucket: TokenBucket, pacer: Pacer = .system, onWait: (@Sendable (Double) -> Void)? = nil) {
        self.bucket = bucket
        self.pacer = pacer
        self.onWait = onWait
    }

    package init(
        perMinute: Double, share: Double = 1, pacer: Pacer = .system, onWait: (@Sendable (Double) -> Void)? = nil
    ) {
        self.init(
            bucket: TokenBucket(perMinute: perMinute, share: share, at: pacer.now()), pacer: pacer, onWait: onWait)
    }

    /// For a service in the same process; still stops where that one answers 429.
    package static func unlimited(
        pacer: Pacer = .system, onWait: (@Sendable (Double) -> Void)? = nil
    ) -> RateLimiter {
        RateLimiter(bucket: .unlimited, pacer: pacer, onWait: onWait)
    }

    /// Returns when a request may leave. Throws when the task is cancelled.
    package func turn(longestHold: Double = .infinity) async throws -> Turn {
        while true {
            try Task.checkCancellation()
            switch bucket.take(at: pacer.now()) {
            case .now: return .granted
            case .held(let seconds) where seconds > longestHold: return .refused(seconds)
            case .held(let seconds), .paced(let seconds):
                if seconds > 1 { onWait?(seconds) }
                try await pacer.sleep(seconds)
            }
        }
    }

    /// Stops everybody for so many seconds from now.
    package func hold(for seconds: Double) {
        bucket.hold(until: pacer.now() + seconds)
    }

    /// What an answer says: its headers, and for how many seconds it stops everybody, all in one step.
    package func learn(_ headers: RateHeaders, holdFor seconds: Double? = nil) {
        bucket.learn(headers, at: pacer.now())
        if let seconds { hold(for: seconds) }
    }
}
