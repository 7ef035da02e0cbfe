import Ledger
import Planning
import ProfileModel
import ProfilesAPI

/// Does one step: look again, write down the intent, call, write down what came of it.
struct StepExecutor: Sendable {
    /// How often a write is sent, each time after a look that shows that it had no effect so far.
    static let mostSendings = 3

    let client: WritingClient
    let journal: RunJournal

    /// Look, write and read back: what there is of patience is for all of it together.
    /// - Parameter standing: how the ledger stands to a step that was planned earlier.
    func execute(_ step: Step, _ standing: Standing = .asPlanned) async -> StepEnd {
        if case .moved(let reason) = standing { return recordUncalled(step, .stale(reason), nil) }
        let client = client.forOneStep()
        let executor = StepExecutor(client: client, journal: journal)
        let end =
            standing == .asLeft ? await executor.confirmDone(step) : await executor.carryOut(step)
        await client.endStep()
        return end
    }

    /// Looks, and writes nothing, neither to the service nor to the ledger, which says that the step is done.
    private func confirmDone(_ step: Step) async -> StepEnd {
        guard step.request != nil else {
            return recordUncalled(step, .done(profileID: step.before?.id ?? "", alreadyDone: true), nil)
        }
        switch await check(step) {
        case .settled(let outcome, _): return recordUncalled(step, outcome, nil)
        case .proceed: return recordUncalled(step, .stale(.ledgerChanged(step.address)), nil)
        }
    }

    private func carryOut(_ step: Step) async -> StepEnd {
        guard let request = step.request else {
            return recordUncalled(step, .done(profileID: step.before?.id ?? "", alreadyDone: false), step.before)
        }
        switch await check(step) {
        case .settled(let outcome, let profile):
            return recordUncalled(step, outcome, profile)
        case .proceed where Task.isCancelled:
            return recordUncalled(step, .notAttempted(.interrupted), nil)
        case .proceed:
            do throws(LedgerFailure) {
                try journal.recordIntent(step)
            } catch .interrupted {
                return StepEnd(outcome: .notAttempted(.interrupted))
            } catch {
                return StepEnd(outcome: .notAttempted(.stoppedAfterFailure), ledgerFailure: error)
            }
            let sent = await send(request, for: step)
            return record(
                step, sent.outcome, sent.profile, isReplacement: sent.isReplacement, orElse: sent.unrecorded)
        }
    }

    /// Without a call, what the ledger does not know did not happen.
    private func recordUncalled(_ step: Step, _ outcome: StepOutcome, _ profile: Profile?) -> StepEnd {
        let unrecorded = StepOutcome.notAttempted(.stoppedAfterFailure)
        let end = record(step, outcome, profile, orElse: unrecorded)
        // Another address got the profile since the plan was made. That concerns this step, not the run.
        guard case .managedElsewhere(_, as: let other, _)? = end.ledgerFailure else { return end }
        return record(step, .stale(.managedElsewhere(other)), nil, orElse: unrecorded)
    }

    private func record(
        _ step: Step, _ outcome: StepOutcome, _ profile: Profile?, isReplacement: Bool = false,
        orElse unrecorded: StepOutcome
    ) -> StepEnd {
        do throws(LedgerFailure) {
            try journal.record(step, outcome, profile: profile, isReplacement: isReplacement)
            return StepEnd(outcome: outcome)
        } catch {
            return StepEnd(outcome: unrecorded, ledgerFailure: error)
        }
    }

    private enum Check {
        case proceed
        case settled(StepOutcome, Profile?)
    }

    /// Whether the world is still as the plan saw it. One round trip remains between this look and the
    /// write: the service has no conditional writes.
    /// - Parameter isSent: the write was sent already, so what it may have made of the profile counts in any form.
    private func check(_ step: Step, isSent: Bool = false) async -> Check {
        do throws(APIFailure) {
            switch step.precondition {
            case .none:
                return .proceed
            case .absent(let query):
                guard let found = try await client.reading.profile(matching: query) else { return .proceed }
                if isReached(step, by: found, isSent) {
                    return .settled(.done(profileID: found.id, alreadyDone: true), found)
                }
                return .settled(.stale(.appearedSincePlan(profileID: found.id)), nil)
            case .unchanged(let id, _, let expected):
                guard let found = try await client.reading.profile(id: id) else {
                    return step.action == .delete
                        ? .settled(.done(profileID: id, alreadyDone: true), nil)
                        : .settled(.stale(.goneSincePlan), nil)
                }
                if digest(of: found) == expected { return .proceed }
                if isReached(step, by: found, isSent) {
                    return .settled(.done(profileID: id, alreadyDone: true), found)
                }
                return .settled(.stale(.changedSincePlan), nil)
            }
        } catch {
            return .settled(error.isGivenUp ? .notAttempted(.interrupted) : .failed(error.stepFailure), nil)
        }
    }

    /// The same look where a write may have had its effect already: then it is taken even by a step that is to stop.
    private func checkToTheEnd(_ step: Step) async -> Check {
        await Task { await check(step, isSent: true) }.value
    }

    /// Whether the live profile already is what the step would make of it.
    private func isReached(_ step: Step, by profile: Profile, _ isSent: Bool) -> Bool {
        guard let after = step.after else { return false }
        if case .putUnderUser(let userID, _, _) = step.request, profile.userID != userID { return false }
        return isSent ? isLikelyResult(profile, of: after) : isSame(profile, as: after)
    }

    /// Sends a write until it is known what became of it. When its answer is lost, the profile tells: it is as the
    /// step leaves it, or still as before; only in that case, and not for ever, the write is sent again.
    private func send(_ request: ProfileWrite, for step: Step) async -> Sent {
        // Of the sendings that show no effect so far, the failure that leaves most open.
        var lost: APIFailure?
        var sending = 1
        while true {
            let failure: APIFailure
            do throws(APIFailure) {
                var sent = try await perform(request, for: step)
                // What an earlier sending made is our own.
                if lost != nil { sent.isReplacement = false }
                return sent
            } catch {
                failure = error
            }
            if case .lookAgain = failure {
                switch await check(step, isSent: lost != nil) {
                case .proceed: continue
                case .settled(.done(let profileID, _), let profile) where lost != nil:
                    return Sent(.done(profileID: profileID, alreadyDone: false), profile)
                case .settled(let outcome, let profile):
                    return Sent(lost.map { .unknown($0.stepFailure) } ?? outcome, profile)
                }
            }
            if failure.outcomeIsUnknown {
                lost = lost.flatMap { $0.mayActLater ? $0 : nil } ?? failure
            } else {
                // What was sent before, if anything, is as open as it was.
                guard let lost else { return .nothing(because: failure) }
                if failure.isOurOwn { return Sent(lost.outcomeWithoutEffect) }
            }
            switch await checkToTheEnd(step) {
            case .settled(.done(let profileID, _), let profile):
                return Sent(.done(profileID: profileID, alreadyDone: false), profile)
            case .settled(.stale(.goneSincePlan), _): return Sent(.stale(.goneSincePlan))
            case .settled: return Sent(.unknown((lost ?? failure).stepFailure))
            case .proceed:
                guard failure.outcomeIsUnknown, sending < Self.mostSendings,
                    await client.waitBeforeSendingAgain(after: failure, sending: sending)
                else {
                    if let lost, lost.mayActLater { return Sent(.unknown(lost.stepFailure)) }
                    return Sent(.failed(failure.stepFailure))
                }
                sending += 1
            }
        }
    }

    private func perform(_ request: ProfileWrite, for step: Step) async throws(APIFailure) -> Sent {
        switch try await client.perform(request) {
        case .created(let profile): Sent(.done(profileID: profile.id, alreadyDone: false), profile)
        case .replaced(let profile):
            Sent(
                .done(profileID: profile.id, alreadyDone: false), profile, isReplacement: step.precondition.isAbsent)
        case .deleted: Sent(.done(profileID: step.before?.id ?? "", alreadyDone: false))
        case .alreadyGone: Sent(.done(profileID: step.before?.id ?? "", alreadyDone: true))
        }
    }
}

/// What came of sending a write.
private struct Sent {
    var outcome: StepOutcome
    var profile: Profile?
    /// Whether a profile that was to be made took the place of one that appeared since the look.
    var isReplacement: Bool
    /// What is to be told when the ledger does not take the outcome.
    var unrecorded: StepOutcome

    init(_ outcome: StepOutcome, _ profile: Profile? = nil, isReplacement: Bool = false) {
        self.outcome = outcome
        self.profile = profile
        self.isReplacement = isReplacement
        unrecorded = outcome.unrecorded
    }

    /// Nothing was sent that could have an effect.
    static func nothing(because failure: APIFailure) -> Sent {
        var sent = Sent(failure.isGivenUp ? .notAttempted(.interrupted) : .failed(failure.stepFailure))
        if case .notPermitted = failure { sent.unrecorded = .notAttempted(.stoppedAfterFailure) }
        return sent
    }
}

extension APIFailure {
    /// Whether the call had no effect and would have been made, or made again, had the run not been asked to stop.
    fileprivate var isGivenUp: Bool {
        switch self {
        case .cancelled: true
        case .rateLimited: Task.isCancelled
        case .unreachable, .interruptedAfterSending, .unauthenticated, .noAccessToken, .forbidden, .notFound, .refused,
            .serverError, .notJSON, .truncated, .unexpected, .insecureURL, .malformedURL, .notPermitted, .lookAgain:
            false
        }
    }

    /// Whether it was this run that did not send.
    fileprivate var isOurOwn: Bool {
        if case .notPermitted = self { true } else { isGivenUp }
    }

    /// Of a write that shows no effect so far: it may still have one. Where the service itself said that it failed,
    /// nothing is under way any more; a gateway does not know.
    fileprivate var mayActLater: Bool {
        guard case .serverError(let error) = self else { return outcomeIsUnknown }
        return error.status == 502 || error.status == 504
    }

    fileprivate var outcomeWithoutEffect: StepOutcome {
        mayActLater ? .unknown(stepFailure) : .failed(stepFailure)
    }
}

extension Precondition {
    fileprivate var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }
}

extension StepOutcome {
    /// What is to be told when the ledger does not take this outcome of a call.
    fileprivate var unrecorded: StepOutcome {
        switch self {
        case .notAttempted: self
        case .done, .failed, .stale, .unknown: .unknown(StepFailure(title: "the ledger could not be written"))
        }
    }
}

/// How a step ended, and whether the ledger could be told.
struct StepEnd: Sendable {
    var outcome: StepOutcome
    var ledgerFailure: LedgerFailure?
}
