package import Ledger
package import Planning
package import ProfileModel
import WireFormat

/// The durable record of one run: what was meant, and what came of it.
package struct RunJournal: Sendable {
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

    package func begin(_ plan: Plan, digest: String) throws(LedgerFailure) {
        try ledger.begin(RunRecord(id: run, startedAt: now(), environment: plan.environment.name, planDigest: digest))
    }

    package func end(_ report: ApplyReport) throws(LedgerFailure) {
        let counts = report.counts
        try ledger.end(run: run, at: now(), summary: AttributeObject([
            ("done", .number(JSONNumber(text: String(counts.done)))),
            ("failed", .number(JSONNumber(text: String(counts.failed)))),
            ("stale", .number(JSONNumber(text: String(counts.stale)))),
            ("unknown", .number(JSONNumber(text: String(counts.unknown)))),
            ("not_attempted", .number(JSONNumber(text: String(counts.notAttempted)))),
        ]))
    }

    /// Durable before the call is made.
    func recordIntent(_ step: Step, _ request: ProfileWrite) throws(LedgerFailure) {
        try ledger.recordIntent(
            run: run, step: step.number, address: step.address, call: writeJSON(CallForm(request).json),
            prior: step.before, at: now(), lock: lock)
    }

    /// The outcome, and what the ledger learns from it, in one transaction.
    func record(_ step: Step, _ outcome: StepOutcome, profile: Profile?) throws(LedgerFailure) {
        try ledger.recordOutcome(
            run: run, step: step.number, address: step.address, outcome: outcome.journalOutcome,
            change: ledgerChange(of: step, outcome, profile), at: now(), lock: lock)
    }

    private func ledgerChange(of step: Step, _ outcome: StepOutcome, _ profile: Profile?) -> LedgerChange? {
        guard case .done = outcome else { return nil }
        switch step.action {
        case .delete, .forget:
            return .remove(step.address)
        case .create, .update, .adopt:
            guard let profile, let declared = step.declared else { return nil }
            return .put(
                LedgerEntry(
                    address: step.address, profileID: profile.id, userID: profile.userID, lastApplied: declared,
                    preventDestroy: step.preventDestroy))
        }
    }
}
