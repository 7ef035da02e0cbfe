import ArgumentParser
import Diagnostics
import Ledger
import Planning
import ProfileModel
import Views

struct ApplyCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Show the plan, ask, and make its calls.",
        discussion: """
            With a plan saved by `plan --out`, exactly its calls are made: each one whose profile is as the plan saw it, and no other.

            When an earlier run was cut off, what became of its calls is found out first, by reading.
            """)

    @Argument(help: ArgumentHelp("Manifests, directories or globs, or one saved plan.", valueName: "paths-or-plan"))
    var paths: [String] = []

    @Flag(help: "Do not ask. Needed where there is no terminal.")
    var autoApprove = false

    @Flag(help: "After a failure: go on with what does not depend on it (the default), or start nothing more.")
    var afterFailure: AfterFailure?

    @Option(
        help: ArgumentHelp(
            "Make at least so many calls first, read them back, and go on only if all are as planned.",
            valueName: "count"))
    var canary: Int?

    @Flag(
        help: "Only find out what became of the calls of a run that was cut off. Needs no manifests, makes no changes.")
    var resume = false

    @Flag(
        help: ArgumentHelp(
            "Nothing was applied to this environment before, so it has no ledger. Needed where the variable CI is set.")
    )
    var firstRun = false

    @OptionGroup var lock: LockOptions
    @OptionGroup var scope: ScopeOptions
    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var parallelism: ParallelismOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var detail: DetailOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var redactChoice: RedactChoice { detail.redact.redact }

    func validate() throws {
        guard canary.map({ $0 > 0 }) ?? true else { throw ValidationError("--canary takes a number from 1") }
        if resume { try validateResuming() }
    }

    private func validateResuming() throws {
        guard paths.isEmpty, !scope.isGiven, !policy.isGiven else {
            throw ValidationError("--resume takes neither manifests nor a plan: it only looks at calls that were made")
        }
        guard !firstRun else {
            throw ValidationError("--resume looks at calls of earlier runs, and before a first run there are none")
        }
        guard canary == nil, afterFailure == nil, !parallelism.isGiven, !detail.isGiven else {
            throw ValidationError(
                "--resume takes no --canary, --fail-fast, --continue, --parallelism or --detail: it makes no changes")
        }
    }

    func run(in session: Session) async throws -> ExitCode {
        guard autoApprove || resume || session.terminal().inputIsTerminal else {
            throw ValidationError("there is no terminal to ask on: give --auto-approve to apply without a question")
        }
        return try await ApplyPrinter.printing(as: format.format, redacting: redactChoice, in: session) {
            resume ? try await settle(in: session) : try await apply(in: session)
        }
    }

    private func settle(in session: Session) async throws -> ExitCode {
        let context = try RunContext.load(environment, in: session)
        return try await work(context, session) { job in try await job.resume() }
    }

    private func apply(in session: Session) async throws -> ExitCode {
        let saved = try SavedPlan.load(paths, environment, in: session)
        guard saved == nil || !policy.isGiven else {
            throw ValidationError(
                "what a saved plan deletes was decided when it was made: give --allow-delete to `plan`")
        }
        guard saved == nil || !scope.isGiven else {
            throw ValidationError("a saved plan has its scope: give --target, --exclude and --since to `plan`")
        }
        let context = try RunContext.load(
            environment, paths: paths, planned: saved?.plan.environment.name, in: session)
        let run = saved == nil ? try await planRun(context, session) : nil
        return try await work(context, session) { job in
            if let saved { return try await job.apply(saved: saved.plan) }
            guard let run else { preconditionFailure("without a saved plan there are manifests") }
            return try await job.apply(run)
        }
    }

    private func work(
        _ context: RunContext, _ session: Session, _ body: (ApplyJob) async throws -> ExitCode
    ) async throws -> ExitCode {
        let printer = ApplyPrinter(
            plans: PlanPrinter(
                format: format.format, style: .forOutput(in: session, color: style.color), detail: detail.detail,
                redaction: detail.redaction(context, in: session), session: session))
        let account = try Account.open(context, redacting: redactChoice, in: session, onWait: printer.waiting)
        return try await account.useForWriting { client in
            try await body(
                ApplyJob(
                    context: context, account: account, client: client, printer: printer, session: session,
                    parallelism: parallelism.parallelism, isFailFast: afterFailure == .failFast,
                    canaryCount: canary, firstRun: FirstRun(isAnnounced: firstRun, in: session),
                    isApproved: autoApprove, locks: LockTaking(lock, in: session)))
        }
    }

    /// Before anything is opened: what is invalid leaves no trace.
    private func planRun(_ context: RunContext, _ session: Session) async throws -> PlanRun {
        let manifests = try await context.validManifests(paths, mayBeEmpty: policy.allowDeleteAll, in: session)
        let run = try await scope.run(
            over: manifests, paths, policy: policy.policy(of: context.environment),
            parallelism: parallelism.parallelism, context, in: session)
        if scope.isGiven {
            _ = try run.selection(
                KnownLedger(
                    entries: ledgerEntries(of: context), presence: context.ledgerPresence(in: session)))
        }
        return run
    }
}

enum AfterFailure: EnumerableFlag {
    case `continue`, failFast
}
