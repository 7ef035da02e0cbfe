import ArgumentParser
import Diagnostics
import Ledger
import Manifests
import ProfileModel
import Views

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "What profilectl manages in an environment.",
        subcommands: [
            LedgerListCommand.self, LedgerShowCommand.self, LedgerForgetCommand.self, LedgerMoveCommand.self,
            LedgerUnlockCommand.self,
        ])
}

struct LedgerListCommand: SessionCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the managed profiles.")

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var redaction: RedactOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var failsInJSON: Bool { format.format == .json }
    var redactChoice: RedactChoice { redaction.redact }

    func run(in session: Session) async throws -> ExitCode {
        let context = try RunContext.load(environment, in: session)
        let entries = try entries(of: context, redaction, in: session)
        switch format.format {
        case .text:
            let style = TextStyle.forOutput(in: session, color: style.color)
            try session.output.write(context.notice + LedgerText.list(entries, style: style))
        case .json:
            try session.output.write(LedgerJSON.list(entries))
        }
        return .done
    }
}

struct LedgerShowCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what the ledger holds of one profile.")

    @Argument(help: "The address, source/type/name.")
    var address: String

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var redaction: RedactOptions
    @OptionGroup var style: StyleOptions

    var colorChoice: ColorChoice { style.color }
    var failsInJSON: Bool { format.format == .json }
    var redactChoice: RedactChoice { redaction.redact }

    func run(in session: Session) async throws -> ExitCode {
        let address = try LedgerEditor.address(address)
        let context = try RunContext.load(environment, in: session)
        let entry = try LedgerEditor.entry(at: address, among: entries(of: context, redaction, in: session))
        switch format.format {
        case .text:
            let style = TextStyle.forOutput(in: session, color: style.color)
            try session.output.write(context.notice + LedgerText.entry(entry, style: style))
        case .json:
            try session.output.write(LedgerJSON.entry(entry))
        }
        return .done
    }
}

private func entries(
    of context: RunContext, _ options: RedactOptions, in session: Session
) throws(Stop) -> [LedgerEntry] {
    try context.needsLedger(orElse: "nobody knows what is managed", in: session)
    let entries = try ledgerEntries(of: context)
    guard let redaction = options.redaction(publicAttributes: context.workspace.publicAttributes, in: session) else {
        return entries
    }
    return entries.map { redaction.redacted($0) }
}
