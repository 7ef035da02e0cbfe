/// Whether a call is made again, and when. Knows neither clock nor socket.
package struct RetryPolicy: Sendable, Hashable {
    package enum Verb: Sendable, Hashable, CaseIterable {
        case read
        /// PUT, PATCH and DELETE: made again only when the service cannot have acted on the call.
        case write
    }

    package enum Event: Sendable, Hashable {
        case answered(status: Int, retryAfter: Double? = nil)
        case failed(TransportFailure)
    }

    package enum Decision: Sendable, Hashable {
        case retry(after: Double)
        case giveUp
    }

    /// Calls in all, the first one included.
    package var attempts: Int
    /// The same where no connection could be made: a wrong host name should not take long to tell.
    package var connectAttempts: Int
    /// The same after 429, which costs the service nothing.
    package var rateLimitAttempts: Int
    /// The first pause; each further one is twice as long, up to `longestPause`.
    package var firstPause: Double
    package var longestPause: Double
    /// Waiting longer than this is left to the caller.
    package var longestRetryAfter: Double
    /// No call is made again when this time was spent on it, or on all the calls of its step: on sending, on pauses,
    /// and on stops after a 429.
    package var longestElapsed: Double

    package init(
        attempts: Int = 4, connectAttempts: Int = 3, rateLimitAttempts: Int = 10, firstPause: Double = 0.5,
        longestPause: Double = 20, longestRetryAfter: Double = 120, longestElapsed: Double = 300
    ) {
        self.attempts = attempts
        self.connectAttempts = connectAttempts
        self.rateLimitAttempts = rateLimitAttempts
        self.firstPause = firstPause
        self.longestPause = longestPause
        self.longestRetryAfter = longestRetryAfter
        self.longestElapsed = longestElapsed
    }

    package static let standard = RetryPolicy()
    package static let never = RetryPolicy(attempts: 1, connectAttempts: 1, rateLimitAttempts: 1)
}

extension RetryPolicy {
    /// After the attempt with this number, counted from 1. `elapsed` is what was spent so far;
    /// `random` is from 0 up to 1.
    package func decision(
        after event: Event, attempt: Int, verb: Verb, elapsed: Double, random: Double
    ) -> Decision {
        let limit = attemptLimit(after: event, verb: verb)
        guard attempt < limit, let pause = pause(after: event, attempt: attempt, random: random) else {
            return .giveUp
        }
        return elapsed + pause <= longestElapsed ? .retry(after: pause) : .giveUp
    }

    private func attemptLimit(after event: Event, verb: Verb) -> Int {
        switch (event, verb) {
        case (.answered(429, _), _): rateLimitAttempts
        // A gateway that answers for the service cannot tell whether the service has acted.
        case (.answered(500, _), .read), (.answered(502...504, _), .read): attempts
        case (.answered, _): 1
        case (.failed(let failure), let verb): attemptLimit(after: failure, verb: verb)
        }
    }

    private func attemptLimit(after failure: TransportFailure, verb: Verb) -> Int {
        switch (failure, verb) {
        case (.cannotConnect, _): connectAttempts
        case (.connectionLost(sent: false, _), _): attempts
        case (.connectionLost(sent: true, _), .read), (.timedOut, .read), (.truncated, .read): attempts
        case (.connectionLost(sent: true, _), .write), (.timedOut, .write), (.truncated, .write): 1
        case (.insecure, _), (.tooLarge, _), (.cancelled, _): 1
        }
    }

    /// Nil when the service asks for more patience than there is.
    private func pause(after event: Event, attempt: Int, random: Double) -> Double? {
        switch event {
        case .answered(429, let named):
            // The notes' fallback: 10 to 60 seconds.
            let pause = named ?? min(60, 10 * doubled(attempt))
            return pause <= longestRetryAfter ? max(pause, 1) : nil
        case .answered(_, let named?):
            return named <= longestRetryAfter ? max(named, backoff(attempt, random)) : nil
        case .answered(_, nil), .failed:
            return backoff(attempt, random)
        }
    }

    /// Between half of the doubled pause and all of it, so that workers do not come back together.
    private func backoff(_ attempt: Int, _ random: Double) -> Double {
        min(longestPause, firstPause * doubled(attempt)) * (0.5 + random / 2)
    }

    private func doubled(_ attempt: Int) -> Double {
        Double(1 << min(max(attempt - 1, 0), 16))
    }
}
