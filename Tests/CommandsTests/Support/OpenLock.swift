import Ledger
import ProfileModel

/// Another run that holds the lock of a ledger.
final class OpenLock: Sendable {
    private let now = Timestamp(seconds: 1_700_000_000)
    private let ledger: LedgerFile
    private let token: LockToken

    init(_ path: String) throws {
        ledger = try LedgerFile.open(path)
        let holder = LockHolder(name: "ci", host: "build-8", pid: 12)
        token = try ledger.acquireLock(holder, now: now, lease: 600).record.token
    }

    /// Begins and ends a run without steps, and lets go of the lock.
    func recordRunAndRelease() throws {
        let run = RunRecord(id: "20231114T221320Z-ffff", environment: "staging", startedAt: now)
        try ledger.begin(run, lock: token)
        try ledger.end(run: run.id, at: now, summary: "{}", lock: token)
        try ledger.releaseLock(token)
    }
}
