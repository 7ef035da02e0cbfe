import Diagnostics
import Manifests
import Planning
import Views

/// Shows a plan, or what prevented one, in the chosen form.
struct PlanPrinter: Sendable {
    var format: OutputFormat
    var style: TextStyle
    var detail: PlanDetail
    var redaction: Redaction?
    var session: Session

    func write(_ plan: Plan, sources: SourceLibrary, context: RunContext, canary: Canary? = nil) throws {
        switch format {
        case .text:
            try session.output.write(context.notice)
            // A source line would show the values that the redaction takes out.
            let shownSources = redaction == nil ? sources : SourceLibrary()
            try session.output.write(
                PlanText.render(
                    redaction?.redacted(plan) ?? plan, style: style, detail: detail, isRedacted: redaction != nil,
                    canary: canary,
                    sources: shownSources.source))
        case .json:
            try session.output.write(PlanJSON.render(plan, version: version, redaction: redaction))
        }
    }

    /// Runs the work; in a machine format, what stops it is a complete document on the standard output too.
    static func printing(
        as format: OutputFormat, redacting choice: RedactChoice, in session: Session,
        _ work: () async throws -> ExitCode
    ) async throws -> ExitCode {
        do {
            return try await work()
        } catch let stop as Stop where format == .json {
            let redaction = choice.redaction(in: session)
            let plan = Plan(
                environment: EnvironmentStamp(name: "", service: ""), createdAt: session.now(),
                diagnostics: stop.diagnostics,
                cost: Cost(readsMade: 0, checkReads: 0, writes: [], perMinute: 0, share: 1),
                isLedgerMissing: stop.diagnostics.contains { $0.code == .ledgerMissing })
            try session.output.write(PlanJSON.render(plan, version: version, redaction: redaction))
            throw stop.redacted(by: redaction)
        }
    }
}
