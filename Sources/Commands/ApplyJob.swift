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
    /// How many steps are tried before the others; nil tries none.
    var canaryCount: Int?
    var firstRun: FirstRun
    var isApproved: Bool
    var locks: LockTaking

    func apply(_ run: PlanRun) async throws -> ExitCode {
        try await apply(sources: run.manifests.sources) { ledger in
            let entries = try ledgerCall { () throws(LedgerFailure) in try ledger.entries() }
            let known = KnownLedger(entries: entries, presence: try account.ledgerPresence(context, ledger))
            return PlanReview(
                of: try await run.plan(
                    reading: client.reading, stamp: account.stamp, pace: account.pace, ledger: known,
                    at: session.now()))
        }
    }

    /// Takes a run back, in a run of its own.
    func apply(_ rollback: RollbackRun) async throws -> ExitCode {
        try await apply(sources: SourceLibrary()) { ledger in
            PlanReview(
                of: try await rollback.plan(
                    reading: client.reading, account.stamp, account.pace, ledger, at: session.now()))
        }
    }

    /// A saved plan is applied where it was made for, or not at all. The ledger and the policy of now decide which of its
    /// steps may still run, and each of these looks again before it writes.
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
        if let lineage = plan.ledger { try requireLedger(lineage) }
        return try await apply(sources: SourceLibrary()) { ledger in
            PlanReview(
                saved: plan, ledger: try ledgerCall { () throws(LedgerFailure) in try ledger.entries() },
                policy: PlanPolicy(of: context.environment, plan.basis.consent), pace: account.pace,
                // No workspace says so yet.
                patchNullDeletes: false)
        }
    }

    /// Throws unless the ledger is the one that a plan was made with.
    private func requireLedger(_ lineage: String) throws(Stop) {
        let path = try context.ledgerPath()
        let found = try ledgerLineage(of: context)
        guard found != lineage else { return }
        let fact =
            found == nil
            ? "the ledger that the plan was made with is not at '\(path)' any more"
            : "the plan was made with another ledger than '\(path)'"
        throw Stop(
            Diagnostic(
                .planOutdated, fact,
                help: "restore that ledger, apply the plan in the workspace that it was made in, or make it again"),
            code: .planStale)
    }

    /// Only finds out what became of the calls of runs that were cut off.
    func resume() async throws -> ExitCode {
        if let missing = try account.ledgerPresence(context).missing {
            throw missing.error(so: "nobody knows whether calls of an earlier run are open")
        }
        guard let ledger = try settlements.ledgerToSettle(at: session.now(), isSure: true) else {
            try printer.say("Nothing to settle: no call of an earlier run is open.\n")
            return .done
        }
        let settled = try await locks.holding(ledger) { lock in try await settlements.settle(ledger, lock) }
        try printer.say("Run `profilectl apply` for what is left to do.\n")
        return settled.contains(where: \.isDoubtful) ? .error : .done
    }

    private func apply(
        sources: SourceLibrary, _ makePlan: (LedgerFile) async throws -> PlanReview
    ) async throws -> ExitCode {
        // A refused apply leaves nothing behind. A ledger that is there is asked later, for as long as its lock is waited for.
        if kindOfFile(try context.ledgerPath()) == .missing { try checkFirstRun(account.ledgerPresence(context)) }
        return isApproved
            ? try await applyAtOnce(sources: sources, makePlan)
            : try await applyWhenApproved(sources: sources, makePlan)
    }

    /// Nobody is asked: the ledger stands still from the first look to the last call.
    private func applyAtOnce(
        sources: SourceLibrary, _ makePlan: (LedgerFile) async throws -> PlanReview
    ) async throws -> ExitCode {
        let ledger = try openLedger()
        return try await locks.holding(ledger) { lock in
            try checkFirstRun(account.ledgerPresence(context, ledger))
            try await settlements.settle(ledger, lock)
            let review = try await makePlan(ledger)
            let plan = review.plan
            try printer.write(plan, sources: sources, context: context, canary: canary(of: plan))
            guard plan.applyable else { return plan.exitCode(detailed: false) }
            return try await carryOut(review, ledger, lock)
        }
    }

    /// Nobody is kept out while the user reads the plan, and nothing is left behind if the answer is no.
    private func applyWhenApproved(
        sources: SourceLibrary, _ makePlan: (LedgerFile) async throws -> PlanReview
    ) async throws -> ExitCode {
        var settled: [SettledStep] = []
        if let ledger = try settlements.ledgerToSettle(at: session.now(), isSure: false) {
            settled = try await locks.holding(ledger) { lock in try await settlements.settle(ledger, lock) }
        }
        let seen = try account.openLedgerForReading(context)
        try checkFirstRun(account.ledgerPresence(context, seen))
        let identity = try ledgerCall { () throws(LedgerFailure) in try seen.identity() }
        let review = try await makePlan(seen)
        let plan = review.plan
        try printer.write(plan, sources: sources, context: context, canary: canary(of: plan))
        guard plan.applyable else { return plan.exitCode(detailed: false) }
        guard try printer.confirms(plan) else {
            try session.errorOutput.write("Nothing was changed.\n")
            return .error
        }
        // A new ledger in place of the one that is gone would know of nothing.
        if identity != nil { try requireLedger() }
        let ledger = try openLedger()
        return try await locks.holding(ledger) { lock in
            try checkFirstRun(account.ledgerPresence(context, ledger))
            guard try ledger.isUnchanged(since: identity) else { throw Self.outdated }
            if let run = try ledger.cutOffRun(besides: settled) { throw Self.outdated(by: run) }
            return try await carryOut(review, ledger, lock)
        }
    }

    /// Once before the lock is taken and once after: another run may have been the first.
    private func checkFirstRun(_ presence: LedgerPresence) throws(Stop) {
        if let refusal = try firstRun.refusal(presence, context) { throw refusal }
    }

    /// Only once it is certain that something may be written: whoever says no finds nothing left behind.
    private func openLedger() throws(Stop) -> LedgerFile {
        try account.keepWhatIsWritten()
        return try account.openLedger(context, waiting: locks.waiting)
    }

    /// While the user read the plan, somebody may have removed the ledger.
    private func requireLedger() throws(Stop) {
        let path = try context.ledgerPath()
        try ledgerCall { () throws(LedgerFailure) in
            guard try LedgerFile.exists(path) else { throw .gone(path: path, isReplaced: false) }
        }
    }

    private func canary(of plan: Plan) -> Canary? {
        canaryCount.map { Canary(choosing: $0, from: plan.steps) }
    }

    private func carryOut(_ review: PlanReview, _ ledger: LedgerFile, _ lock: HeldLock) async throws -> ExitCode {
        let plan = review.plan
        let journal = RunJournal(ledger: ledger, run: session.runName(), lock: lock.token, now: session.now)
        try ledgerCall { () throws(LedgerFailure) in try journal.begin(review) }
        let progress = RunProgress(plan, journal)
        let applier = Applier(
            client: client.permitted(by: lock.writePermission), journal: journal, parallelism: parallelism,
            isFailFast: isFailFast, ticker: Ticker(now: session.uptime, pause: session.pause),
            isInterrupted: session.isInterrupted, waitForInterrupt: waitForInterrupt)
        session.whenInterrupted(.drain { printer.showAborted(progress.report()) })
        defer {
            session.whenInterrupted(.endAfter { lock.releaseAtOnce() })
            printer.end()
        }
        let report: ApplyReport
        do throws(ApplyFailure) {
            report = try await applier.apply(review, canary: canary(of: plan)) { event in
                progress.note(event)
                try printer.show(event, planned: plan.steps.count)
            }
        } catch {
            let code = Self.exitCode(of: error.report, plan)
            switch error.cause {
            case .ledger(let failure): throw failure.stop(after: error.report, code)
            case .listener(let failure):
                try? journal.end(error.report)
                printer.showWithoutOutput(error.report)
                guard var closed = failure as? Output.Closed else { throw failure }
                closed.code = .first(of: [closed.code, code, error.report.changedAnything ? .partlyApplied : .done])
                throw closed
            }
        }
        let code = Self.exitCode(of: report, plan)
        do throws(LedgerFailure) {
            try journal.end(report)
        } catch {
            throw error.stop(after: report, code)
        }
        return code
    }

    private static func exitCode(of report: ApplyReport, _ plan: Plan) -> ExitCode {
        .first(of: [report.exitCode, plan.exitCode(detailed: false)])
    }

    private func waitForInterrupt() async -> Bool {
        guard await session.waitForInterrupt() else { return false }
        printer.notice("Stopping: the calls under way are waited for, no others are made. Once more ends at once.\n")
        return true
    }

    private var settlements: RunSettlement {
        RunSettlement(
            context: context, account: account, client: client.reading, printer: printer, session: session,
            waiting: locks.waiting)
    }

    /// What its calls did is not in the plan, and nothing tells the ledger's serial of them.
    private static func outdated(by run: String) -> Stop {
        Stop(
            Diagnostic(
                .planOutdated, "run \(run) ended without an answer to a call after this plan was made",
                help: "run the command again: it looks first what became of that, and plans from what is live now"),
            code: .planStale)
    }

    private static let outdated = Stop(
        Diagnostic(
            .planOutdated, "another run changed the ledger after this plan was made",
            help: "run the command again to plan from what is live now"),
        code: .planStale)
}

extension LedgerFile {
    /// Whether it is the same ledger with the same entries; the serial grows with every change to them.
    /// - Parameter identity: nil where there was no ledger.
    fileprivate func isUnchanged(since identity: LedgerIdentity?) throws(Stop) -> Bool {
        let now = try ledgerCall { () throws(LedgerFailure) in try self.identity() }
        guard let identity else { return now?.serial ?? 0 == 0 }
        return now?.serial == identity.serial && now?.lineage == identity.lineage
    }

    /// A run of which nobody saw how its calls ended; the lock must be ours.
    /// - Parameter settled: what this command looked at. What it could not read stays open, and is not news.
    fileprivate func cutOffRun(besides settled: [SettledStep]) throws(Stop) -> String? {
        let rows = try ledgerCall { () throws(LedgerFailure) in try unsettled() }
        return rows.last { row in !settled.contains { $0.run == row.run && $0.number == row.step } }?.run
    }
}

extension SettledStep {
    fileprivate var isDoubtful: Bool {
        switch finding {
        case .cannotBeTold: true
        case .tookEffect, .hadNoEffect: false
        }
    }
}

extension Session {
    /// `20261123T221500Z-3f9a`: sorts by time, and two runs of one second differ.
    fileprivate func runName() -> String {
        let time = now().iso8601.prefix(19).filter { $0.isNumber || $0 == "T" }
        let digits = String(randomSeed() & 0xFFFF, radix: 16)
        return "\(time)Z-" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
