import ArgumentParser
import Diagnostics
import Planning
import Views

struct PlanCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Read the live profiles, compare, and show what would change.",
        discussion: "Writes nothing to the service, the ledger or the sandbox.")

    @Argument(help: "Manifests, directories or globs instead of those of the workspace file.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("Save the plan, with its values, for `apply FILE`.", valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Take the live state from this snapshot: no network, no credentials. Such a plan cannot be applied.",
            valueName: "file"))
    var snapshot: String?

    @Flag(help: "With --snapshot: leave out the profiles that the snapshot has no answers for.")
    var skipUnanswered = false

    @Flag(help: "Exit with 2 when there are changes to make.")
    var detailedExitcode = false

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
        guard snapshot != nil || !skipUnanswered else {
            throw ValidationError("--skip-unanswered is for plans from a snapshot: give --snapshot too")
        }
        guard snapshot == nil || !parallelism.isGiven else {
            throw ValidationError("--snapshot makes no call, so --parallelism has no effect: leave it out")
        }
    }

    func run(in session: Session) async throws -> ExitCode {
        try await PlanPrinter.printing(as: format.format, redacting: redactChoice, in: session) {
            let context = try RunContext.load(environment, paths: paths, in: session)
            if let out {
                let path = resolvePath(out, in: context.directory)
                try context.requireNoStore(at: path, as: out, noun: "plan", in: session)
            }
            let printer = PlanPrinter(
                format: format.format, style: .forOutput(in: session, color: style.color), detail: detail.detail,
                redaction: detail.redaction(context, in: session), session: session)
            var (plan, sources) = try await makePlan(context, session)
            plan.ledger = try ledgerLineage(of: context)
            plan.basis.consent = policy.consent
            if let out { try save(plan, to: resolvePath(out, in: context.directory), as: out) }
            try printer.write(plan, sources: sources, context: context)
            if let out, format.format == .text { try session.errorOutput.write(saved(plan, as: out)) }
            return plan.exitCode(detailed: detailedExitcode)
        }
    }

    private func saved(_ plan: Plan, as name: String) -> String {
        if plan.applyable { return "Saved to \(name); `profilectl apply \(name)` makes exactly these calls.\n" }
        return "Saved to \(name); `profilectl show \(name)` shows it again.\n"
    }

    private func makePlan(_ context: RunContext, _ session: Session) async throws -> (Plan, SourceLibrary) {
        let manifests = try await context.validManifests(paths, mayBeEmpty: policy.allowDeleteAll, in: session)
        let run = try await scope.run(
            over: manifests, paths, policy: policy.policy(of: context.environment),
            parallelism: parallelism.parallelism, context, in: session)
        if let snapshot {
            let saved = try SavedSnapshot.load(snapshot, of: try Account.stamp(of: context), in: context.directory)
            let ledger = KnownLedger(
                entries: try ledgerEntries(of: context), presence: try context.ledgerPresence(in: session))
            let plan = try run.plan(
                from: saved, skipsUnanswered: skipUnanswered,
                showsValues: detail.redaction(context, in: session) == nil, pace: context.pace, ledger: ledger,
                at: session.now())
            return (plan.grounded(in: ledger.entries), run.manifests.sources)
        }
        let entries = try ledgerEntries(of: context)
        let account = try Account.open(context, redacting: redactChoice, in: session)
        let ledger = KnownLedger(entries: entries, presence: try account.ledgerPresence(context))
        var plan = try await account.use { client in
            try await run.plan(
                reading: client, stamp: account.stamp, pace: account.pace, ledger: ledger, at: session.now())
        }
        if let warning = try context.cutOffWarning(in: session) { plan.diagnostics.append(warning) }
        return (plan.grounded(in: entries), run.manifests.sources)
    }

    private func save(_ plan: Plan, to path: String, as name: String) throws(Stop) {
        try SavedDocument.write(PlanJSON.render(plan, version: version), to: path, as: name, noun: "plan")
    }
}
