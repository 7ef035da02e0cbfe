import ArgumentParser

/// The version of the program; raised by hand at each release.
let version = "0.1.0"

struct VersionCommand: SessionCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run(in session: Session) async throws -> ExitCode {
        try session.output.write("profilectl \(version)\n")
        return .done
    }
}
