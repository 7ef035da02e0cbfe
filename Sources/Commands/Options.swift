import ArgumentParser
import Diagnostics
import Manifests
import Views

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// Options that every command takes which prints more than a line.
struct StyleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("When to colour the output.", valueName: "auto|always|never"))
    var color: ColorChoice = .auto
}

struct DirectoryOptions: ParsableArguments {
    @Option(
        name: .customShort("C"), help: ArgumentHelp("Run as if started in this directory.", valueName: "directory"))
    var directory: String?

    /// The directory to run in, absolute.
    func path(in session: Session) throws(Stop) -> String {
        let written = directory ?? "."
        // Relative to nothing would be relative to the root of the file system.
        guard written.hasPrefix("/") || !session.workingDirectory.isEmpty else {
            throw Stop(
                Diagnostic(
                    .unreadableFile, "the current directory does not exist any more",
                    help: "change to another directory, or give an absolute one with -C"),
                code: .usage)
        }
        let path = resolvePath(written, in: session.workingDirectory)
        guard kindOfFile(path) == .directory else {
            if directory == nil {
                throw Stop(
                    Diagnostic(
                        .unreadableFile, "the working directory '\(path)' cannot be found by its name",
                        help: "it was removed, or its name is not UTF-8: rename it, or name another one with -C"),
                    code: .usage)
            }
            throw Stop(Diagnostic(.unreadableFile, "there is no directory '\(directory ?? path)'"), code: .usage)
        }
        return path
    }
}

struct EnvironmentOptions: ParsableArguments {
    @Option(
        name: .customLong("env"),
        help: ArgumentHelp("The environment of the workspace file; else PROFILECTL_ENV.", valueName: "name"))
    var environment: String?

    @OptionGroup var directory: DirectoryOptions

    /// What PROFILECTL_ENV names; nil where nothing does, and where it is not asked because `--env` answers.
    func variable(in session: Session) throws(Stop) -> String? {
        guard environment == nil, let name = session.environment["PROFILECTL_ENV"], !name.isEmpty else { return nil }
        if let flaw = session.variables.flaw(of: "PROFILECTL_ENV") {
            throw Stop(unusableVariable("PROFILECTL_ENV", flaw, at: nil), code: .usage)
        }
        return name
    }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

struct FormatOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The form of the output.", valueName: "text|json"))
    var format: OutputFormat = .text
}

struct ParallelismOptions: ParsableArguments {
    @Option(
        name: .customLong("parallelism"),
        help: ArgumentHelp(
            """
            At most so many calls are under way at once; how many that are at a time depends on the account's rate. \
            (default: 96)
            """,
            valueName: "count"))
    var written: Int?

    var parallelism: Int { written ?? 96 }
    var isGiven: Bool { written != nil }

    func validate() throws {
        guard (1...256).contains(parallelism) else {
            throw ValidationError("--parallelism takes a number from 1 to 256")
        }
    }
}

extension TextStyle {
    static func forOutput(in session: Session, color: ColorChoice) -> TextStyle {
        TextStyle(
            color: usesColor(session, color, isTerminal: session.terminal().outputIsTerminal),
            width: session.terminal().outputIsTerminal ? session.terminal().width : nil)
    }

    static func forErrors(in session: Session, color: ColorChoice) -> TextStyle {
        TextStyle(
            color: usesColor(session, color, isTerminal: session.terminal().errorIsTerminal),
            width: session.terminal().errorIsTerminal ? session.terminal().width : nil)
    }

    /// Colour only on a terminal, unless asked for; `NO_COLOR` (no-color.org) and `TERM=dumb` turn it off.
    private static func usesColor(_ session: Session, _ choice: ColorChoice, isTerminal: Bool) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto:
            isTerminal && (session.environment["NO_COLOR"] ?? "").isEmpty && session.environment["TERM"] != "dumb"
        }
    }
}
