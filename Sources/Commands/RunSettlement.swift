import Diagnostics
import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler

/// Before an apply plans: what became of the calls of earlier runs that were cut off.
struct RunSettlement {
    var context: RunContext
    var account: Account
    var client: ReadingClient
    var printer: ApplyPrinter
    var session: Session
    var waiting: LedgerWaiting

    /// Needs the lock: as long as another run holds it, what looks cut off may be under way.
    @discardableResult
    func settle(_ ledger: LedgerFile, _ lock: HeldLock) async throws -> [SettledStep] {
        let rows = try ledgerCall { () throws(LedgerFailure) in try ledger.unsettled() }
        let settler = Settler(client: client, ledger: ledger, lock: lock.token, now: session.now)
        var settled: [SettledStep] = []
        var mayComeLate = false
        for row in rows {
            let step = try await settle(row, by: settler)
            try printer.show(.settled(step))
            settled.append(step)
            mayComeLate = mayComeLate || step.finding == .hadNoEffect && row.isYoung(at: session.now())
        }
        if mayComeLate { try session.errorOutput.write(Self.late) }
        if !rows.isEmpty { try printer.say("\n") }
        return settled
    }

    private static let late = """
        The service may still be at work on a call that was sent less than \(JournalRow.longestAnswer) s ago; \
        `profilectl plan` a little later shows whether it had an effect after all.

        """

    private func settle(_ row: JournalRow, by settler: Settler) async throws(Stop) -> SettledStep {
        do throws(Settler.Failure) {
            return try await settler.settle(row)
        } catch {
            switch error {
            case .ledger(let failure): throw Stop(failure.diagnostic, code: failure.exitCode)
            case .service(let failure): throw Stop(failure.diagnostic(account.stamp), code: failure.exitCode)
            }
        }
    }

    /// The ledger, opened for writing, when it has something to settle; else nothing is created or changed.
    /// - Parameter isSure: also when the lock is held, so that whoever asks for it hears who holds it.
    func ledgerToSettle(at now: Timestamp, isSure: Bool) throws(Stop) -> LedgerFile? {
        let seen = try account.openLedgerForReading(context)
        let isOpen = try ledgerCall { () throws(LedgerFailure) in
            isSure ? try !seen.unsettled().isEmpty : try !seen.cutOff(at: now).isEmpty
        }
        return isOpen ? try account.openLedger(context, waiting: waiting) : nil
    }
}

extension LedgerFile {
    /// The calls of runs that ended before they did. What is under way in a run that lives is none of them.
    fileprivate func cutOff(at now: Timestamp) throws(LedgerFailure) -> [JournalRow] {
        if let lock = try lock(), now < lock.expiresAt { return [] }
        return try unsettled()
    }
}

extension JournalRow {
    /// How long a call is waited for while no byte of the answer comes; seconds.
    fileprivate static let longestAnswer = 30

    /// Whether the service may still be at work on the call.
    fileprivate func isYoung(at now: Timestamp) -> Bool {
        intentAt.map { now.seconds - $0.seconds < Self.longestAnswer } ?? false
    }
}

extension RunContext {
    /// What a plan says of calls whose end nobody saw; nil when there are none, or their run may still be at work.
    func cutOffWarning(in session: Session) throws(Stop) -> Diagnostic? {
        let path = try ledgerPath()
        let (rows, run) = try ledgerCall { () throws(LedgerFailure) in
            let ledger = try LedgerFile.openReadOnly(path)
            let lock = try ledger.lock().flatMap { session.now() < $0.expiresAt ? $0 : nil }
            if let lock, !session.isGone(lock.holder) { return ([JournalRow](), RunRecord?.none) }
            let rows = try ledger.unsettled()
            return (rows, try ledger.runs().first { $0.id == rows.last?.run })
        }
        guard let run else { return nil }
        let count = rows.count
        let happened =
            run.endedAt == nil
            ? "was cut off while \(count == 1 ? "a call was" : "\(count) calls were") under way"
            : "ended without an answer to \(count == 1 ? "a call" : "\(count) calls")"
        return Diagnostic(
            .runCutOff, "run \(run.id) \(happened)", severity: .warning,
            help: "the next `profilectl apply` looks first what became of that, before it plans")
    }
}

extension Account {
    func openLedger(_ context: RunContext, waiting: LedgerWaiting) throws(Stop) -> LedgerFile {
        let path = try context.ledgerPath()
        try preparePrivateDirectory(of: path)
        return try bound { () throws(LedgerFailure) in try LedgerFile.open(path, waiting: waiting) }
    }

    func openLedgerForReading(_ context: RunContext) throws(Stop) -> LedgerFile {
        let path = try context.ledgerPath()
        return try bound { () throws(LedgerFailure) in try LedgerFile.openReadOnly(path) }
    }

    private func bound(_ open: () throws(LedgerFailure) -> LedgerFile) throws(Stop) -> LedgerFile {
        try ledgerCall { () throws(LedgerFailure) in
            let ledger = try open()
            try ledger.bind(environmentName: stamp.name, service: stamp.service)
            return ledger
        }
    }
}
