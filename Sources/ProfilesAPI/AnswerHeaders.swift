import HTTPTypes
import ProfileModel

extension HTTPFields {
    /// The first field of that name, in whatever case it was sent.
    func value(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { self[values: $0].first }
    }
}

extension HTTPAnswer {
    /// Nil where the field holds something else than an id: it is shown as it is.
    var requestID: String? {
        let id = head.headerFields.value("x-zendesk-request-id") ?? head.headerFields.value("x-request-id")
        return id.flatMap { isToken($0, upTo: 128) ? $0 : nil }
    }

    /// `text/html`, without parameters. Nil where the field is absent or is no media type.
    var mediaType: String? {
        guard let field = head.headerFields.value("content-type") else { return nil }
        let type = field.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        let parts = type.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { isToken($0, upTo: 60) } ? type : nil
    }

    /// A page for people: never an answer of the API, whatever its status and however it calls itself.
    var isPage: Bool {
        let type = mediaType ?? ""
        return type.hasPrefix("text/html") || type.hasPrefix("application/xhtml") || firstByte == UInt8(ascii: "<")
    }

    /// Whether the answer calls itself JSON, or does not say what it is and begins like JSON.
    var isJSON: Bool {
        guard let mediaType else { return firstByte == UInt8(ascii: "{") || firstByte == UInt8(ascii: "[") }
        return mediaType.contains("json")
    }

    /// The first one that is not white space.
    var firstByte: UInt8? { body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } }
}

/// Whether a text is one word of the letters, digits and signs that ids and names of formats have.
private func isToken(_ text: some StringProtocol, upTo length: Int) -> Bool {
    (1...length).contains(text.utf8.count)
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "+"), UInt8(ascii: ":"):
                true
            default: false
            }
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
