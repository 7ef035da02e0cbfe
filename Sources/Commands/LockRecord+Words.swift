import Diagnostics
import Ledger
import ProfileModel
import Views
import WireFormat

extension LockRecord {
    /// `ops on build-7 (process 4711), for 2 min, https://ci.example/run/5`.
    func words(at now: Timestamp) -> String {
        let ci = holder.ciURL.map { ", \($0)" } ?? ""
        return "\(holder.words), for \(spanWords(from: acquiredAt, to: now))\(ci)"
    }

    /// The refusal of those who come while the lease runs.
    /// - Parameter isGone: the holder's process is known to have ended.
    func refusal(at now: Timestamp, isGone: Bool) -> Diagnostic {
        let free = "in \(spanWords(from: now, to: expiresAt)) (\(expiresAt.wholeSeconds))"
        let message = "another run holds the lock of the ledger: \(words(at: now))"
        guard isGone else {
            return Diagnostic(
                .ledgerLocked, message,
                help:
                    "wait for it to end, or let --lock-timeout 5m wait. A living run renews its lease, a dead one's ends \(free); `profilectl ledger unlock` takes the lock at once"
            )
        }
        return Diagnostic(
            .ledgerLocked, "\(message); but this process no longer runs on this machine",
            help:
                "its lease ends \(free); `profilectl ledger unlock` takes the lock at once. What was under way is then settled by the next apply"
        )
    }

    /// What the one says who takes over.
    func takeoverWords(at now: Timestamp) -> String {
        "took over the lock of \(holder.words), whose lease ended \(spanWords(from: expiresAt, to: now)) ago"
    }
}

extension LockHolder {
    /// `ops on build-7 (process 4711)`.
    var words: String { "\(name) on \(host) (process \(pid))" }
}
