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

    func run(in session: Session) async throws -> ExitCode {
        let place = resolvePath(directory.directory ?? ".", in: session.workingDirectory)
        let plan: [UInt8]
        do throws(FileFailure) {
            plan = try readFile(resolvePath(file, in: place))
        } catch {
            throw Stop(Diagnostic(.unreadableFile, "cannot read '\(file)': \(error.reason)"), code: .error)
        }
        let saved = try SavedPlan.read(plan, file)
        let shown = detail.redaction(publicAttributes: [], in: session)?.redacted(saved) ?? saved
        switch format.format {
        case .text:
            let style = TextStyle.forOutput(in: session, color: style.color)
            try session.output.write(PlanText.render(shown, style: style, detail: detail.detail) { _ in nil })
        case .json:
            try session.output.write(PlanJSON.render(shown, version: version))
        }
        return .done
    }
}
