package import Ledger
package import Planning
package import ProfileModel
package import ProfilesAPI

/// Makes the calls of a plan: in its order, some at once, each written down before and after.
package struct Applier: Sendable {
    private let executor: StepExecutor
    private let parallelism: Int
    /// Called in the order in which things happen, never at the same time.
    private let onEvent: @Sendable (ApplyEvent) async -> Void
    private let isInterrupted: @Sendable () -> Bool

    package init(
        client: WritingClient, journal: RunJournal, parallelism: Int,
        isInterrupted: @escaping @Sendable () -> Bool = { false },
        onEvent: @escaping @Sendable (ApplyEvent) async -> Void = { _ in }
    ) {
        executor = StepExecutor(client: client, journal: journal)
        self.parallelism = parallelism
        self.isInterrupted = isInterrupted
        self.onEvent = onEvent
    }

    /// - Throws: when the ledger cannot be written. Nothing is started after that, and what was under
    ///   way is awaited; the journal tells what was.
    package func apply(_ plan: Plan) async throws(LedgerFailure) -> ApplyReport {
        var schedule = ApplySchedule(steps: plan.steps, parallelism: parallelism)
        var ledgerFailure: LedgerFailure?
        await withTaskGroup(of: (Step, Result<StepOutcome, LedgerFailure>).self) { group in
            while true {
                if isInterrupted() { schedule.stop(.interrupted) }
                while let step = schedule.next() {
                    await onEvent(.started(step))
                    group.addTask { (step, await executor.execute(step)) }
                }
                guard let (step, result) = await group.next() else { break }
                switch result {
                case .success(let outcome):
                    schedule.finished(step.number, outcome)
                    await onEvent(.finished(step, outcome))
                case .failure(let failure):
                    ledgerFailure = ledgerFailure ?? failure
                    schedule.finished(step.number, .unknown(StepFailure(title: "the ledger could not be written")))
                    schedule.stop(.stoppedAfterFailure)
                }
            }
        }
        if let ledgerFailure { throw ledgerFailure }
        let report = ApplyReport(run: executor.journal.run, lines: schedule.lines, interrupted: isInterrupted())
        await onEvent(.summary(report))
        return report
    }
}
