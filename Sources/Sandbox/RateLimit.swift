import HTTPTypes
import ProfileModel

/// The account's throttle (api notes, section 4).
package struct SandboxRateLimit: Sendable, Hashable {
    package enum Form: Sendable, Hashable {
        /// Counts from the first request of each minute.
        case fixedWindow
        /// Holds up to `burst` requests and fills at `perMinute`.
        case bucket(burst: Int)
    }

    package var perMinute: Int
    package var form: Form

    package init(perMinute: Int, form: Form = .fixedWindow) {
        self.perMinute = max(1, perMinute)
        self.form = form
    }

    /// What `--help` says of the form.
    package static let grammar = "COUNT[,burst=COUNT]"

    /// `700` counts in windows of a minute; `700,burst=50` is a bucket that holds 50 and fills by 700 a minute.
    package init(rule: String) throws(SandboxFailure) {
        let parts = rule.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        guard let perMinute = Int(parts[0]), perMinute >= 1 else {
            throw .badRateLimit(rule: rule, reason: "'\(parts[0])' is no count of requests a minute")
        }
        guard parts.count == 2 else {
            self.init(perMinute: perMinute)
            return
        }
        guard parts[1].hasPrefix("burst="), let burst = Int(parts[1].dropFirst(6)), burst >= 1 else {
            throw .badRateLimit(rule: rule, reason: "'\(parts[1])' is not of the form burst=COUNT")
        }
        self.init(perMinute: perMinute, form: .bucket(burst: burst))
    }
}

/// Where a request stands; every answer tells.
struct RateStanding: Hashable {
    var isAllowed: Bool
    var limit: Int
    var remaining: Int
    /// Until the next request would be allowed, when none is now; else until all are again. At least 1.
    var resetSeconds: Int

    var headers: [HTTPField] {
        [
            HTTPField(name: .rateLimit, value: String(limit)),
            HTTPField(name: .rateLimitRemaining, value: String(remaining)),
            HTTPField(name: .draftRateLimit, value: String(limit)),
            HTTPField(name: .draftRateLimitRemaining, value: String(remaining)),
            HTTPField(name: .draftRateLimitReset, value: String(resetSeconds)),
        ]
    }
}

/// The state of the throttle: a value that is told the time.
struct RateMeter: Hashable {
    let limit: SandboxRateLimit
    private var windowStart: Double?
    private var used = 0
    private var tokens: Double
    private var filledAt: Double?

    init(_ limit: SandboxRateLimit) {
        self.limit = limit
        tokens = if case .bucket(let burst) = limit.form { Double(max(1, burst)) } else { 0 }
    }

    /// Takes one request, unless `counts` is false or none is left.
    mutating func take(at moment: Timestamp, counts: Bool) -> RateStanding {
        let now = Double(moment.seconds) + Double(moment.nanoseconds) / 1e9
        return switch limit.form {
        case .fixedWindow: takeFromWindow(now, counts: counts)
        case .bucket(let burst): takeFromBucket(now, capacity: Double(max(1, burst)), counts: counts)
        }
    }

    private mutating func takeFromWindow(_ now: Double, counts: Bool) -> RateStanding {
        if let start = windowStart, now >= start, now < start + 60 {
        } else {
            (windowStart, used) = (now, 0)
        }
        let isAllowed = !counts || used < limit.perMinute
        if counts && isAllowed { used += 1 }
        let reset = (windowStart ?? now) + 60 - now
        return RateStanding(
            isAllowed: isAllowed, limit: limit.perMinute, remaining: limit.perMinute - used,
            resetSeconds: max(1, Int(reset.rounded(.up))))
    }

    private mutating func takeFromBucket(_ now: Double, capacity: Double, counts: Bool) -> RateStanding {
        let perSecond = Double(limit.perMinute) / 60
        tokens = min(capacity, tokens + max(0, now - (filledAt ?? now)) * perSecond)
        filledAt = now
        let isAllowed = !counts || tokens >= 1
        if counts && isAllowed { tokens -= 1 }
        let missing = isAllowed ? capacity - tokens : 1 - tokens
        return RateStanding(
            isAllowed: isAllowed, limit: limit.perMinute, remaining: Int(tokens),
            resetSeconds: max(1, Int((missing / perSecond).rounded(.up))))
    }
}

/// The answer to a request that found nothing left.
func throttled(_ standing: RateStanding, now: Timestamp, occurrence: String, switches: SandboxSwitches) -> Reply {
    let title = "the limit of \(standing.limit) requests a minute is used up"
    var reply =
        switch switches.throttleBody {
        case .json:
            Refusal(429, .tooManyRequests, title).reply(occurrence: occurrence, shape: switches.errorShape)
        case .html:
            Reply(status: 429, contentType: "text/html; charset=utf-8", body: htmlPage("429 Too Many Requests"))
        }
    let seconds = standing.resetSeconds
    switch switches.retryAfter {
    case .seconds: reply.headers.append(HTTPField(name: .retryAfter, value: String(seconds)))
    case .date:
        let moment = Timestamp(seconds: now.seconds + Int64(seconds) + (now.nanoseconds > 0 ? 1 : 0))
        reply.headers.append(HTTPField(name: .retryAfter, value: httpDate(moment)))
    case .absent: break
    }
    return reply
}

func htmlPage(_ title: String) -> [UInt8] {
    Array("<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n".utf8)
}

extension HTTPField.Name {
    static let rateLimit = Self("X-Rate-Limit")!
    static let rateLimitRemaining = Self("X-Rate-Limit-Remaining")!
    static let draftRateLimit = Self("ratelimit-limit")!
    static let draftRateLimitRemaining = Self("ratelimit-remaining")!
    static let draftRateLimitReset = Self("ratelimit-reset")!
    static let requestID = Self("X-Request-Id")!
    static let zendeskRequestID = Self("X-Zendesk-Request-Id")!
}
