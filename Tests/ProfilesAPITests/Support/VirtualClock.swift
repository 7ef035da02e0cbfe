import ProfileModel
import ProfilesAPI
import Synchronization

/// Time that passes only while somebody sleeps.
final class VirtualClock: Sendable {
    private struct State {
        var now = 1000.0
        var sleeps: [Double] = []
    }

    private let state = Mutex(State())

    var now: Double { state.withLock { $0.now } }
    var sleeps: [Double] { state.withLock { $0.sleeps } }

    func advance(_ seconds: Double) {
        state.withLock { $0.now += seconds }
    }

    var pacer: Pacer {
        Pacer(
            now: { [self] in now },
            sleep: { [self] seconds in
                let until = state.withLock { state in
                    state.sleeps.append(seconds)
                    return state.now + seconds
                }
                await Task.yield()
                try Task.checkCancellation()
                state.withLock { $0.now = max($0.now, until) }
            },
            random: { 1 - 1e-9 },
            date: { Timestamp(seconds: 784_111_777) })
    }
}
