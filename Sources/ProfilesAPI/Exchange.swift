import HTTPTypes

/// Makes a call, and makes it again as the policy says: the loop around the decisions.
struct Exchange: Sendable {
    let origin: ServiceOrigin
    let transport: HTTPTransport
    let limiter: RateLimiter
    let retry: RetryPolicy
    let userAgent: String
    let pacer: Pacer
    let reasons: ServiceReasons
    /// Asked before each sending of a write, and of nothing else.
    var permission: WritePermission?
    /// What the calls before this one took of the time that there is for all of them; nil where it is the only one.
    var patience: Patience?

    /// The last answer, whatever its status. Throws where there is none.
    func answer(to call: Call, authorization: Secret?) async throws(APIFailure) -> HTTPAnswer {
        let request = call.request(to: origin, userAgent: userAgent, authorization: authorization)
        let patience = patience ?? Patience()
        var attempt = isWriteOfStep(call.verb) ? patience.nextWriteAttempt() : 1
        while true {
            let turn = try await turn(for: call.verb, patience)
            let leftAt = pacer.now()
            let ticket = turn.leaving(at: leftAt)
            let result = await send(request, call.body)
            patience.spend(pacer.now() - leftAt)
            let event = await note(result, ticket)
            let decision = retry.decision(
                after: event, attempt: attempt, verb: call.verb, elapsed: patience.spent, random: pacer.random())
            guard case .retry(let pause) = decision, !Task.isCancelled else {
                return try outcome(of: result, verb: call.verb)
            }
            try await wait(pause, after: event, patience)
            // Time went by since the look that came before the write.
            if isWriteOfStep(call.verb) { throw .lookAgain }
            attempt += 1
        }
    }

    func reader(of answer: HTTPAnswer, hiding secrets: [Secret]) -> AnswerReader {
        AnswerReader(
            answer, retryAfter: RetryAfter.seconds(in: answer, date: pacer.date), hiding: secrets, reasons: reasons)
    }

    private func isWriteOfStep(_ verb: RetryPolicy.Verb) -> Bool { verb == .write && patience != nil }

    /// The turn is given back where it is not used.
    private func turn(
        for verb: RetryPolicy.Verb, _ patience: Patience
    ) async throws(APIFailure) -> Throttle.Ticket {
        let ticket = try await verb == .write ? turnOfWrite(patience) : waitForTurn(patience)
        do throws(APIFailure) {
            guard !Task.isCancelled else { throw .cancelled }
            try askPermission(verb)
            return ticket
        } catch {
            await limiter.giveBack(ticket)
            throw error
        }
    }

    private func waitForTurn(_ patience: Patience) async throws(APIFailure) -> Throttle.Ticket {
        guard self.patience != nil, !patience.hasTurn else { return try await oneTurn(patience) }
        let turns: (RateLimiter.Turn, RateLimiter.Turn?)
        do {
            turns = try await limiter.twoTurns(limits)
        } catch {
            throw .cancelled
        }
        let ticket = try used(turns.0, patience)
        if let ofWrite = turns.1 { patience.keep(try used(ofWrite, patience)) }
        return ticket
    }

    private func oneTurn(_ patience: Patience) async throws(APIFailure) -> Throttle.Ticket {
        let turn: RateLimiter.Turn
        do {
            turn = try await limiter.turn(limits)
        } catch {
            throw .cancelled
        }
        return try used(turn, patience)
    }

    private var limits: RateLimiter.Limits {
        RateLimiter.Limits(longestHold: retry.longestRetryAfter, longestRefusal: retry.longestElapsed)
    }

    private func used(_ turn: RateLimiter.Turn, _ patience: Patience) throws(APIFailure) -> Throttle.Ticket {
        switch turn {
        case .granted(let ticket, let held):
            patience.spend(held)
            return ticket
        case .refused(let seconds): throw .rateLimited(retryAfter: seconds > 0 ? seconds : nil, nil)
        }
    }

    /// A look takes the turn of its write too, so that nothing but the round trip is between the two. Before a write that
    /// has none, or must not leave at once, comes another look; but not for ever, where the account's rate is so low that
    /// there never are two turns at once.
    private func turnOfWrite(_ patience: Patience) async throws(APIFailure) -> Throttle.Ticket {
        guard let ticket = patience.takeTurn() else {
            guard self.patience != nil, patience.looksAgain() else { return try await oneTurn(patience) }
            throw .lookAgain
        }
        guard await limiter.stop() != nil else { return ticket }
        await limiter.giveBack(ticket)
        throw .lookAgain
    }

    /// After the turn was granted, however long that took. What was sent before, if anything, had no effect: only then
    /// a write is sent again.
    private func askPermission(_ verb: RetryPolicy.Verb) throws(APIFailure) {
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
    private func note(
        _ result: Result<HTTPAnswer, TransportFailure>, _ ticket: Throttle.Ticket
    ) async -> RetryPolicy.Event {
        switch result {
        case .success(let answer):
            let retryAfter = RetryAfter.seconds(in: answer, date: pacer.date)
            let status = answer.head.status.code
            if status == 429 {
                // Also when this call gives up: the others must not go on.
                await limiter.refused(ticket, holdFor: retryAfter)
            } else {
                await limiter.answered(ticket, RateHeaders(answer, date: pacer.date))
            }
            return .answered(status: status, retryAfter: retryAfter)
        case .failure(let failure):
            await failure.nothingWasSent ? limiter.giveBack(ticket) : limiter.lost(ticket)
            return .failed(failure)
        }
    }

    /// After a 429 everybody waits, in the limiter; otherwise only this call.
    private func wait(
        _ pause: Double, after event: RetryPolicy.Event, _ patience: Patience
    ) async throws(APIFailure) {
        if case .answered(429, _) = event {
            await limiter.hold(for: pause)
            return
        }
        patience.spend(pause)
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
