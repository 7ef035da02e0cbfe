import ArgumentParser
import Diagnostics
import Views

struct ExplainCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain a diagnostic code (PM108), or `exit-codes`.")

    @Argument(help: "A code as it stands in a message, `exit-codes`, or nothing for the list of all codes.")
    var topic: String?

    func run(in session: Session) async throws -> ExitCode {
        try session.output.write(text())
        return .done
    }

    private func text() throws -> String {
        guard let topic else { return Self.list }
        if topic == "exit-codes" { return ExitCode.table }
        guard let code = DiagnosticCode(rawValue: topic.uppercased()) else {
            throw ValidationError("there is no code '\(Escaping.escaped(topic))'; `profilectl explain` lists all codes")
        }
        return ExplainText.render(code)
    }

    private static var list: String {
        DiagnosticCode.allCases.map { "\($0.rawValue)  \("\($0)")\n" }.joined()
    }
}
