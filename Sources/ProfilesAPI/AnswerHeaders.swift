import HTTPTypes
import ProfileModel

extension HTTPFields {
    /// The first field of that name, in whatever case it was sent.
    func value(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { self[values: $0].first }
    }
}

extension HTTPAnswer {
    var requestID: String? {
        head.headerFields.value("x-zendesk-request-id") ?? head.headerFields.value("x-request-id")
    }

    var contentType: String? { head.headerFields.value("content-type") }

    /// A page for people: never an answer of the API, whatever its status.
    var isPage: Bool {
        guard let type = contentType?.lowercased() else { return false }
        return type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
    }
}

/// What an answer says of the limit (api notes, section 4). Every field may be missing.
package struct RateHeaders: Sendable, Hashable {
    /// Requests a minute.
    package var limit: Double?
    package var remaining: Double?
    /// Seconds until `remaining` is `limit` again.
    package var reset: Double?

    package init(limit: Double? = nil, remaining: Double? = nil, reset: Double? = nil) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }

    /// - Parameter date: asked only where `reset` is a moment and the answer has no `Date`.
    init(_ answer: HTTPAnswer, date: () -> Timestamp) {
        let fields = answer.head.headerFields
        limit = RateHeaders.number(fields.value("x-rate-limit") ?? fields.value("ratelimit-limit"))
        remaining = RateHeaders.number(fields.value("x-rate-limit-remaining") ?? fields.value("ratelimit-remaining"))
        reset = RateHeaders.number(fields.value("ratelimit-reset")).flatMap { reset in
            // Some services write the moment, in seconds since 1970.
            guard reset >= RateHeaders.earliestMoment else { return reset }
            return reset - Double((RetryAfter.date(of: answer) ?? date()).seconds)
        }
        // What is too far away is no answer to the question when a limit of a minute is whole again.
        if let reset, !(0...RateHeaders.longestReset).contains(reset) { self.reset = nil }
    }

    private static let earliestMoment = 1e9
    private static let longestReset = 90.0

    /// The digits a field begins with.
    private static func number(_ text: String?) -> Double? {
        guard let text else { return nil }
        return UInt32(text.drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }).map(Double.init)
    }
}
