import ArgumentParser
import Diagnostics

struct InitCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a starting workspace: profilectl.yaml, one manifest, .gitignore.",
        discussion: "Files that are already there are left alone.")

    enum ContinuousIntegration: String, ExpressibleByArgument, CaseIterable {
        case github, gitlab
    }

    @Option(help: ArgumentHelp("Write the pipeline files of this service too.", valueName: "github|gitlab"))
    var ci: ContinuousIntegration?

    @OptionGroup var directory: DirectoryOptions

    func run(in session: Session) async throws -> ExitCode {
        let place = try directory.path(in: session)
        for (name, text) in files {
            let path = resolvePath(name, in: place)
            guard kindOfFile(path) == .missing else {
                try session.output.write("kept     \(name) (it was there already)\n")
                continue
            }
            do throws(FileFailure) {
                if let slash = path.lastIndex(of: "/") { try makeDirectory(String(path[..<slash])) }
                try writeFile(path, Array(text.utf8), isPrivate: false)
            } catch {
                throw Stop(Diagnostic(.unwritableFile, "cannot write \(name): \(error.reason)"), code: .error)
            }
            try session.output.write("written  \(name)\n")
        }
        try session.output.write(
            """

            Next: `profilectl plan` shows what would be created in the embedded sandbox, and
            `profilectl apply` does it. No account is needed for that.

            """)
        return .done
    }

    private var files: [(name: String, text: String)] {
        let workspace = [
            ("profilectl.yaml", StarterFiles.workspace), ("profiles/riders.yaml", StarterFiles.manifest),
            (".gitignore", StarterFiles.gitignore),
        ]
        return switch ci {
        case nil: workspace
        case .github: workspace + [(".github/workflows/profiles.yml", StarterFiles.github)]
        case .gitlab: workspace + [(".gitlab-ci.yml", StarterFiles.gitlab)]
        }
    }
}
