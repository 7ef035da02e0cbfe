import Synchronization

/// Tells the user why nothing seems to happen, but not for each of the calls that wait.
final class WaitNotice: Sendable {
    private static let pause = 10.0

    private let session: Session
    private let lastTold = Mutex<Double?>(nil)

    init(_ session: Session) {
        self.session = session
    }

    func tell(_ seconds: Double) {
        let now = session.uptime()
        let isNews = lastTold.withLock { last in
            if let last, now - last < Self.pause { return false }
            last = now
            return true
        }
        guard isNews else { return }
        try? session.errorOutput.write("waiting \(Int(seconds.rounded(.up))) s: the account's rate is used up\n")
    }
}
