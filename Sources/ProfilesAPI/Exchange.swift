import HTTPTypes

/// Makes a call, and makes it again as the policy says: the loop around the decisions.
struct Exchange: Sendable {
    let origin: ServiceOrigin
    let transport: HTTPTransport
    let limiter: RateLimiter
    let retry: RetryPolicy
    let userAgent: String
    let pacer: Pacer
    /// Asked before each sending of a write, and of nothing else.
    var permission: WritePermission?

    /// The last answer, whatever its status. Throws where there is none.
    func answer(to call: Call, authorization: Secret?) async throws(APIFailure) -> HTTPAnswer {
        let request = call.request(to: origin, userAgent: userAgent, authorization: authorization)
        try await waitForTurn()
        try await askPermission(call.verb)
        let started = pacer.now()
        var attempt = 1
        while true {
            let result = await send(request, call.body)
            let event = await note(result)
            let decision = retry.decision(
                after: event, attempt: attempt, verb: call.verb, elapsed: pacer.now() - started,
                random: pacer.random())
            guard case .retry(let pause) = decision, !Task.isCancelled else {
                return try outcome(of: result, verb: call.verb)
            }
            try await wait(pause, after: event)
            try await waitForTurn()
            try await askPermission(call.verb)
            attempt += 1
        }
    }

    private func waitForTurn() async throws(APIFailure) {
        let turn: RateLimiter.Turn
        do {
            turn = try await limiter.turn(longestHold: retry.longestRetryAfter)
        } catch {
            throw .cancelled
        }
        switch turn {
        case .granted: return
        case .refused(let seconds): throw .rateLimited(retryAfter: seconds, nil)
        }
    }

    /// After the turn was granted, however long that took. What was sent before, if anything, had no effect: only then
    /// a write is sent again.
    private func askPermission(_ verb: RetryPolicy.Verb) async throws(APIFailure) {
        guard verb == .write, let permission else { return }
        do throws(WriteForbidden) {
            try permission()
        } catch {
            throw .notPermitted(reason: error.reason)
        }
    }

    private func send(_ request: HTTPRequest, _ body: [UInt8]) async -> Result<HTTPAnswer, TransportFailure> {
        do {
            return .success(try await transport.send(request, body))
        } catch {
            return .failure(error)
        }
    }

    /// Tells the limiter what the answer says of the limit.
    private func note(_ result: Result<HTTPAnswer, TransportFailure>) async -> RetryPolicy.Event {
        switch result {
        case .success(let answer):
            let retryAfter = RetryAfter.seconds(in: answer, date: pacer.date)
            let status = answer.head.status.code
            // Also when this call gives up: the others must not go on.
            await limiter.learn(
                RateHeaders(answer.head.headerFields), holdFor: status == 429 ? retryAfter : nil)
            return .answered(status: status, retryAfter: retryAfter)
        case .failure(let failure):
            return .failed(failure)
        }
    }

    /// After a 429 everybody waits, in the limiter; otherwise only this call.
    private func wait(_ pause: Double, after event: RetryPolicy.Event) async throws(APIFailure) {
        if case .answered(429, _) = event {
            await limiter.hold(for: pause)
            return
        }
        do {
            try await pacer.sleep(pause)
        } catch {
            throw .cancelled
        }
    }

    private func outcome(
        of result: Result<HTTPAnswer, TransportFailure>, verb: RetryPolicy.Verb
    ) throws(APIFailure) -> HTTPAnswer {
        switch result {
        case .success(let answer): return answer
        case .failure(let failure): throw apiFailure(failure, verb: verb)
        }
    }

    private func apiFailure(_ failure: TransportFailure, verb: RetryPolicy.Verb) -> APIFailure {
        let nothingIsAtStake = failure.nothingWasSent || verb == .read
        if nothingIsAtStake, Task.isCancelled { return .cancelled }
        switch failure {
        case .truncated(let expected, let got): return .truncated(expected: expected, got: got)
        case .tooLarge(let limit): return .unexpected(.answerTooLarge(limit: limit))
        case .cancelled where nothingIsAtStake: return .cancelled
        case .cannotConnect, .insecure, .connectionLost, .timedOut, .cancelled:
            return nothingIsAtStake
                ? .unreachable(failure, host: origin.host) : .interruptedAfterSending(failure, host: origin.host)
        }
    }
}
