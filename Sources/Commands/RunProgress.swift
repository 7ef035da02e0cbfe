import Planning
import Reconciler
import Synchronization

/// How far a run has come, for those who must know before it is over: at any time, from any thread.
final class RunProgress: Sendable {
    private let plan: Plan
    private let journal: RunJournal
    private let outcomes = Mutex<[Int: StepOutcome]>([:])

    init(_ plan: Plan, _ journal: RunJournal) {
        self.plan = plan
        self.journal = journal
        // At once, so that memory stays what it is while the run goes on.
        outcomes.withLock { $0.reserveCapacity(plan.steps.count) }
    }

    func note(_ event: ApplyEvent) {
        guard case .finished(let step, let outcome) = event else { return }
        outcomes.withLock { $0[step.number] = outcome }
    }

    /// What can be said now, as if the run ended here: the calls under way are unknown.
    func report() -> ApplyReport {
        // In this order: a step that begins in between is told as unknown rather than not at all.
        let known = outcomes.withLock { $0 }
        let begun = journal.begun
        let lines = plan.steps.map { step in
            let open: StepOutcome =
                begun.contains(step.number) ? .unknown(Self.notAwaited) : .notAttempted(.interrupted)
            return ApplyReport.Line(step: step, outcome: known[step.number] ?? open)
        }
        return ApplyReport(run: journal.run, lines: lines, scope: plan.scope)
    }

    private static let notAwaited = StepFailure(title: "the run ended before the answer came")
}
