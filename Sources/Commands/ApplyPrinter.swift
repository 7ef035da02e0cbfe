import Diagnostics
import Planning
import Views

/// Shows an apply while it runs: text for people, or one JSON object a line.
struct ApplyPrinter: Sendable {
    var plans: PlanPrinter
    /// Nil where nobody watches.
    private let progress: ProgressLine?

    init(plans: PlanPrinter) {
        self.plans = plans
        progress = ProgressLine(plans.format, in: plans.session)
    }

    private var session: Session { plans.session }

    func write(_ plan: Plan, sources: SourceLibrary, context: RunContext, canary: Canary? = nil) throws {
        switch plans.format {
        case .text:
            try plans.write(plan, sources: sources, context: context, canary: canary)
            if plan.applyable { try session.output.write("\n") }
        case .json:
            let shown = plans.redaction?.redacted(plan) ?? plan
            for diagnostic in shown.diagnostics {
                try session.output.write(ApplyEventsJSON.diagnostic(diagnostic, at: session.now()))
            }
            try session.output.write(ApplyEventsJSON.planned(shown, canary: canary, at: session.now()))
        }
    }

    /// Only the full word counts, and only what is typed when the plan is there: what follows may not be undone.
    func confirms(_ plan: Plan) throws -> Bool {
        let steps = plan.steps.count == 1 ? "this step" : "these \(plan.steps.count) steps"
        return try session.answer(
            to: "Do \(steps) in '\(plan.environment.name)'? Type \"yes\" to continue: ") == "yes"
    }

    /// - Parameter planned: how many steps the plan has.
    func show(_ event: ApplyEvent, planned: Int) throws {
        guard let progress else { return try show(event) }
        // What it takes long for stands in the progress line.
        if case .progress = event { return try progress.tell(event, of: planned) {} }
        try progress.tell(event, of: planned) { try show(event) }
    }

    /// The account's rate makes everybody wait.
    func waiting(_ seconds: Double) {
        switch plans.format {
        case .text:
            notice(ApplyText.line(for: .waiting(seconds: seconds), style: plans.style) ?? "")
        case .json:
            // A closed output shows at the next event.
            try? session.output.write(ApplyEventsJSON.line(for: .waiting(seconds: seconds), at: session.now()))
        }
    }

    /// A line beside the output.
    func notice(_ line: String) {
        let write = { _ = try? session.errorOutput.write(line) }
        if let progress { progress.interrupted(by: write) } else { write() }
    }

    /// When the apply is over, however it ended.
    func end() { progress?.clear() }

    func show(_ event: ApplyEvent) throws {
        let shown = plans.redaction?.redacted(event) ?? event
        switch plans.format {
        case .text:
            try session.output.write(ApplyText.line(for: shown, style: plans.style) ?? "")
        case .json:
            try session.output.write(ApplyEventsJSON.line(for: shown, at: session.now()))
        }
    }

    /// A sentence for people.
    func say(_ text: String) throws {
        switch plans.format {
        case .text: try session.output.write(text)
        case .json: break
        }
    }

    /// The last words of a run that does not wait for its calls.
    func showAborted(_ report: ApplyReport) {
        end()
        var report = report
        (report.interrupted, report.aborted) = (true, true)
        for line in report.lines {
            if case .unknown = line.outcome { try? show(.finished(line.step, line.outcome)) }
        }
        try? show(.summary(report))
    }

    /// Where nobody reads the output any more.
    func showWithoutOutput(_ report: ApplyReport) {
        try? session.errorOutput.write(ApplyText.summary(of: report, style: plans.style))
    }

    /// Runs the work; in the machine format, what stops it is told as events too.
    static func printing(
        as format: OutputFormat, redacting choice: RedactChoice, in session: Session,
        _ work: () async throws -> ExitCode
    ) async throws -> ExitCode {
        if format == .json { try session.output.write(ApplyEventsJSON.version(version, at: session.now())) }
        do {
            return try await work()
        } catch let stop as Stop where format == .json {
            let shown = stop.redacted(by: choice.redaction(in: session))
            // Where nobody reads the output any more, the standard error and the code still tell.
            for diagnostic in shown.diagnostics {
                try? session.output.write(ApplyEventsJSON.diagnostic(diagnostic, at: session.now()))
            }
            throw shown
        }
    }
}
