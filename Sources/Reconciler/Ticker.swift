/// Comes back every so often while steps are under way, so that one that takes long can be told of.
package struct Ticker: Sendable {
    /// Seconds.
    package static let interval = 10.0

    /// Seconds on a clock that never goes back.
    let now: @Sendable () -> Double
    private let pause: @Sendable (Double) async throws -> Void

    /// - Parameter pause: ends when its task is cancelled.
    package init(
        now: @escaping @Sendable () -> Double, pause: @escaping @Sendable (Double) async throws -> Void
    ) {
        self.now = now
        self.pause = pause
    }

    func wait() async { try? await pause(Self.interval) }
}
