import Synchronization

/// Tells the user why nothing seems to happen, but not for each of the calls that wait.
final class WaitNotice: Sendable {
    private static let pause = 10.0

    private let session: Session
    private let show: @Sendable (Double) -> Void
    private let lastTold = Mutex<Double?>(nil)

    /// - Parameter show: tells of so many seconds; nil writes a line on the standard error.
    init(_ session: Session, show: (@Sendable (Double) -> Void)? = nil) {
        self.session = session
        self.show =
            show ?? { seconds in
                try? session.errorOutput.write(
                    "waiting \(Int(seconds.rounded(.up))) s: the account's rate is used up\n")
            }
    }

    func tell(_ seconds: Double) {
        let now = session.uptime()
        let isNews = lastTold.withLock { last in
            if let last, now - last < Self.pause { return false }
            last = now
            return true
        }
        if isNews { show(seconds) }
    }
}
