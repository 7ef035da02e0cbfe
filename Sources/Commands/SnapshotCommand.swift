import ArgumentParser
import Diagnostics
import Planning
import ProfileModel
import Reconciler
import Views

struct SnapshotCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Record the live state, for plans without the service.",
        discussion: """
            Asks what a plan of the manifests and the ledger asks, and keeps the answers for `plan --snapshot FILE`. \
            The file is data: it holds the live values as they are, also where output is redacted, and only its \
            owner may read it.
            """)

    @Argument(help: "Manifests, directories or globs instead of those of the workspace file.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("Where to keep it.", valueName: "file"))
    var out: String

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var parallelism: ParallelismOptions
    @OptionGroup var redaction: RedactOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var redactChoice: RedactChoice { redaction.redact }

    func run(in session: Session) async throws -> ExitCode {
        let context = try RunContext.load(environment, paths: paths, in: session)
        try context.requireNoStore(
            at: resolvePath(out, in: context.directory), as: out, noun: "snapshot", in: session)
        let manifests = try await context.validManifests(paths)
        let run = try await scope.run(
            over: manifests, paths, policy: PlanPolicy(), parallelism: parallelism.parallelism, context, in: session)
        let ledger = KnownLedger(
            entries: try ledgerEntries(of: context), presence: try context.ledgerPresence(in: session))
        let planner = try run.planner(Account.stamp(of: context), context.pace, ledger)
        let account = try Account.open(context, redacting: redactChoice, in: session)
        let live = try await account.use { client in try await run.live(for: planner, from: client, account.stamp) }
        let snapshot = Snapshot(environment: account.stamp, createdAt: session.now(), live: live)
        try save(snapshot, in: context)
        if let missing = ledger.presence.missing { try warn(missing, in: session) }
        let profiles = Set(live.answers.values.joined().map(\.id)).count
        try session.output.write(
            context.notice
                + "Saved to \(out): \(counted(live.asked, "answer")) with \(counted(profiles, "profile")) of '\(account.stamp.name)'.\n"
                + "The file holds live values; `profilectl plan --snapshot \(out)` plans from it.\n")
        let unreadable = live.unreadable.values.reduce(0) { $0 + $1.count }
        guard unreadable > 0 else { return .done }
        try session.errorOutput.write(
            "\(counted(unreadable, "answer")) could not be read. A plan from the snapshot blocks what depends on that, "
                + "and says why.\n")
        return .blocked
    }

    /// What only a ledger could have asked is not in the snapshot.
    private func warn(_ missing: MissingLedger, in session: Session) throws {
        let style = TextStyle.forErrors(in: session, color: colorChoice)
        try session.errorOutput.write(DiagnosticsText.render([missing.warning], style: style) { _ in nil })
    }

    private func save(_ snapshot: Snapshot, in context: RunContext) throws(Stop) {
        let text = SnapshotJSON.render(snapshot, version: version)
        try SavedDocument.write(
            text, to: resolvePath(out, in: context.directory), as: out, noun: "snapshot")
    }
}
