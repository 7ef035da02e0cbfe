import Diagnostics
import Planning
import Views

/// Shows a plan, or what prevented one, in the chosen form.
struct PlanPrinter {
    var format: OutputFormat
    var style: TextStyle
    var detail: PlanDetail
    var redaction: Redaction?
    var session: Session

    func write(_ plan: Plan, sources: SourceLibrary, context: RunContext) throws {
        let shown = redaction?.redacted(plan) ?? plan
        switch format {
        case .text:
            if !context.workspace.isWritten { try session.output.write(Self.implicitNotice) }
            try session.output.write(
                PlanText.render(shown, style: style, detail: detail, sources: sources.source))
        case .json:
            try session.output.write(PlanJSON.render(shown, version: version))
        }
    }

    /// Runs the work; in a machine format, what stops it is a complete document on the standard output too.
    func printing(for context: RunContext, _ work: () async throws -> ExitCode) async throws -> ExitCode {
        do {
            return try await work()
        } catch let stop as Stop where format == .json {
            let plan = Plan(
                environment: EnvironmentStamp(name: context.environment.name, service: ""), createdAt: session.now(),
                diagnostics: stop.diagnostics,
                cost: Cost(
                    readsMade: 0, checkReads: 0, writes: [], perMinute: context.pace.perMinute,
                    share: context.pace.share))
            try session.output.write(PlanJSON.render(plan, version: version))
            return stop.code
        }
    }

    private static let implicitNotice =
        "No \(RunContext.workspaceFileName) here: using an embedded sandbox as environment `local`; no account is touched.\n"
}
