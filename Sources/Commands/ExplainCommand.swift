import ArgumentParser
import Diagnostics
import Views

struct ExplainCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain a diagnostic code (PM108), or `exit-codes`.")

    @Argument(help: "A code as it stands in a message, `exit-codes`, or nothing for the list of all codes.")
    var topic: String?

    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }

    func run(in session: Session) async throws -> ExitCode {
        var style = TextStyle.forOutput(in: session, color: style.color)
        style.width = min(style.width ?? 100, 100)
        try session.output.write(text(style))
        return .done
    }

    private func text(_ style: TextStyle) throws -> String {
        guard let topic else { return Self.list }
        if topic == "exit-codes" { return ExitCode.table }
        guard let code = DiagnosticCode(rawValue: topic.uppercased()) else {
            throw ValidationError("there is no code '\(Escaping.escaped(topic))'; `profilectl explain` lists all codes")
        }
        return ExplainText.render(code, style: style)
    }

    private static var list: String {
        DiagnosticCode.allCases.map { "\($0.rawValue)  \($0.page.title)\n" }.joined()
    }
}
