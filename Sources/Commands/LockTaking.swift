import Diagnostics
import Ledger
import ProfileModel
import Reconciler
import Views

/// Takes the lock of a ledger, and waits for whoever holds it as long as the user allows.
struct LockTaking {
    /// How often is looked again, in seconds.
    private static let pause = 1.0

    let session: Session
    let timeout: WaitingTime

    init(_ options: LockOptions, in session: Session) {
        self.session = session
        timeout = options.lockTimeout ?? WaitingTime(seconds: 0)
    }

    /// Does the work while the lock is ours, and lets go of it however the work ends, be it by Ctrl-C.
    func holding<Value: Sendable>(
        _ ledger: LedgerFile, _ work: (HeldLock) async throws -> Value
    ) async throws -> Value {
        ledger.wait(waiting)
        let lock = try await take(ledger)
        ledger.wait(waiting(isRunning: true))
        session.whenInterrupted(.endAfter { lock.releaseAtOnce() })
        defer {
            lock.release()
            session.whenInterrupted(.end)
        }
        let pause = session.pause
        return try await lock.beating(
            { seconds in (try? await pause(seconds)) != nil && !Task.isCancelled }, while: { try await work(lock) })
    }

    /// How a command waits for other programs before it has the lock.
    var waiting: LedgerWaiting { waiting(isRunning: false) }

    private func waiting(isRunning: Bool) -> LedgerWaiting {
        LedgerWaiting(
            LedgerPatience(lockTimeout: timeout.seconds, isRunning: isRunning), uptime: session.uptime,
            pause: session.pauseThread, isInterrupted: session.isInterrupted,
            onNotice: { [session] notice in
                try? session.errorOutput.write(Escaping.escaped(notice.words) + "\n")
            })
    }

    private func take(_ ledger: LedgerFile) async throws -> HeldLock {
        let start = session.uptime()
        var isTold = false
        while true {
            do throws(LedgerFailure) {
                let grant = try ledger.acquireLock(session.lockHolder, now: session.now(), lease: HeldLock.lease)
                tell(grant.takenFrom)
                return HeldLock(grant.record.token, of: ledger, now: session.now)
            } catch {
                guard case .locked(let record) = error else { throw Stop(error.diagnostic, code: error.exitCode) }
                let rest = timeout.seconds - (session.uptime() - start)
                guard rest > 0 else { throw Stop(refusal(record), code: error.exitCode) }
                if !isTold { tellWaiting(for: record, rest) }
                isTold = true
                try await session.sleep(min(Self.pause, rest))
            }
        }
    }

    private func refusal(_ record: LockRecord) -> Diagnostic {
        record.refusal(at: session.now(), isGone: session.isGone(record.holder))
    }

    private func tellWaiting(for record: LockRecord, _ rest: Double) {
        try? session.errorOutput.write(
            Escaping.escaped(
                "waiting up to \(Int(rest.rounded(.up))) s for the lock of \(record.words(at: session.now()))") + "\n")
    }

    private func tell(_ former: LockRecord?) {
        guard let former else { return }
        try? session.errorOutput.write(Escaping.escaped(former.takeoverWords(at: session.now())) + "\n")
    }
}

extension LedgerWaiting.Notice {
    fileprivate var words: String {
        if isInterrupted, isAfterCall {
            return "still waiting for \(holder.words), to record calls that were made; Ctrl-C again ends at once"
        }
        return
            "waiting for \(holder.words), which has a transaction open in the ledger \(path); no call is made meanwhile"
    }
}

extension Session {
    var lockHolder: LockHolder {
        LockHolder(
            name: process.user, host: process.host, pid: process.id, ciURL: pipelinePage(in: environment))
    }

    /// Whether the holder's process is known to have ended. One with our own number is another machine's, or ours.
    func isGone(_ holder: LockHolder) -> Bool {
        holder.host == process.host && holder.pid != process.id && !isRunning(holder.pid)
    }
}
