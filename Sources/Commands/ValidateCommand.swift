import ArgumentParser
import Diagnostics
import ProfileModel
import Views

struct ValidateCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check manifests and the workspace file. No network, no credentials.")

    @Argument(help: "Manifests, directories or globs instead of those of the workspace file.")
    var paths: [String] = []

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var redaction: RedactOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var redactChoice: RedactChoice { redaction.redact }
    var staysOnItsThread: Bool { true }

    func run(in session: Session) async throws -> ExitCode {
        let redaction = redactChoice.redaction(in: session)
        let context: RunContext
        let manifests: LoadedManifests
        do {
            context = try RunContext.load(environment, paths: paths, in: session, comparing: .all)
            manifests = try await context.manifests(paths, in: session)
        } catch  where format.format == .json {
            try show(error.redacted(by: redaction), in: session)
            return error.code
        }
        session.keepToTheEnd(manifests)
        let found = Stop(manifests.diagnostics, code: .invalidInput, sources: manifests.sources)
        try show(found.redacted(by: redaction), in: session)
        if format.format == .text, !manifests.hasErrors {
            try session.output.write(context.notice + summary(of: manifests))
        }
        return manifests.hasErrors ? .invalidInput : .done
    }

    private func show(_ found: Stop, in session: Session) throws {
        switch format.format {
        case .json:
            try session.output.write(DiagnosticsJSON.render(found.diagnostics, sources: found.sources.source))
        case .text:
            let style = TextStyle.forErrors(in: session, color: style.color)
            try session.errorOutput.write(
                DiagnosticsText.render(found.diagnostics, style: style, sources: found.sources.source))
        }
    }

    private func summary(of manifests: LoadedManifests) -> String {
        let profiles = counted(manifests.desired.profiles.count, "profile")
        return "Valid: \(profiles) in \(counted(manifests.fileCount, "file")).\n"
    }
}

/// `1 profile`, `2 profiles`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
