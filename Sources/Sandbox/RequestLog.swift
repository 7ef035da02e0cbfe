package import ProfileModel

/// One request that was answered, as tests look at it. Headers are left out: they hold credentials.
package struct LoggedRequest: Sendable, Hashable {
    /// Counted from 1, in the order of effect.
    package var n: Int
    /// When it had its effect.
    package var at: Timestamp
    package var method: String
    package var path: String
    /// As sent, without the question mark.
    package var query: String?
    /// Empty for the token endpoint, whose body is a secret, and when it was too large.
    package var body: String
    /// The status that was answered, or would have been had the connection not been cut.
    package var status: Int
    package var behaviour: SandboxBehaviour
}

/// The last requests, up to a capacity.
struct RequestLog {
    private(set) var count = 0
    private var kept: [LoggedRequest] = []
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = max(0, capacity)
    }

    /// Oldest first.
    var requests: [LoggedRequest] { kept.suffix(capacity) }

    mutating func append(_ request: LoggedRequest) {
        count += 1
        kept.append(request)
        // Dropping a half at once keeps the cost of each request constant.
        if kept.count > 2 * capacity { kept.removeFirst(kept.count - capacity) }
    }

    mutating func clear() {
        (count, kept) = (0, [])
    }
}
