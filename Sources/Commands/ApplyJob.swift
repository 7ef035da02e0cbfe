import Diagnostics
import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import WireFormat

/// One apply, from the manifests or from a saved plan.
struct ApplyJob {
    var context: RunContext
    var account: Account
    var client: WritingClient
    var printer: ApplyPrinter
    var session: Session
    var parallelism: Int
    var isFailFast = false
    var isApproved: Bool

    func apply(_ run: PlanRun) async throws -> ExitCode {
        let ledger = try openLedger()
        let serial = try ledger.serial()
        let entries = try ledgerCall { () throws(LedgerFailure) in try ledger.entries() }
        let plan = try await run.plan(
            reading: client.reading, stamp: account.stamp, pace: account.pace, ledger: entries, at: session.now())
        return try await apply(plan, ledger: ledger, serial: serial, sources: run.manifests.sources)
    }

    /// A saved plan is applied where it was made for, or not at all; each step looks again before it writes.
    func apply(saved plan: Plan) async throws -> ExitCode {
        if let snapshot = plan.snapshot {
            throw Stop(
                Diagnostic(
                    .planNotApplicable, "the plan was made from the snapshot '\(snapshot.file)', not from what is live",
                    help: "make a plan without --snapshot and apply that"),
                code: .planStale)
        }
        guard plan.environment == account.stamp else {
            let (made, now) = (plan.environment.service, account.stamp.service)
            throw Stop(
                Diagnostic(
                    .planOutdated, "the plan was made for \(made), but '\(account.stamp.name)' is now \(now)",
                    help: "make the plan again"),
                code: .planStale)
        }
        if let lineage = plan.ledger, try ledgerLineage(of: context) != lineage {
            throw Stop(
                Diagnostic(
                    .planOutdated, "the plan was made with another ledger than '\(try context.ledgerPath())'",
                    help: "apply it in the workspace that it was made in, or make the plan again"),
                code: .planStale)
        }
        let ledger = try openLedger()
        return try await apply(plan, ledger: ledger, serial: try ledger.serial(), sources: SourceLibrary())
    }

    private func apply(
        _ plan: Plan, ledger: LedgerFile, serial: Int, sources: SourceLibrary
    ) async throws -> ExitCode {
        try printer.write(plan, sources: sources, context: context)
        guard plan.applyable else { return plan.exitCode(detailed: false) }
        guard try isApproved || printer.confirms(plan) else {
            try session.errorOutput.write("Nothing was changed.\n")
            return .error
        }
        let lock = try takeLock(ledger, serial: serial)
        let journal = RunJournal(ledger: ledger, run: session.runName(), lock: lock, now: session.now)
        let report: ApplyReport
        do {
            report = try await run(plan, journal)
        } catch {
            journal.abandon()
            throw error
        }
        return .first(of: [report.exitCode, plan.exitCode(detailed: false)])
    }

    private func run(_ plan: Plan, _ journal: RunJournal) async throws -> ApplyReport {
        try ledgerCall { () throws(LedgerFailure) in try journal.begin(plan) }
        let applier = Applier(
            client: client, journal: journal, parallelism: parallelism, isFailFast: isFailFast,
            ticker: Ticker(now: session.uptime, pause: session.pause), isInterrupted: session.isInterrupted)
        session.drainsWhenInterrupted(true)
        defer {
            session.drainsWhenInterrupted(false)
            printer.end()
        }
        let report: ApplyReport
        do throws(ApplyFailure) {
            report = try await applier.apply(plan, onEvent: { try printer.show($0, planned: plan.steps.count) })
        } catch {
            switch error {
            case .ledger(let failure): throw Stop(failure.diagnostic, code: failure.exitCode)
            case .listener(let failure): throw failure
            }
        }
        try ledgerCall { () throws(LedgerFailure) in try journal.end(report) }
        return report
    }

    private func openLedger() throws(Stop) -> LedgerFile {
        let path = try context.ledgerPath()
        try preparePrivateDirectory(of: path)
        return try ledgerCall { () throws(LedgerFailure) in
            let ledger = try LedgerFile.open(path)
            try ledger.bind(environmentName: account.stamp.name, service: account.stamp.service)
            return ledger
        }
    }

    /// From here on nobody else applies; and nobody did since the plan was made.
    private func takeLock(_ ledger: LedgerFile, serial: Int) throws(Stop) -> LockToken {
        let lock = try ledgerCall { () throws(LedgerFailure) in
            try ledger.acquireLock(session.lockHolder, now: session.now(), lease: RunJournal.lease).token
        }
        guard try ledger.serial() == serial else {
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

extension LedgerFile {
    /// Grows with every change to the entries.
    fileprivate func serial() throws(Stop) -> Int {
        try ledgerCall { () throws(LedgerFailure) in try identity()?.serial ?? 0 }
    }
}

extension Session {
    var lockHolder: LockHolder {
        LockHolder(
            name: process.user, host: process.host, pid: process.id,
            ciURL: environment["CI_JOB_URL"] ?? gitHubRun)
    }

    private var gitHubRun: String? {
        guard let server = environment["GITHUB_SERVER_URL"], let repository = environment["GITHUB_REPOSITORY"],
            let run = environment["GITHUB_RUN_ID"]
        else { return nil }
        return "\(server)/\(repository)/actions/runs/\(run)"
    }

    /// `20261123T221500Z-3f9a`: sorts by time, and two runs of one second differ.
    fileprivate func runName() -> String {
        let time = now().iso8601.prefix(19).filter { $0.isNumber || $0 == "T" }
        let digits = String(randomSeed() & 0xFFFF, radix: 16)
        return "\(time)Z-" + String(repeating: "0", count: 4 - digits.count) + digits
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
