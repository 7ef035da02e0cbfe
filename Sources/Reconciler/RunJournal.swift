package import Ledger
package import Planning
package import ProfileModel
import Synchronization
import WireFormat

/// The durable record of one run: what was meant, and what came of it. Every entry needs the lock.
package struct RunJournal: Sendable {
    package let run: String
    private let ledger: LedgerFile
    private let lock: LockToken
    private let now: @Sendable () -> Timestamp
    private let calls = BegunCalls()

    package init(ledger: LedgerFile, run: String, lock: LockToken, now: @escaping @Sendable () -> Timestamp) {
        self.ledger = ledger
        self.run = run
        self.lock = lock
        self.now = now
    }

    package func begin(_ plan: Plan) throws(LedgerFailure) { try begin(PlanReview(of: plan)) }

    package func begin(_ review: PlanReview) throws(LedgerFailure) {
        let plan = review.plan
        calls.expect(plan.steps.count)
        let holder = try ledger.lock()?.holder
        try ledger.begin(
            RunRecord(
                id: run, environment: plan.environment.name, startedAt: now(),
                startedBy: holder.map { "\($0.name) on \($0.host)" }, ciURL: holder?.ciURL,
                undoes: plan.scope.undoes),
            steps: plan.steps.map {
                PlannedStep(step: $0.number, address: $0.address, action: $0.action.rawValue)
            }, lock: lock)
        if let stopped = review.stopped {
            // An older plan does not know what later runs held back, so it only adds.
            try ledger.holdBack(stopped.heldBack, lock: lock)
        } else if plan.scope.isWhole {
            // A part of everything knows nothing of what it did not look at.
            try ledger.holdBack(
                plan.blocked.heldBack, forgettingOthersBut: Set(plan.blocked.map(\.step.address)), lock: lock)
        }
    }

    package func end(_ report: ApplyReport) throws(LedgerFailure) {
        var notAttempted: [Int: String] = [:]
        for line in report.lines {
            guard case .notAttempted(let reason) = line.outcome else { continue }
            notAttempted[line.step.number] = reason.journalText
        }
        try ledger.end(
            run: run, at: now(), summary: writeJSON(report.counts.json), notAttempted: notAttempted, lock: lock)
    }

    /// Numbers of the steps whose call may have been made, those included that have ended. May be asked at any time,
    /// from any thread.
    package var begun: Set<Int> { calls.numbers }

    /// Durable before the call is made.
    func recordIntent(_ step: Step) throws(LedgerFailure) {
        calls.began(step.number)
        do throws(LedgerFailure) {
            try ledger.recordIntent(
                run: run, step: step.number, address: step.address, intent: JournalIntent(step), at: now(), lock: lock)
        } catch {
            calls.neverBegan(step.number)
            throw error
        }
    }

    /// The outcome, and what the ledger learns from it, in one transaction.
    /// - Parameter isReplacement: a profile that was to be made took the place of one that appeared meanwhile.
    func record(
        _ step: Step, _ outcome: StepOutcome, profile: Profile?, isReplacement: Bool = false
    ) throws(LedgerFailure) {
        if case .unknown(let failure) = outcome {
            return try ledger.leaveOpen(run: run, step: step.number, reason: failure.journalText, lock: lock)
        }
        try ledger.recordOutcome(
            run: run, step: step.number, address: step.address, intent: JournalIntent(step),
            outcome: JournalOutcome(outcome, isReplacement: isReplacement),
            change: try LedgerChange(step, outcome, profile)?.noting(formsIn: profile, of: step, before: prior(step)),
            at: now(), lock: lock)
    }
}

extension RunJournal {
    /// What the ledger holds before the step. A create sends all that is declared, whatever was there.
    private func prior(_ step: Step) throws(LedgerFailure) -> LedgerEntry? {
        switch step.action {
        case .create, .delete, .forget: nil
        case .update, .adopt, .move: try ledger.entry(for: step.movedFrom ?? step.address)
        }
    }
}

extension LedgerChange {
    /// With what the service made of the values that were sent.
    fileprivate func noting(formsIn profile: Profile?, of step: Step, before prior: LedgerEntry?) -> LedgerChange {
        guard let profile else { return self }
        func noted(_ entry: LedgerEntry) -> LedgerEntry {
            var entry = entry
            entry.kept = KeptForms(
                declared: entry.lastApplied, write: step.request, answer: profile, before: step.before, entry: prior)
            return entry
        }
        return switch self {
        case .put(let entry): .put(noted(entry))
        case .move(let from, let entry): .move(from: from, noted(entry))
        case .remove: self
        }
    }
}

private final class BegunCalls: Sendable {
    private let state = Mutex<Set<Int>>([])

    var numbers: Set<Int> { state.withLock { $0 } }

    func expect(_ count: Int) { state.withLock { $0.reserveCapacity(count) } }

    func began(_ number: Int) { _ = state.withLock { $0.insert(number) } }

    func neverBegan(_ number: Int) { _ = state.withLock { $0.remove(number) } }
}

extension [BlockedStep] {
    fileprivate var heldBack: [Address: HeldBack] {
        Dictionary(compactMap { block in block.reason.heldBack.map { (block.step.address, $0) } }) { first, _ in
            first
        }
    }
}

extension BlockedStep.Reason {
    /// What the limit was a part of; nil for what is no limit.
    fileprivate var heldBack: HeldBack? {
        switch self {
        case .deletesEverything(let count): HeldBack(among: count)
        case .tooManyDeletes(_, _, let total), .tooManyUpdates(_, _, let total): HeldBack(among: total)
        case .tooManyDeletesOfSource(_, _, _, let total), .tooManyUpdatesOfSource(_, _, _, let total):
            HeldBack(amongSource: total)
        case .deletesAreOff, .preventDestroy, .sourceKeepsAll, .userDiffers, .dependsOn, .conflict, .excluded,
            .notCheckedOut, .unknownWithoutLedger, .unreadable, .ownerUnreadable, .notReproducible:
            nil
        }
    }
}

extension JournalIntent {
    fileprivate init(_ step: Step) {
        self.init(
            action: step.action.rawValue, call: step.request.map { writeJSON(CallForm($0).json) }, prior: step.before,
            after: step.after, change: LedgerChange(step, profileID: step.before?.id, userID: step.before?.userID))
    }
}

extension LedgerChange {
    /// What the ledger learns; nil when nothing was done.
    fileprivate init?(_ step: Step, _ outcome: StepOutcome, _ profile: Profile?) {
        guard case .done = outcome else { return nil }
        guard profile != nil || step.declared == nil else { return nil }
        self.init(step, profileID: profile?.id, userID: profile?.userID)
    }

    /// Once the step is done.
    /// - Parameter profileID: nil as long as the service has not told it.
    fileprivate init?(_ step: Step, profileID: String?, userID: String?) {
        switch step.ledgerEnd {
        case .unchanged: return nil
        case .removed(let address): self = .remove(address)
        case .kept(let address, let from, let values, let preventDestroy):
            let entry = LedgerEntry(
                address: address, profileID: profileID ?? "", userID: userID, lastApplied: values,
                preventDestroy: preventDestroy, heldBack: step.heldBack)
            self = from.map { .move(from: $0, entry) } ?? .put(entry)
        }
    }
}

extension JournalOutcome {
    fileprivate init(_ outcome: StepOutcome, isReplacement: Bool) {
        switch outcome {
        case .done(let profileID, let alreadyDone):
            let finding: DoneOutcome.Finding? = alreadyDone ? .already : isReplacement ? .inPlace : nil
            self.init(DoneOutcome(profileID: profileID, finding: finding))
        case .failed(let failure): self.init(.failed, detail: failure.journalText)
        case .unknown(let failure): self.init(.unknown, detail: failure.journalText)
        case .stale(let reason): self.init(.stale, detail: reason.journalText)
        case .notAttempted(let reason): self.init(.notAttempted, detail: reason.journalText)
        }
    }
}

extension StaleReason {
    fileprivate var journalText: String {
        switch self {
        case .changedSincePlan: "changed since the plan"
        case .appearedSincePlan(let id): "\(id) appeared since the plan"
        case .goneSincePlan: "gone since the plan"
        case .ledgerChanged(let address): "the ledger's entry of \(address) changed since the plan"
        case .managedElsewhere(let address): "managed as \(address)"
        case .serviceChanged: "the service is no longer known to take null for a removal"
        }
    }
}

extension NotAttemptedReason {
    fileprivate var journalText: String {
        switch self {
        case .dependsOn(let number): "needs step \(number), which was not done"
        case .interrupted: "interrupted before its turn"
        case .stoppedAfterFailure: "stopped after a failure"
        case .canaryFailed: "stopped: the canary did not hold"
        }
    }
}

extension StepFailure {
    fileprivate var journalText: String {
        [status.map(String.init), code, title, requestID].compactMap(\.self).joined(separator: " ")
    }
}

extension ApplyReport.Counts {
    fileprivate var json: AttributeValue {
        func number(_ count: Int) -> AttributeValue { .number(JSONNumber(text: String(count))) }
        return .object([
            "done": number(done), "failed": number(failed), "stale": number(stale), "unknown": number(unknown),
            "not_attempted": number(notAttempted),
        ])
    }
}
