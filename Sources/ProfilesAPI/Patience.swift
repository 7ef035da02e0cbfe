import Synchronization

/// What the calls of one step have in common: the time that they took together, and the turn of the write.
final class Patience: Sendable {
    private struct State {
        var spent = 0.0
        var writeAttempts = 0
        var turn: Throttle.Ticket?
        var looks = 0
    }

    /// How often another look is taken because a write had no turn.
    private static let mostLooks = 3

    private let state = Mutex(State())

    /// Sending, pauses before retries, and stops after a 429, but not the queue for a turn, whose length is no fault of
    /// the step's. Seconds.
    var spent: Double { state.withLock { $0.spent } }

    func spend(_ more: Double) {
        state.withLock { $0.spent += max(0, more) }
    }

    /// Counts an attempt to write, from 1.
    func nextWriteAttempt() -> Int {
        state.withLock { state in
            state.writeAttempts += 1
            return state.writeAttempts
        }
    }

    /// The turn that was taken for the write together with that of the look before it.
    var hasTurn: Bool { state.withLock { $0.turn != nil } }

    func keep(_ turn: Throttle.Ticket) {
        state.withLock { $0.turn = turn }
    }

    /// Counts another look before a write that has no turn; false when there were enough.
    func looksAgain() -> Bool {
        state.withLock { state in
            guard state.looks < Self.mostLooks else { return false }
            state.looks += 1
            return true
        }
    }

    func takeTurn() -> Throttle.Ticket? {
        state.withLock { state in
            defer { state.turn = nil }
            return state.turn
        }
    }
}
