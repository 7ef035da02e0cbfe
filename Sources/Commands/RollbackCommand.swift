import ArgumentParser
import Diagnostics
import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Views

struct RollbackCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Take a run back: plan to the values before it, ask, and make the calls.",
        discussion: """
            Only the fields that the run changed are restored, in the profiles and in the ledger. Events of deleted \
            profiles, ids, and what users got cannot come back; the plan says so. `show runs` lists the runs. The \
            manifests stay as they are: change them too, or the next apply does the same again.
            """)

    @Argument(help: "The run, or a beginning of its name that no other one has.")
    var run: String

    @Flag(help: "Do not ask. Needed where there is no terminal.")
    var autoApprove = false

    @Flag(help: "Show the plan and end.")
    var planOnly = false

    @Flag(help: "After a failure: go on with what does not depend on it (the default), or start nothing more.")
    var afterFailure: AfterFailure?

    @OptionGroup var lock: LockOptions
    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var parallelism: ParallelismOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var detail: DetailOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var redactChoice: RedactChoice { detail.redact.redact }

    func validate() throws {
        guard !(planOnly && autoApprove) else {
            throw ValidationError("--plan-only makes no call, so there is nothing to approve")
        }
        guard !(planOnly && (afterFailure != nil || lock.isGiven)) else {
            throw ValidationError(
                "--plan-only takes no --fail-fast, --continue or --lock-timeout: it makes no call and takes no lock")
        }
    }

    func run(in session: Session) async throws -> ExitCode {
        guard planOnly || autoApprove || session.terminal().inputIsTerminal else {
            throw ValidationError(
                "there is no terminal to ask on: give --auto-approve to roll back without a question, or --plan-only to look"
            )
        }
        return planOnly
            ? try await PlanPrinter.printing(as: format.format, redacting: redactChoice, in: session) {
                try await showPlan(in: session)
            }
            : try await ApplyPrinter.printing(as: format.format, redacting: redactChoice, in: session) {
                try await rollBack(in: session)
            }
    }

    private func showPlan(in session: Session) async throws -> ExitCode {
        let (context, lookup, rollback) = try find(in: session)
        let account = try Account.open(context, redacting: redactChoice, in: session)
        var plan = try await account.use { client in
            try await rollback.plan(
                reading: client, account.stamp, account.pace, lookup.ledger, at: session.now())
        }
        // With `--format json` it is a plan that can be applied later.
        plan = plan.grounded(in: try ledgerCall { () throws(LedgerFailure) in try lookup.ledger.entries() })
        plan.ledger = try ledgerLineage(of: context)
        plan.basis.consent = policy.consent
        try printer(context, session).write(plan, sources: SourceLibrary(), context: context)
        return plan.exitCode(detailed: false)
    }

    private func rollBack(in session: Session) async throws -> ExitCode {
        let (context, _, rollback) = try find(in: session)
        let printer = ApplyPrinter(plans: printer(context, session))
        let account = try Account.open(context, redacting: redactChoice, in: session, onWait: printer.waiting)
        return try await account.useForWriting { client in
            try await ApplyJob(
                context: context, account: account, client: client, printer: printer, session: session,
                parallelism: parallelism.parallelism, isFailFast: afterFailure == .failFast,
                firstRun: FirstRun(in: session), isApproved: autoApprove, locks: LockTaking(lock, in: session)
            ).apply(rollback)
        }
    }

    private func find(in session: Session) throws -> (RunContext, RunLookup, RollbackRun) {
        let context = try RunContext.load(environment, in: session)
        let lookup = try RunLookup(context, in: session)
        let run = try lookup.run(named: run)
        return (
            context, lookup,
            RollbackRun(
                run: run.id, policy: policy.policy(of: context.environment), parallelism: parallelism.parallelism)
        )
    }

    private func printer(_ context: RunContext, _ session: Session) -> PlanPrinter {
        PlanPrinter(
            format: format.format, style: .forOutput(in: session, color: style.color), detail: detail.detail,
            redaction: detail.redaction(context, in: session), session: session)
    }
}

/// From the journal of a run to a plan back.
struct RollbackRun {
    var run: String
    var policy: PlanPolicy
    var parallelism: Int

    /// Reads the live state that the plan needs and decides. Nothing is written anywhere.
    func plan(
        reading client: ReadingClient, _ stamp: EnvironmentStamp, _ pace: Pace, _ ledger: LedgerFile, at now: Timestamp
    ) async throws(Stop) -> Plan {
        // Read only now: what was under way when the run was cut off may have been settled meanwhile.
        let record = try ledgerCall { () throws(LedgerFailure) in try RecordedRunChanges(run: run, in: ledger) }
        let records = try ledgerCall { () throws(LedgerFailure) in try ledger.records() }
        let writers = records.compactMap { record in record.run.map { (record.entry.address, $0) } }
        let rollback = Rollback(
            record, ledger: records.map(\.entry), writers: Dictionary(writers) { first, _ in first }, policy: policy,
            environment: stamp, pace: pace)
        do throws(APIFailure) {
            let live = try await refresh(asking: rollback.lookups, from: client, parallelism: parallelism)
            return rollback.plan(live, at: now)
        } catch {
            throw Stop(error.diagnostic(stamp), code: error.exitCode)
        }
    }
}
