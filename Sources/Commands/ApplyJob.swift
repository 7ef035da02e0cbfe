import Diagnostics
import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler

/// One apply, from the manifests or from a saved plan.
struct ApplyJob {
    var context: RunContext
    var account: Account
    var client: WritingClient
    var printer: ApplyPrinter
    var session: Session
    var parallelism: Int
    var isApproved: Bool

    func plan(_ paths: [String], policy: PlanPolicy) async throws -> ExitCode {
        let manifests = try await context.manifests(paths)
        guard !manifests.hasErrors else {
            throw Stop(manifests.diagnostics, code: .invalidInput, sources: manifests.sources)
        }
        let ledger = try openLedger()
        let run = PlanRun(
            context: context, manifests: manifests, policy: policy, scope: PlanScope(paths: paths),
            parallelism: parallelism)
        let serial = try ledgerCall { () throws(LedgerFailure) in try ledger.serial() }
        let entries = try ledgerCall { () throws(LedgerFailure) in try ledger.entries() }
        let plan = try await run.plan(
            reading: client.reading, stamp: account.stamp, pace: account.pace, ledger: entries, at: session.now())
        return try await apply(plan, ledger: ledger, serial: serial, sources: manifests.sources)
    }

    /// A saved plan is applied where it was made for, or not at all; each step looks again before it writes.
    func apply(saved plan: Plan) async throws -> ExitCode {
        guard plan.environment == account.stamp else {
            throw Stop(
                Diagnostic(
                    .planOutdated,
                    "the plan was made for \(plan.environment.service), but the environment '\(account.stamp.name)' is now \(account.stamp.service)",
                    help: "make the plan again"),
                code: .planStale)
        }
        let ledger = try openLedger()
        let serial = try ledgerCall { () throws(LedgerFailure) in try ledger.serial() }
        return try await apply(plan, ledger: ledger, serial: serial, sources: SourceLibrary())
    }

    private func apply(
        _ plan: Plan, ledger: LedgerFile, serial: Int64, sources: SourceLibrary
    ) async throws -> ExitCode {
        try printer.write(plan, sources: sources, context: context)
        guard plan.applyable else { return plan.exitCode(detailed: false) }
        guard try isApproved || printer.confirms(plan) else {
            try session.errorOutput.write("Nothing was changed.\n")
            return .error
        }
        let lock = try takeLock(ledger, serial: serial)
        let journal = RunJournal(ledger: ledger, run: lock.token, now: session.now)
        try ledgerCall { () throws(LedgerFailure) in try journal.begin(plan) }
        let applier = Applier(
            client: client, journal: journal, parallelism: parallelism, isInterrupted: session.isInterrupted,
            onEvent: { await printer.show($0) })
        let report: ApplyReport
        do throws(LedgerFailure) {
            report = try await applier.apply(plan)
            try journal.end(report)
            try ledger.releaseLock(lock)
        } catch {
            try? ledger.releaseLock(lock)
            throw Stop(error.diagnostic, code: error.exitCode)
        }
        try printer.write(report, plan: plan)
        return .first(of: [report.exitCode, plan.exitCode(detailed: false)])
    }

    private func openLedger() throws(Stop) -> LedgerFile {
        try preparePrivateDirectory(of: context.ledgerPath)
        return try ledgerCall { () throws(LedgerFailure) in
            let ledger = try LedgerFile.open(context.ledgerPath)
            try ledger.bind(environmentName: account.stamp.name, service: account.stamp.service, at: session.now())
            return ledger
        }
    }

    /// From here on nobody else applies; and nobody did since the plan was made.
    private func takeLock(_ ledger: LedgerFile, serial: Int64) throws(Stop) -> LockRecord {
        let holder = session.lockHolder
        let lock = try ledgerCall { () throws(LedgerFailure) in
            try ledger.acquireLock(holder, now: session.now(), leaseSeconds: 3600)
        }
        let current = try ledgerCall { () throws(LedgerFailure) in try ledger.serial() }
        guard current == serial else {
            try? ledger.releaseLock(lock)
            throw Stop(
                Diagnostic(
                    .planOutdated, "another run changed the ledger after this plan was made",
                    help: "run the command again to plan from what is live now"),
                code: .planStale)
        }
        return lock
    }
}

/// A call to the ledger, its failure told as a message.
func ledgerCall<Value>(_ call: () throws(LedgerFailure) -> Value) throws(Stop) -> Value {
    do throws(LedgerFailure) {
        return try call()
    } catch {
        throw Stop(error.diagnostic, code: error.exitCode)
    }
}

extension ApplyReport {
    var exitCode: ExitCode {
        let counts = counts
        let notDone = counts.failed + counts.stale + counts.unknown + counts.notAttempted
        var codes: [ExitCode] = []
        if interrupted, notDone > 0 { codes.append(.interrupted) }
        if lines.contains(where: \.outcome.isRefusedAccess) { codes.append(.notPermitted) }
        if counts.stale > 0 { codes.append(.planStale) }
        if counts.done > 0, notDone > 0 { codes.append(.partlyApplied) }
        if counts.failed + counts.unknown > 0 { codes.append(.error) }
        return .first(of: codes)
    }
}

extension StepOutcome {
    fileprivate var isRefusedAccess: Bool {
        switch self {
        case .failed(let failure), .unknown(let failure): failure.status == 401 || failure.status == 403
        case .done, .stale, .notAttempted: false
        }
    }
}
