import FoundationEssentials
package import ProfileModel

/// Time and chance, as far as waiting needs them.
package struct Pacer: Sendable {
    /// Seconds from some fixed moment; never goes back.
    package var now: @Sendable () -> Double
    /// Throws when the task is cancelled.
    package var sleep: @Sendable (Double) async throws -> Void
    /// From 0 up to, not including, 1.
    package var random: @Sendable () -> Double
    /// Only for a `Retry-After` that names a date when the answer itself has none.
    package var date: @Sendable () -> Timestamp

    package init(
        now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async throws -> Void,
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        date: @escaping @Sendable () -> Timestamp = {
            Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        }
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
        self.date = date
    }

    package static let system: Pacer = {
        let start = ContinuousClock.now
        return Pacer(
            now: { (ContinuousClock.now - start) / .seconds(1) },
            sleep: { try await Task.sleep(for: .seconds($0)) })
    }()
}
