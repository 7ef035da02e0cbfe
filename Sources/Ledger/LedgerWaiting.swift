import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How long calls to a ledger wait while another program has a transaction open in its file.
package struct LedgerPatience: Sendable, Hashable {
    /// Seconds; the transactions of other runs take no longer.
    package static let short = 5.0
    /// Seconds, once calls may have been made: what they did must be recorded.
    package static let ofARun = 600.0

    /// Seconds that the user allows; see `--lock-timeout`.
    package var lockTimeout: Double
    package var isRunning: Bool

    package init(lockTimeout: Double = 0, isRunning: Bool = false) {
        self.lockTimeout = lockTimeout
        self.isRunning = isRunning
    }

    /// What a call to the ledger is for.
    enum Purpose: Sendable, CaseIterable {
        /// Nothing is lost without it.
        case aside
        /// Something is sent only after it.
        case beforeCall
        /// It records what was sent.
        case afterCall
    }

    /// In seconds.
    func limit(_ purpose: Purpose, isInterrupted: Bool) -> Double {
        switch purpose {
        case .aside: Self.short
        case .beforeCall: isInterrupted ? 0 : patient
        case .afterCall: patient
        }
    }

    private var patient: Double { max(isRunning ? Self.ofARun : Self.short, lockTimeout) }
}

/// What waits for other programs needs of the world.
package struct LedgerWaiting: Sendable {
    /// Told once in each wait that takes longer than `LedgerPatience.short`.
    package struct Notice: Sendable, Hashable {
        package var path: String
        package var holder: FileHolder?
        /// What was sent is to be recorded: the user's wish to stop does not end this wait.
        package var isAfterCall: Bool
        package var isInterrupted: Bool
    }

    package var patience: LedgerPatience
    /// Seconds on a clock that never goes back.
    var uptime: @Sendable () -> Double
    /// Blocks the thread for so many seconds: SQLite waits while it keeps its place before others.
    var pause: @Sendable (Double) -> Void
    var isInterrupted: @Sendable () -> Bool
    var onNotice: @Sendable (Notice) -> Void

    package init(
        _ patience: LedgerPatience, uptime: @escaping @Sendable () -> Double,
        pause: @escaping @Sendable (Double) -> Void, isInterrupted: @escaping @Sendable () -> Bool = { false },
        onNotice: @escaping @Sendable (Notice) -> Void = { _ in }
    ) {
        self.patience = patience
        self.uptime = uptime
        self.pause = pause
        self.isInterrupted = isInterrupted
        self.onNotice = onNotice
    }

    /// Short, and nobody hears of it.
    package static let short = LedgerWaiting(LedgerPatience(), uptime: monotonicSeconds, pause: pauseThread)
}

@Sendable private func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Blocks the thread.
@Sendable package func pauseThread(_ seconds: Double) { usleep(UInt32(seconds * 1e6)) }

/// The waits of one connection. SQLite asks it whether to try again.
final class FileWaiter: Sendable {
    private struct State {
        var waiting: LedgerWaiting
        var purpose = LedgerPatience.Purpose.beforeCall
        var isOver: @Sendable () -> Bool = { false }
        var start = 0.0
        var toldOf: LedgerWaiting.Notice?
        var isStopped = false
    }

    private let path: String
    private let state: Mutex<State>

    init(_ path: String, _ waiting: LedgerWaiting) {
        self.path = path
        state = Mutex(State(waiting: waiting))
    }

    func change(_ waiting: LedgerWaiting) { state.withLock { $0.waiting = waiting } }

    /// No wait goes on from now on.
    func stop() { state.withLock { $0.isStopped = true } }

    /// What the next calls are for; only by whoever has the connection.
    func begin(_ purpose: LedgerPatience.Purpose, until isOver: @escaping @Sendable () -> Bool) {
        state.withLock { ($0.purpose, $0.isOver) = (purpose, isOver) }
    }

    /// Whether the wait was given up because the user asked to stop.
    var isGivenUp: Bool {
        let (purpose, waiting) = state.withLock { ($0.purpose, $0.waiting) }
        return purpose == .beforeCall && waiting.isInterrupted()
    }

    /// - Parameter tries: how often this wait was asked about before.
    func goesOn(_ tries: Int) -> Bool {
        let known = state.withLock { $0 }
        let (now, isInterrupted) = (known.waiting.uptime(), known.waiting.isInterrupted())
        let start = tries == 0 ? now : known.start
        if tries == 0 { state.withLock { ($0.start, $0.toldOf) = (now, nil) } }
        let limit = known.waiting.patience.limit(known.purpose, isInterrupted: isInterrupted)
        guard !known.isStopped, !known.isOver(), now - start < limit else { return false }
        if now - start >= LedgerPatience.short {
            tell(known, isInterrupted)
        }
        known.waiting.pause(min(0.001 * Double(1 << min(tries, 8)), 0.1))
        return true
    }

    private func tell(_ known: State, _ isInterrupted: Bool) {
        if let last = known.toldOf, last.isInterrupted == isInterrupted { return }
        let notice = LedgerWaiting.Notice(
            path: path, holder: FileHolder(of: path), isAfterCall: known.purpose == .afterCall,
            isInterrupted: isInterrupted)
        state.withLock { $0.toldOf = notice }
        known.waiting.onNotice(notice)
    }
}
