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
        await withTaskGroup(of: (Step, StepEnd).self) { group in
            while true {
                while let step = loop.nextStep(onEvent) {
                    group.addTask { [executor] in (step, await executor.execute(step)) }
                }
                guard let (step, end) = await group.next() else { break }
                loop.finished(step, end, onEvent)
            }
        }
        let report = ApplyReport(
            run: journal.run, lines: loop.schedule.lines, interrupted: loop.wasInterrupted,
            scope: plan.scope)
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

    /// A step to start, of which the listener knows.
    mutating func nextStep(_ onEvent: (ApplyEvent) throws -> Void) -> Step? {
        if isInterrupted() {
            wasInterrupted = true
            schedule.stop(.interrupted)
        }
        do throws(LedgerFailure) {
            try journal.renewLock(&lockRenewed)
        } catch {
            fail(.ledger(error))
        }
        guard let step = schedule.next() else { return nil }
        guard tell(.started(step), onEvent) else {
            schedule.finished(step.number, .notAttempted(.stoppedAfterFailure))
            return nil
        }
        return step
    }

    mutating func finished(_ step: Step, _ end: StepEnd, _ onEvent: (ApplyEvent) throws -> Void) {
        schedule.finished(step.number, end.outcome)
        if let failure = end.ledgerFailure { fail(.ledger(failure)) }
        tell(.finished(step, end.outcome), onEvent)
    }

    /// Whether the listener could be told.
    @discardableResult
    mutating func tell(_ event: ApplyEvent, _ onEvent: (ApplyEvent) throws -> Void) -> Bool {
        do {
            try onEvent(event)
            return true
        } catch {
            fail(.listener(error))
            return false
        }
    }

    private mutating func fail(_ failure: ApplyFailure) {
        schedule.stop(.stoppedAfterFailure)
        if self.failure == nil { self.failure = failure }
    }
}
