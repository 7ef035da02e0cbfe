package import Ledger
package import Planning
package import ProfilesAPI
import Synchronization

/// Makes the calls of a plan: in its order, some at once, each written down before and after.
package struct Applier: Sendable {
    private let journal: RunJournal
    private let executor: StepExecutor
    private let parallelism: Int
    private let isFailFast: Bool
    private let ticker: Ticker?
    private let isInterrupted: @Sendable () -> Bool
    private let waitForInterrupt: @Sendable () async -> Bool

    /// - Parameters:
    ///   - isFailFast: after a step that is not done no other one starts, whether or not it depends on that one.
    ///   - ticker: for events of steps that take long; nil tells none.
    ///   - isInterrupted: asked before each step; once true, no further step starts.
    ///   - waitForInterrupt: true once the user asks to stop, false when the task is cancelled. Steps that have sent
    ///     nothing so far are then cancelled, be it in a long wait; what was sent is waited for.
    package init(
        client: WritingClient, journal: RunJournal, parallelism: Int, isFailFast: Bool = false,
        ticker: Ticker? = nil, isInterrupted: @escaping @Sendable () -> Bool = { false },
        waitForInterrupt: @escaping @Sendable () async -> Bool = { false }
    ) {
        self.journal = journal
        executor = StepExecutor(client: client, journal: journal)
        self.parallelism = parallelism
        self.isFailFast = isFailFast
        self.ticker = ticker
        self.isInterrupted = isInterrupted
        self.waitForInterrupt = waitForInterrupt
    }

    /// - Parameters:
    ///   - canary: steps to make and to read back before the others.
    ///   - onEvent: told in the order in which things happen. When it throws, as a closed output
    ///   does, no further step starts.
    /// - Throws: `ApplyFailure` when the ledger or the listener failed. What was under way has ended then,
    ///   and the journal tells how.
    package func apply(
        _ plan: Plan, canary: Canary? = nil, onEvent: (ApplyEvent) throws -> Void = { _ in }
    ) async throws(ApplyFailure) -> ApplyReport {
        try await apply(PlanReview(of: plan), canary: canary, onEvent: onEvent)
    }

    /// The same for a plan that may have been made earlier.
    package func apply(
        _ review: PlanReview, canary: Canary? = nil, onEvent: (ApplyEvent) throws -> Void = { _ in }
    ) async throws(ApplyFailure) -> ApplyReport {
        let plan = review.plan
        var loop = Loop(
            schedule: ApplySchedule(steps: plan.steps, parallelism: parallelism, canary: canary?.steps ?? []),
            ticker: ticker, isFailFast: isFailFast, isInterrupted: isInterrupted)
        await withTaskGroup(of: Happening.self) { group in
            let workers = Workers()
            var isJudging = false
            group.addTask { [waitForInterrupt] in await waitForInterrupt() ? .interrupted : .nothing }
            if let ticker { group.addTask { await .tick(after: ticker) } }
            while true {
                while let step = loop.nextStep(onEvent) {
                    let standing = review.standings[step.number] ?? .asPlanned
                    group.addTask { [executor] in
                        .ended(step, await workers.work { await executor.execute(step, standing) })
                    }
                }
                if !isJudging, let tried = loop.schedule.endedCanary {
                    isJudging = true
                    group.addTask { [executor] in .judged(await workers.work { await executor.verdict(on: tried) }) }
                }
                guard isJudging || loop.schedule.runningCount > 0, let happening = await group.next() else { break }
                switch happening {
                case .ended(let step, let end): loop.finished(step, end, onEvent)
                case .judged(let verdict):
                    isJudging = false
                    loop.judge(verdict, onEvent)
                case .tick:
                    loop.tellOfLongSteps(onEvent)
                    if let ticker { group.addTask { await .tick(after: ticker) } }
                case .interrupted:
                    loop.interrupted()
                    workers.stop()
                case .nothing: break
                }
            }
            // Only those that watch are left.
            group.cancelAll()
        }
        var report = ApplyReport(
            run: journal.run, lines: loop.schedule.lines, interrupted: loop.wasInterrupted,
            scope: plan.scope, canary: loop.verdict)
        if case .ledger(let failure)? = loop.failure { report.isLedgerLost = failure.losesTheRecord }
        loop.tell(.summary(report), onEvent)
        if let cause = loop.failure { throw ApplyFailure(cause: cause, report: report) }
        return report
    }
}

/// Why an apply could not be carried through, apart from what befell its steps.
package struct ApplyFailure: Error {
    package enum Cause: Sendable {
        case ledger(LedgerFailure)
        case listener(any Error)
    }

    package var cause: Cause
    /// How the steps ended.
    package var report: ApplyReport
}

private enum Happening: Sendable {
    case ended(Step, StepEnd)
    case judged(CanaryVerdict)
    case tick
    case interrupted
    case nothing

    static func tick(after ticker: Ticker) async -> Happening {
        await ticker.wait()
        return .tick
    }
}

/// Those that do the steps: told to stop while those that watch go on.
private final class Workers: Sendable {
    private struct State {
        var isStopped = false
        var count = 0
        var cancels: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    func work<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await work() }
        let (number, isStopped) = state.withLock { state in
            state.count += 1
            state.cancels[state.count] = { task.cancel() }
            return (state.count, state.isStopped)
        }
        if isStopped { task.cancel() }
        defer { state.withLock { $0.cancels[number] = nil } }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    func stop() {
        let cancels = state.withLock { state in
            state.isStopped = true
            return Array(state.cancels.values)
        }
        for cancel in cancels { cancel() }
    }
}

/// What the loop above keeps in mind.
private struct Loop {
    var schedule: ApplySchedule
    let ticker: Ticker?
    let isFailFast: Bool
    let isInterrupted: @Sendable () -> Bool
    /// When each step that is under way began.
    private var running: [Int: (step: Step, since: Double)] = [:]
    var failure: ApplyFailure.Cause?
    var wasInterrupted = false
    var verdict: CanaryVerdict?

    init(
        schedule: ApplySchedule, ticker: Ticker?, isFailFast: Bool, isInterrupted: @escaping @Sendable () -> Bool
    ) {
        self.schedule = schedule
        self.ticker = ticker
        self.isFailFast = isFailFast
        self.isInterrupted = isInterrupted
    }

    /// A step to start, of which the listener knows.
    mutating func nextStep(_ onEvent: (ApplyEvent) throws -> Void) -> Step? {
        if isInterrupted() { interrupted() }
        guard let step = schedule.next() else { return nil }
        guard tell(.started(step), onEvent) else {
            schedule.finished(step.number, .notAttempted(.stoppedAfterFailure))
            return nil
        }
        if let ticker { running[step.number] = (step, ticker.now()) }
        return step
    }

    mutating func interrupted() {
        wasInterrupted = true
        schedule.stop(.interrupted)
    }

    mutating func finished(_ step: Step, _ end: StepEnd, _ onEvent: (ApplyEvent) throws -> Void) {
        running[step.number] = nil
        schedule.finished(step.number, end.outcome)
        if isFailFast, end.outcome.isFailure { schedule.stop(.stoppedAfterFailure) }
        if let failure = end.ledgerFailure { fail(.ledger(failure)) }
        tell(.finished(step, end.outcome), onEvent)
    }

    mutating func judge(_ verdict: CanaryVerdict, _ onEvent: (ApplyEvent) throws -> Void) {
        // What could not be read because the user asked to stop says nothing.
        guard !wasInterrupted else { return }
        self.verdict = verdict
        if verdict.holds { schedule.release() } else { schedule.stop(.canaryFailed) }
        tell(.canary(verdict), onEvent)
    }

    mutating func tellOfLongSteps(_ onEvent: (ApplyEvent) throws -> Void) {
        guard let ticker else { return }
        let now = ticker.now()
        let long = running.values.filter { now - $0.since >= Ticker.interval }
            .sorted { $0.step.number < $1.step.number }
            .map { LongStep($0.step, seconds: now - $0.since) }
        if !long.isEmpty { tell(.progress(long), onEvent) }
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

    private mutating func fail(_ failure: ApplyFailure.Cause) {
        schedule.stop(.stoppedAfterFailure)
        if self.failure == nil { self.failure = failure }
    }
}

extension StepOutcome {
    /// Whether the step was tried and is not done.
    fileprivate var isFailure: Bool {
        switch self {
        case .failed, .stale, .unknown: true
        case .done, .notAttempted: false
        }
    }
}
