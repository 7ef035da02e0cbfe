import Ledger
import Planning
import ProfileModel
import ProfilesAPI

/// Does one step: look again, write down the intent, call, write down what came of it.
struct StepExecutor: Sendable {
    let client: WritingClient
    let journal: RunJournal

    func execute(_ step: Step) async -> Result<StepOutcome, LedgerFailure> {
        do throws(LedgerFailure) {
            return .success(try await outcome(of: step))
        } catch {
            return .failure(error)
        }
    }

    private func outcome(of step: Step) async throws(LedgerFailure) -> StepOutcome {
        guard let request = step.request else {
            let outcome = StepOutcome.done(profileID: step.before?.id ?? "", alreadyDone: true)
            try journal.record(step, outcome, profile: step.before)
            return outcome
        }
        switch await check(step) {
        case .settled(let outcome, let profile):
            try journal.record(step, outcome, profile: profile)
            return outcome
        case .proceed:
            try journal.recordIntent(step, request)
            let (outcome, profile) = await perform(request, for: step)
            try journal.record(step, outcome, profile: profile)
            return outcome
        }
    }

    private enum Check {
        case proceed
        case settled(StepOutcome, Profile?)
    }

    /// Whether the world is still as the plan saw it. One round trip remains between this look and the
    /// write: the service has no conditional writes.
    private func check(_ step: Step) async -> Check {
        do throws(APIFailure) {
            switch step.precondition {
            case .none:
                return .proceed
            case .absent(let query):
                guard let found = try await client.reading.profile(matching: query) else { return .proceed }
                if isReached(step, by: found) { return .settled(.done(profileID: found.id, alreadyDone: true), found) }
                return .settled(.stale(.appearedSincePlan(profileID: found.id)), nil)
            case .unchanged(let id, _, let expected):
                guard let found = try await client.reading.profile(id: id) else {
                    return step.action == .delete
                        ? .settled(.done(profileID: id, alreadyDone: true), nil)
                        : .settled(.stale(.goneSincePlan), nil)
                }
                if digest(of: found) == expected { return .proceed }
                if isReached(step, by: found) { return .settled(.done(profileID: id, alreadyDone: true), found) }
                return .settled(.stale(.changedSincePlan), nil)
            }
        } catch {
            return .settled(.failed(error.stepFailure), nil)
        }
    }

    /// Whether the live profile already is what the step would make of it.
    private func isReached(_ step: Step, by profile: Profile) -> Bool {
        guard let after = step.after else { return false }
        return isSame(profile, as: after)
    }

    private func perform(_ request: ProfileWrite, for step: Step) async -> (StepOutcome, Profile?) {
        do throws(APIFailure) {
            switch try await client.perform(request) {
            case .created(let profile), .replaced(let profile):
                return (.done(profileID: profile.id, alreadyDone: false), profile)
            case .deleted:
                return (.done(profileID: step.before?.id ?? "", alreadyDone: false), nil)
            case .alreadyGone:
                return (.done(profileID: step.before?.id ?? "", alreadyDone: true), nil)
            }
        } catch {
            return (error.outcomeIsUnknown ? .unknown(error.stepFailure) : .failed(error.stepFailure), nil)
        }
    }
}
