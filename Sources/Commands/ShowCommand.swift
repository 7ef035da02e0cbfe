import ArgumentParser
import Diagnostics
import Ledger
import Planning
import ProfileModel
import Views

struct ShowCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a saved plan, a snapshot, or what was applied.",
        discussion:
            "`show runs` lists the runs of an environment, `show RUN` shows the steps of one. A file comes first.")

    @Argument(
        help: ArgumentHelp(
            "A plan saved by `plan --out`, a snapshot, `runs`, or a run.", valueName: "file-or-run"))
    var subject: String

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var detail: DetailOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var failsInJSON: Bool { format.format == .json }
    var redactChoice: RedactChoice { detail.redact.redact }

    func run(in session: Session) async throws -> ExitCode {
        let place = try environment.directory.path(in: session)
        if kindOfFile(resolvePath(subject, in: place)) == .missing, !looksLikeFile {
            try detail.refuse()
            try showRuns(in: session)
            return .done
        }
        guard environment.environment == nil else {
            throw ValidationError("a file has its environment in it: leave --env away")
        }
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try readFile(resolvePath(subject, in: place))
        } catch {
            throw Stop(Diagnostic(.unreadableFile, "cannot read '\(subject)': \(error.reason)"), code: .error)
        }
        let redaction = detail.redact.redaction(publicAttributes: [], in: session)
        if Snapshot.isLikely(bytes) {
            try detail.refuse()
            try show(try SavedSnapshot.read(bytes, subject), redaction, in: session)
        } else {
            try show(try SavedPlan.read(bytes, subject), redaction, in: session)
        }
        return .done
    }

    private func show(_ saved: Plan, _ redaction: Redaction?, in session: Session) throws {
        switch format.format {
        case .text:
            let style = TextStyle.forOutput(in: session, color: style.color)
            try session.output.write(
                PlanText.render(
                    redaction?.redacted(saved) ?? saved, style: style, detail: detail.detail,
                    isRedacted: redaction != nil))
        case .json:
            try session.output.write(PlanJSON.render(saved, version: version, redaction: redaction))
        }
    }

    private func show(_ snapshot: Snapshot, _ redaction: Redaction?, in session: Session) throws {
        let shown = redaction?.redacted(snapshot) ?? snapshot
        switch format.format {
        case .text:
            let style = TextStyle.forOutput(in: session, color: style.color)
            try session.output.write(SnapshotText.render(shown, style: style, now: session.now()))
        case .json:
            try session.output.write(SnapshotJSON.render(shown, version: version))
        }
    }

    /// Whether a file is meant although there is none: names of runs have neither.
    private var looksLikeFile: Bool { subject.contains("/") || subject.contains(".") }

    private func showRuns(in session: Session) throws {
        let context = try RunContext.load(environment, in: session)
        let lookup = try RunLookup(
            context,
            orElse: subject == "runs"
                ? "no run is known" : "no run '\(subject)' is known, and there is no file of that name", in: session)
        let style = TextStyle.forOutput(in: session, color: style.color)
        guard subject != "runs" else {
            switch format.format {
            case .text: return try session.output.write(context.notice + RunsText.list(lookup.runs, style: style))
            case .json: return try session.output.write(RunsJSON.list(lookup.runs))
            }
        }
        let run = try lookup.run(named: subject)
        let redaction = detail.redaction(context, in: session)
        let steps = try lookup.rows(of: run).map { row in
            redaction?.redacted(row.recordedStep, quoting: row.values) ?? row.recordedStep
        }
        switch format.format {
        case .text: try session.output.write(context.notice + RunsText.run(run, steps, style: style))
        case .json: try session.output.write(RunsJSON.run(run, steps))
        }
    }
}

extension JournalRow {
    /// All that the step was about.
    fileprivate var values: [ProfileValues] {
        let applied: ProfileValues? =
            switch intent?.change {
            case .put(let entry)?, .move(_, let entry)?: entry.lastApplied
            case .remove?, nil: nil
            }
        return [intent?.prior?.values, intent?.after, applied, priorEntry?.lastApplied].compactMap(\.self)
    }
}
