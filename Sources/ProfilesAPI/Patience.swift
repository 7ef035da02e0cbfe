import Synchronization

/// The time that the calls of one step took together: sending, pauses before retries, and stops after a 429, but not
/// the queue for a turn, whose length is no fault of the step's.
final class Patience: Sendable {
    private let seconds = Mutex(0.0)

    var spent: Double { seconds.withLock { $0 } }

    func spend(_ more: Double) {
        seconds.withLock { $0 += max(0, more) }
    }
}
