import ArgumentParser
import Diagnostics
import Planning
import Views

struct ShowCommand: SessionCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a saved plan or snapshot.")

    @Argument(help: "A plan saved by `plan --out`, or a snapshot.")
    var file: String

    @OptionGroup var directory: DirectoryOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var detail: DetailOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var failsInJSON: Bool { format.format == .json }
    var redactChoice: RedactChoice { detail.redact.redact }

    func run(in session: Session) async throws -> ExitCode {
        let place = try directory.path(in: session)
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try readFile(resolvePath(file, in: place))
        } catch {
            throw Stop(Diagnostic(.unreadableFile, "cannot read '\(file)': \(error.reason)"), code: .error)
        }
        let redaction = detail.redact.redaction(publicAttributes: [], in: session)
        if Snapshot.isLikely(bytes) {
            try show(try SavedSnapshot.read(bytes, file), redaction, in: session)
        } else {
            try show(try SavedPlan.read(bytes, file), redaction, in: session)
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
}
