package import Ledger
package import ProfileModel
package import ProfilesAPI
import Synchronization

/// The ledger's lock while it is ours.
///
/// The lease is short, so that a run that was killed does not keep others out for long, and renewed by a heartbeat, so that
/// a run that only waits does not lose it. Who was asleep for longer than that is fenced off: `writePermission` looks before
/// each sending of a write.
package struct HeldLock: Sendable {
    /// In seconds: what others wait for at most after a run was killed.
    package static let lease: Int64 = 60
    /// In seconds. Three may fail before the lease ends.
    package static let heartbeat = 15.0

    package let token: LockToken
    private let ledger: LedgerFile
    private let now: @Sendable () -> Timestamp

    package init(_ token: LockToken, of ledger: LedgerFile, now: @escaping @Sendable () -> Timestamp) {
        self.token = token
        self.ledger = ledger
        self.now = now
    }

    /// Lets go; nothing happens when the lock is no longer ours.
    package func release() {
        try? ledger.releaseLock(token)
    }

    /// Lets go when the process is about to end: nothing waits for other programs any more.
    package func releaseAtOnce() {
        ledger.stopWaiting()
        release()
    }

    /// Does the work while the lease is renewed beside it.
    /// - Parameter beat: returns after so many seconds; false when there will be no further beat.
    package func beating<Value: Sendable>(
        _ beat: @escaping @Sendable (Double) async -> Bool, while work: () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let end = WorkEnd()
            group.addTask {
                // The next write looks at the lock again, so this error can be ignored.
                while await beat(Self.heartbeat) { try? renew(until: { end.isReached }) }
            }
            defer {
                end.reach()
                group.cancelAll()
            }
            return try await work()
        }
    }

    package var writePermission: WritePermission {
        { () throws(WriteForbidden) in
            do throws(LedgerFailure) {
                try confirm()
            } catch {
                throw WriteForbidden(reason: error.reasonNotToWrite)
            }
        }
    }

    /// Throws when the lock is not ours any more. A lease that is half over, or has ended unnoticed, is renewed, which
    /// only succeeds when nobody took the lock since.
    package func confirm() throws(LedgerFailure) {
        let record = try ledger.checkLock(token)
        if record.expiresAt.seconds - now().seconds <= Self.lease / 2 { try renew() }
    }

    private func renew(until isOver: @escaping @Sendable () -> Bool = { false }) throws(LedgerFailure) {
        _ = try ledger.renewLock(token, now: now(), lease: Self.lease, until: isOver)
    }
}

/// Whether the work under the lock is over, for a heartbeat that waits on a thread of its own.
private final class WorkEnd: Sendable {
    private let state = Mutex(false)

    var isReached: Bool { state.withLock { $0 } }

    func reach() { state.withLock { $0 = true } }
}

extension LedgerFailure {
    fileprivate var reasonNotToWrite: String {
        switch self {
        case .lockLost(by: let thief?):
            "the lock of the ledger was taken by \(thief.holder.name) on \(thief.holder.host)"
        case .lockLost(by: nil): "the lock of the ledger was taken away"
        case .gone: "the ledger was removed or replaced"
        case .interrupted: "the run was asked to stop"
        case .locked, .newerFormat, .notALedger, .strayJournal, .otherEnvironment, .damaged, .cannotRead, .cannotWrite,
            .diskFull, .busy, .duplicateRun, .unknownRun, .managedElsewhere:
            "the lock of the ledger could not be read"
        }
    }
}
