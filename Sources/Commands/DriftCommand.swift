import ArgumentParser
import Diagnostics
import Manifests
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Views

struct DriftCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Show where live differs from what was last applied.",
        discussion: """
            Looks at everything in the ledger and needs no manifests; where there are some, they tell which fields \
            they leave to others (ignore_changes) and what they want by now. Writes nothing. Exits with 3 when there \
            is drift that is not accepted.
            """)

    @Option(
        help: ArgumentHelp(
            "Accepted drift; else drift-baseline.yaml of the workspace, if there is one.", valueName: "file"))
    var baseline: String?

    @OptionGroup var addresses: AddressOptions
    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var parallelism: ParallelismOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var redaction: RedactOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var failsInJSON: Bool { format.format == .json }
    var redactChoice: RedactChoice { redaction.redact }

    func run(in session: Session) async throws -> ExitCode {
        let context = try RunContext.load(environment, in: session)
        let baseline = try DriftBaseline.load(baseline, in: context.directory)
        try context.needsLedger(orElse: "nothing is known to compare live profiles with", in: session)
        let scope = PlanScope(targets: addresses.target, excludes: addresses.exclude)
        let ledger = try ledgerEntries(of: context)
        let selection = try scope.selection(among: Set(ledger.map(\.address)))
        func isChosen(_ address: Address) -> Bool { selection.map { $0.chosen.contains(address) } ?? true }
        let check = DriftCheck(
            ledger: ledger.filter { isChosen($0.address) }, manifests: await manifests(context),
            accepted: baseline.accepted.filter { isChosen($0.address) })
        let account = try Account.open(context, redacting: redactChoice, in: session)
        let live = try await account.use { client in
            do throws(APIFailure) {
                return try await refresh(
                    asking: check.lookups, from: client, parallelism: parallelism.parallelism)
            } catch {
                throw Stop(error.diagnostic(account.stamp), code: error.exitCode)
            }
        }
        let report = check.report(live, environment: account.stamp, scope: scope, at: session.now())
        try show(report, context, in: session)
        return report.exitCode
    }

    /// Nil where there are none, or none that can be read.
    private func manifests(_ context: RunContext) async -> DesiredState? {
        guard let loaded = try? await context.manifests([]), !loaded.hasErrors else { return nil }
        return loaded.desired
    }

    private func show(_ report: DriftReport, _ context: RunContext, in session: Session) throws {
        let redaction = redaction.redaction(publicAttributes: context.workspace.publicAttributes, in: session)
        switch format.format {
        case .text:
            let style = TextStyle.forOutput(in: session, color: style.color)
            try session.output.write(
                context.notice + DriftText.render(redaction?.redacted(report) ?? report, style: style))
        case .json:
            try session.output.write(DriftJSON.render(report, version: version, redaction: redaction))
        }
    }
}

extension DriftReport {
    var exitCode: ExitCode {
        var codes: [ExitCode] = []
        if errored { codes.append(.blocked) }
        if !drifted.isEmpty { codes.append(.driftFound) }
        return .first(of: codes)
    }
}
