package import Ledger
package import Planning
package import ProfileModel
import WireFormat

/// The durable record of one run: what was meant, and what came of it. Every entry needs the lock.
package struct RunJournal: Sendable {
    /// Seconds that the lock is ours without being renewed.
    package static let lease: Int64 = 300

    package let run: String
    private let ledger: LedgerFile
    private let lock: LockToken
    private let now: @Sendable () -> Timestamp

    package init(ledger: LedgerFile, run: String, lock: LockToken, now: @escaping @Sendable () -> Timestamp) {
        self.ledger = ledger
        self.run = run
        self.lock = lock
        self.now = now
    }

    package func begin(_ plan: Plan) throws(LedgerFailure) {
        try ledger.begin(
            RunRecord(id: run, environment: plan.environment.name, startedAt: now()), lock: lock)
        // A part of everything knows nothing of what it did not look at.
        if plan.scope.isWhole { try ledger.holdBack(plan.heldBack, lock: lock) }
    }

    /// Ends the run and lets go of the lock.
    package func end(_ report: ApplyReport) throws(LedgerFailure) {
        try ledger.end(run: run, at: now(), summary: writeJSON(report.counts.json), lock: lock)
        try ledger.releaseLock(lock)
    }

    /// Lets go of the lock of a run that was not carried through; the run stays without an end.
    package func abandon() {
        try? ledger.releaseLock(lock)
    }

    /// Keeps the lock ours; the moment of the latest renewal comes in and goes out.
    func renewLock(_ renewed: inout Timestamp?) throws(LedgerFailure) {
        let time = now()
        if let last = renewed, time.seconds - last.seconds < Self.lease / 5 { return }
        _ = try ledger.renewLock(lock, now: time, lease: Self.lease)
        renewed = time
    }

    /// Durable before the call is made.
    func recordIntent(_ step: Step) throws(LedgerFailure) {
        try ledger.recordIntent(
            run: run, step: step.number, address: step.address, intent: JournalIntent(step), at: now(), lock: lock)
    }

    /// The outcome, and what the ledger learns from it, in one transaction.
    func record(_ step: Step, _ outcome: StepOutcome, profile: Profile?) throws(LedgerFailure) {
        try ledger.recordOutcome(
            run: run, step: step.number, address: step.address, intent: JournalIntent(step),
            outcome: JournalOutcome(outcome),
            change: LedgerChange(step, outcome, profile), at: now(), lock: lock)
    }
}

extension Plan {
    fileprivate var heldBack: [Address: HeldBack] {
        Dictionary(blocked.compactMap { block in block.reason.heldBack.map { (block.step.address, $0) } }) { first, _ in
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
        case .deletesAreOff, .preventDestroy, .sourceKeepsAll, .userDiffers, .dependsOn, .conflict, .excluded: nil
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
        switch step.action {
        case .delete, .forget:
            self = .remove(step.address)
        case .create, .update, .adopt, .move:
            guard let declared = step.declared else { return nil }
            let entry = LedgerEntry(
                address: step.address, profileID: profileID ?? "", userID: userID, lastApplied: declared,
                preventDestroy: step.preventDestroy)
            self = step.movedFrom.map { .move(from: $0, entry) } ?? .put(entry)
        }
    }
}

extension JournalOutcome {
    fileprivate init(_ outcome: StepOutcome) {
        switch outcome {
        case .done(let profileID, let alreadyDone):
            self.init(.done, detail: alreadyDone ? "already done: \(profileID)" : profileID)
        case .failed(let failure): self.init(.failed, detail: failure.journalText)
        case .unknown(let failure): self.init(.unknown, detail: failure.journalText)
        case .stale(let reason): self.init(.stale, detail: "\(reason)")
        case .notAttempted(let reason): self.init(.notAttempted, detail: "\(reason)")
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
