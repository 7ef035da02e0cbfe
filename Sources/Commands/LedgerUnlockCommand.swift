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
        guard try ledgerCall({ () throws(LedgerFailure) in try LedgerFile.exists(path) }) else {
            try session.output.write("There is no ledger, and so no lock.\n")
            return .done
        }
        let (record, open) = try ledgerCall { () throws(LedgerFailure) in
            let ledger = try LedgerFile.open(path)
            return (try ledger.breakLock(), try ledger.unsettled().count)
        }
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
        if open > 0, now < record.expiresAt {
            let calls = open == 1 ? "A call of that run may" : "\(open) calls of that run may"
            try session.errorOutput.write(
                "\(calls) still be under way: what the service does with it after the next apply has looked is only seen by a later plan.\n"
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
