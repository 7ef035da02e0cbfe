/// How many requests may leave now. A value: time comes in as seconds from some fixed moment.
///
/// In any minute no more leave than the share of the limit, the burst included.
package struct TokenBucket: Sendable, Hashable {
    package enum Turn: Sendable, Hashable {
        case now
        /// Seconds until a request may leave at this pace.
        case paced(Double)
        /// Seconds until a stop ends that the service asked for.
        case held(Double)
    }

    /// Requests a minute; nil for no limit.
    private let configured: Double?
    private let share: Double
    /// Requests a minute at present: as configured, or less where the service names a lower limit.
    package private(set) var budget: Double?
    private var tokens: Double
    private var updatedAt: Double
    private var heldUntil = -Double.infinity
    /// Part of the pace that is kept since the service refused a request.
    private var kept = 1.0
    private var slowedAt = -Double.infinity

    /// `share` is from 0 to 1; the rest of the limit is left to others.
    package init(perMinute: Double, share: Double = 1, at now: Double) {
        self.share = min(max(share, 0.001), 1)
        configured = TokenBucket.budget(perMinute * self.share)
        budget = configured
        updatedAt = now
        tokens = 0
        tokens = burst
    }

    private init() {
        configured = nil
        share = 1
        updatedAt = 0
        tokens = 0
    }

    /// Stops only when it is told to.
    package static let unlimited = TokenBucket()

    /// Whole requests; less than one a minute is still some.
    static func budget(_ perMinute: Double) -> Double {
        perMinute >= 1 ? (perMinute + 1e-9).rounded(.down) : max(perMinute, 0.1)
    }

    /// Small, so that requests leave evenly.
    private var burst: Double {
        budget.map { min(max($0 / 20, 1), 5).rounded(.down) } ?? 0
    }

    private var perSecond: Double {
        budget.map { ($0 - (burst - 1)) / 60 * kept } ?? 0
    }
}

extension TokenBucket {
    /// Takes a token if there is one.
    package mutating func take(at now: Double) -> Turn {
        if now < heldUntil { return .held(heldUntil - now) }
        guard budget != nil else { return .now }
        refill(at: now)
        // What a sum of small steps may lack of a whole token.
        guard tokens < 1 - 1e-9 else {
            tokens -= 1
            return .now
        }
        return .paced((1 - tokens) / perSecond)
    }

    mutating func giveBack() {
        tokens = min(burst, tokens + 1)
    }

    /// After a 429: nothing leaves before then, and after it no burst.
    package mutating func hold(until moment: Double) {
        heldUntil = max(heldUntil, moment)
        tokens = 0
        updatedAt = max(updatedAt, moment)
    }

    /// The pace was too much for the service, which others may use too. It comes back slowly: one refusal a minute is
    /// what it may cost to find out. A volley of refusals counts once.
    mutating func slowDown(at now: Double) {
        guard now > slowedAt + 1 else { return }
        kept = max(0.2, kept * 0.85)
        slowedAt = now
    }

    /// Believes the service where its limit is lower than the configured one.
    mutating func learn(limit: Double, at now: Double) {
        guard let configured, limit > 0 else { return }
        refill(at: now)
        budget = min(configured, TokenBucket.budget(limit * share))
    }

    private mutating func refill(at now: Double) {
        guard now > updatedAt else { return }
        kept = min(1, kept + (now - updatedAt) * 0.0025)
        tokens = min(burst, tokens + (now - updatedAt) * perSecond)
        updatedAt = now
    }
}
