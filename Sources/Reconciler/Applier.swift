package import Ledger
package import Planning
import ProfileModel
package import ProfilesAPI

/// Makes the calls of a plan: in its order, some at once, each written down before and after.
package struct Applier: Sendable {
    private let journal: RunJournal
    private let executor: StepExecutor
    private let parallelism: Int
    private let isInterrupted: @Sendable () -> Bool

    /// - Parameter isInterrupted: asked before each step; once true, no further step starts.
    package init(
        client: WritingClient, journal: RunJournal, parallelism: Int,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.journal = journal
        executor = StepExecutor(client: client, journal: journal)
        self.parallelism = parallelism
        self.isInterrupted = isInterrupted
    }

    /// - Parameter onEvent: told in the order in which things happen. When it throws, as a closed output
    ///   does, no further step starts.
    /// - Throws: `ApplyFailure` when the ledger or the listener failed. What was under way has ended then,
    ///   and the journal tells how.
    package func apply(
        _ plan: Plan, onEvent: (ApplyEvent) throws -> Void = { _ in }
    ) async throws(ApplyFailure) -> ApplyReport {
        var loop = Loop(
            schedule: ApplySchedule(steps: plan.steps, parallelism: parallelism), journal: journal,
            isInterrupted: isInterrupted)
        await withTaskGroup(of: (Step, Result<StepOutcome, LedgerFailure>).self) { group in
            while true {
                while let step = loop.nextStep() {
                    loop.tell(.started(step), onEvent)
                    group.addTask { [executor] in (step, await executor.execute(step)) }
                }
                guard let (step, result) = await group.next() else { break }
                loop.finished(step, result, onEvent)
            }
        }
        let report = ApplyReport(
            run: journal.run, lines: loop.schedule.lines, interrupted: loop.wasInterrupted)
        loop.tell(.summary(report), onEvent)
        if let failure = loop.failure { throw failure }
        return report
    }
}

/// Why an apply could not be carried through, apart from what befell its steps.
package enum ApplyFailure: Error {
    case ledger(LedgerFailure)
    case listener(any Error)
}

/// What the loop above keeps in mind.
private struct Loop {
    var schedule: ApplySchedule
    let journal: RunJournal
    let isInterrupted: @Sendable () -> Bool
    var failure: ApplyFailure?
    var wasInterrupted = false
    private var lockRenewed: Timestamp?

    init(schedule: ApplySchedule, journal: RunJournal, isInterrupted: @escaping @Sendable () -> Bool) {
        self.schedule = schedule
        self.journal = journal
        self.isInterrupted = isInterrupted
    }

    mutating func nextStep() -> Step? {
        if isInterrupted() {
            wasInterrupted = true
            schedule.stop(.interrupted)
        }
        do throws(LedgerFailure) {
            try journal.renewLock(&lockRenewed)
        } catch {
            fail(.ledger(error))
        }
        return schedule.next()
    }

    mutating func finished(
        _ step: Step, _ result: Result<StepOutcome, LedgerFailure>, _ onEvent: (ApplyEvent) throws -> Void
    ) {
        switch result {
        case .success(let outcome):
            schedule.finished(step.number, outcome)
            tell(.finished(step, outcome), onEvent)
        case .failure(let ledgerFailure):
            schedule.finished(step.number, .unknown(StepFailure(title: "the ledger could not be written")))
            fail(.ledger(ledgerFailure))
        }
    }

    mutating func tell(_ event: ApplyEvent, _ onEvent: (ApplyEvent) throws -> Void) {
        do {
            try onEvent(event)
        } catch {
            fail(.listener(error))
        }
    }

    private mutating func fail(_ failure: ApplyFailure) {
        schedule.stop(.stoppedAfterFailure)
        if self.failure == nil { self.failure = failure }
    }
}
