import ArgumentParser
import Ledger

struct LedgerUnlockCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: "Take the lock from a run that is certainly dead.",
        discussion: "A run that is still alive notices before its next call, and stops.")

    @OptionGroup var environment: EnvironmentOptions

    func run(in session: Session) async throws -> ExitCode {
        let context = try RunContext.load(environment, in: session)
        let path = try context.ledgerPath()
        guard kindOfFile(path) == .file else {
            try session.output.write("There is no ledger, and so no lock.\n")
            return .done
        }
        let record = try ledgerCall { () throws(LedgerFailure) in try LedgerFile.open(path).breakLock() }
        try session.output.write(
            record.map { "The lock is free; it was held by \($0.words).\n" } ?? "There is no lock.\n")
        return .done
    }
}
