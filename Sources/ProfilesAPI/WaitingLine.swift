import Synchronization

/// One at a time, in the order in which they came; whose task is cancelled leaves the line.
final class WaitingLine: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [(number: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        /// Cancelled before they stood in the line.
        var cancelled: Set<Int> = []
        var count = 0
    }

    private let state = Mutex(State())

    /// Returns when everybody before has left. Throws when the task is cancelled.
    func enter() async throws {
        try Task.checkCancellation()
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { stand($0, number) }
        } onCancel: {
            cancel(number)
        }
    }

    func leave() {
        let next = state.withLock { state in
            state.isTaken = !state.waiting.isEmpty
            return state.waiting.isEmpty ? nil : state.waiting.removeFirst().continuation
        }
        next?.resume()
    }

    private func stand(_ continuation: CheckedContinuation<Void, any Error>, _ number: Int) {
        enum Place { case first, later, none }
        let place: Place = state.withLock { state in
            if state.cancelled.remove(number) != nil { return .none }
            guard state.isTaken else {
                state.isTaken = true
                return .first
            }
            state.waiting.append((number, continuation))
            return .later
        }
        switch place {
        case .first: continuation.resume()
        case .later: break
        case .none: continuation.resume(throwing: CancellationError())
        }
    }

    private func cancel(_ number: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            if let index = state.waiting.firstIndex(where: { $0.number == number }) {
                return state.waiting.remove(at: index).continuation
            }
            // Either it is yet to stand in the line, or it was let in; then nobody looks at this again.
            state.cancelled.insert(number)
            return nil
        }
        continuation?.resume(throwing: CancellationError())
    }
}
