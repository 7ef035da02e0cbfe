import ArgumentParser
import Diagnostics
import Views

struct ShowCommand: SessionCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a saved plan.")

    @Argument(help: "A plan saved by `plan --out`.")
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
        let plan: [UInt8]
        do throws(FileFailure) {
            plan = try readFile(resolvePath(file, in: place))
        } catch {
            throw Stop(Diagnostic(.unreadableFile, "cannot read '\(file)': \(error.reason)"), code: .error)
        }
        let saved = try SavedPlan.read(plan, file)
        let redaction = detail.redact.redaction(publicAttributes: [], in: session)
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
        return .done
    }
}
