import Diagnostics
import Planning
import ProfileModel
import Views

/// Shows an apply while it runs: text for people, or one JSON object a line.
struct ApplyPrinter: Sendable {
    var format: OutputFormat
    var style: TextStyle
    var detail: PlanDetail
    var redaction: Redaction?
    var session: Session

    func write(_ plan: Plan, sources: SourceLibrary, context: RunContext) throws {
        let shown = redaction?.redacted(plan) ?? plan
        switch format {
        case .text:
            try PlanPrinter(format: .text, style: style, detail: detail, redaction: redaction, session: session)
                .write(plan, sources: sources, context: context)
        case .json:
            try session.output.write(ApplyEventsJSON.opening(shown, version: version, at: session.now()))
        }
    }

    /// Only the full word counts: what follows may not be undone.
    func confirms(_ plan: Plan) throws -> Bool {
        let question = "\nMake these \(counted(plan.steps.count, "step")) in '\(plan.environment.name)'? Type yes: "
        try session.errorOutput.write(question)
        return session.readLine() == "yes"
    }

    func show(_ event: ApplyEvent) async {
        let shown = redaction?.redacted(event) ?? event
        switch format {
        case .text:
            try? session.output.write(ApplyText.render(shown, style: style))
        case .json:
            try? session.output.write(ApplyEventsJSON.render(shown, at: session.now()))
        }
    }

    func write(_ report: ApplyReport, plan: Plan) throws {
        guard format == .text else { return }
        try session.output.write(ApplyText.render(redaction?.redacted(report) ?? report, style: style))
    }

    /// Runs the work; in the machine format, what stops it is told as events too.
    func printing(_ work: () async throws -> ExitCode) async throws -> ExitCode {
        do {
            return try await work()
        } catch let stop as Stop where format == .json {
            try session.output.write(
                ApplyEventsJSON.failure(stop.diagnostics, version: version, at: session.now()))
            return stop.code
        }
    }
}
