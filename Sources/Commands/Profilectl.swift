package import ArgumentParser
import Diagnostics
import Views

/// The program: reads the arguments, runs the command in the session, and tells how it ended.
package func profilectl(_ arguments: [String], in session: Session) async -> ExitCode {
    do {
        try checkCommandNames(arguments)
        var command = try Profilectl.parseAsRoot(arguments)
        guard let command = command as? any SessionCommand else {
            try command.run()
            return .done
        }
        return try await run(command, in: session)
    } catch {
        return report(error, in: session)
    }
}

private func run(_ command: any SessionCommand, in session: Session) async throws -> ExitCode {
    do {
        let place = command.staysOnItsThread ? nil : globalConcurrentExecutor
        return try await withTaskExecutorPreference(place) { try await command.run(in: session) }
    } catch let stop as Stop {
        do {
            try tell(stop, of: command, in: session)
        } catch var closed as Output.Closed {
            closed.code = .first(of: [closed.code, stop.code])
            throw closed
        }
        return stop.code
    } catch let refusal as ValidationError {
        // The parser would show the usage of the whole program here.
        try session.errorOutput.write("Error: \(refusal.message)\n  With --help the command lists its options.\n")
        return .usage
    }
}

private func tell(_ stop: Stop, of command: any SessionCommand, in session: Session) throws {
    let style = TextStyle.forErrors(in: session, color: command.colorChoice)
    let shown = stop.redacted(by: command.redactChoice.redaction(in: session))
    if command.failsInJSON {
        try session.output.write(DiagnosticsJSON.render(shown.diagnostics, sources: shown.sources.source))
    }
    try session.errorOutput.write(
        DiagnosticsText.render(shown.diagnostics, style: style, sources: shown.sources.source))
}

/// What the argument parser says, and what is left when nobody can be told.
private func report(_ error: any Error, in session: Session) -> ExitCode {
    if let closed = error as? Output.Closed { return report(closed, in: session) }
    if let unknown = error as? UnknownCommand {
        try? session.errorOutput.write(unknown.message)
        return .usage
    }
    let isHelp = Profilectl.exitCode(for: error) == ArgumentParser.ExitCode.success
    let message = Profilectl.fullMessage(for: error)
    do {
        try (isHelp ? session.output : session.errorOutput).write(message.hasSuffix("\n") ? message : message + "\n")
    } catch let closed as Output.Closed where isHelp {
        return report(closed, in: session)
    } catch {}
    return isHelp ? .done : .usage
}

private func report(_ closed: Output.Closed, in session: Session) -> ExitCode {
    try? session.errorOutput.write("profilectl: cannot write the output: \(closed.reason)\n")
    return closed.code
}

/// A command that runs in a session.
protocol SessionCommand: ParsableCommand {
    var colorChoice: ColorChoice { get }
    var redactChoice: RedactChoice { get }
    /// Whether what ends the command is a JSON document on the standard output too; for commands in a machine
    /// format whose own document has no room for it.
    var failsInJSON: Bool { get }
    /// Whether it begins where the program does, on the `FirstThread`: for a command in which nothing else goes on
    /// meanwhile, neither calls nor a lock that must be kept.
    var staysOnItsThread: Bool { get }
    /// Throws `Stop` for what ends it early, and `Output.Closed`.
    func run(in session: Session) async throws -> ExitCode
}

extension SessionCommand {
    var colorChoice: ColorChoice { .auto }
    var redactChoice: RedactChoice { .auto }
    var failsInJSON: Bool { false }
    var staysOnItsThread: Bool { false }
}

/// Ends a command: what is wrong goes to the standard error.
struct Stop: Error {
    var diagnostics: [Diagnostic]
    var code: ExitCode
    var sources = SourceLibrary()

    init(_ diagnostics: [Diagnostic], code: ExitCode, sources: SourceLibrary = SourceLibrary()) {
        self.diagnostics = diagnostics
        self.code = code
        self.sources = sources
    }

    init(_ diagnostic: Diagnostic, code: ExitCode) {
        self.init([diagnostic], code: code)
    }
}

/// The texts that were read, so that messages can show their lines.
struct SourceLibrary: Sendable {
    private var texts: [String: SourceText] = [:]

    mutating func add(_ text: SourceText) {
        texts[text.name] = text
    }

    mutating func add(_ other: SourceLibrary) {
        texts.merge(other.texts) { old, _ in old }
    }

    func source(_ name: String) -> SourceText? {
        texts[name]
    }
}

package struct Profilectl: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "profilectl",
        abstract: "Customer profiles as code: plan shows what would change, apply makes exactly those calls.",
        discussion: """
            Start with `profilectl init`, then `profilectl plan` and `profilectl apply`. Without a \
            workspace file everything runs against an embedded sandbox; no account is needed.
            """,
        version: "profilectl \(version)",
        subcommands: [
            InitCommand.self, ValidateCommand.self, PlanCommand.self, ApplyCommand.self, RollbackCommand.self,
            ShowCommand.self, DriftCommand.self, GetCommand.self, SnapshotCommand.self, LedgerCommand.self,
            SandboxCommand.self,
            ExplainCommand.self, CompletionsCommand.self,
            VersionCommand.self,
        ])

    package init() {}
}
