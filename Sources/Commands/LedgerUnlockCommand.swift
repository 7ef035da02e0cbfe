import ArgumentParser
import Ledger
import ProfileModel
import Views

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
        guard let record else {
            try session.output.write("There is no lock.\n")
            return .done
        }
        let now = session.now()
        try session.output.write(
            Escaping.escaped("The lock is free; it was held by \(record.words(at: now)). \(record.leaseWords(at: now))")
                + "\n")
        if record.holder.host == session.process.host, session.isRunning(record.holder.pid) {
            try session.errorOutput.write(
                "Process \(record.holder.pid) still runs on this machine; if it is that run, it stops before its next write.\n"
            )
        }
        return .done
    }
}

extension LockRecord {
    fileprivate func leaseWords(at now: Timestamp) -> String {
        now < expiresAt
            ? "Its lease had \(spanWords(from: now, to: expiresAt)) to go."
            : "Its lease ended \(spanWords(from: expiresAt, to: now)) ago."
    }
}
