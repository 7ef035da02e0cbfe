/// A budget that fills all the time, as far as answers show it.
///
/// The less is left, the slower ours leave: alone we settle where they leave as fast as the bucket fills, beside others
/// at what they let us have, and nobody is refused. What then stays in the bucket costs its own worth of time once.
struct ServiceBucket: Sendable {
    /// Seconds before it is worth looking again, at most.
    private static let glance = 0.1

    private var limit: Double
    /// What will be left once all that is under way was counted.
    private var level: Double
    /// Our share of it.
    private var own: Double
    private var ownPerSecond: Double
    private let share: Double
    /// The most that was ever seen to remain.
    private var capacity: Double
    private var updatedAt: Double
    private var leftAt = -Double.infinity
    private var roundTrip: Double
    /// Requests of others a second, the mean of late.
    private var others = 0.0
    /// What remained and what was counted together, some time ago.
    private var mark: (sum: Double, at: Double)
    /// Grows with each refusal.
    private var caution = 1.0

    init(_ reading: ServiceReading, _ traffic: Traffic, _ pace: Allotment) {
        limit = reading.limit
        level = reading.remaining - Double(traffic.inFlight)
        share = pace.share
        capacity = max(1, reading.remaining)
        own = max(1, reading.remaining * pace.share)
        ownPerSecond = pace.budget(of: reading.limit) / 60
        updatedAt = reading.at
        roundTrip = traffic.roundTrip
        mark = (reading.sum(traffic), reading.at)
    }

    var spare: Double { level }

    private var perSecond: Double { limit / 60 }

    private var isShared: Bool { others > perSecond / 5 }

    /// The level at which ours leave as fast as the bucket fills.
    private var target: Double {
        let room = isShared ? capacity * 0.6 : max(1, capacity * 0.7 - perSecond * roundTrip)
        return min(room, max(24, 4 * perSecond * roundTrip) * caution)
    }

    /// Nil for go, else seconds to wait.
    mutating func take(at now: Double) -> Double? {
        refill(at: now)
        guard own >= 1 - 1e-9 else { return max((1 - own) / ownPerSecond, 0.001) }
        let spare = level - 1
        guard spare > 0 else { return max(min(0.01 - spare / perSecond, Self.glance), 0.001) }
        let due = spare >= target ? now : leftAt + target / (spare * perSecond)
        guard due <= now + 1e-6 else { return min(due - now, Self.glance) }
        level -= 1
        own -= 1
        leftAt = now
        return nil
    }

    mutating func giveBack() {
        level += 1
        own += 1
    }

    mutating func exhaust(at moment: Double) {
        level = min(level, 0)
        updatedAt = max(updatedAt, moment)
    }

    mutating func refused() {
        caution = min(caution * 1.25, 4)
    }

    mutating func learn(_ reading: ServiceReading, _ traffic: Traffic, _ pace: Allotment) {
        refill(at: reading.at)
        limit = reading.limit
        ownPerSecond = pace.budget(of: limit) / 60
        roundTrip = traffic.roundTrip
        capacity = max(capacity, reading.remaining)
        watchOthers(reading, traffic)
        // At most those were counted after this one that left later, or had not been answered when it left.
        let atLeast = reading.remaining - Double(traffic.sent - traffic.lost - 1 - reading.ticket.answeredBefore)
        let atMost =
            reading.remaining - Double(traffic.inFlight) + (perSecond - others) * roundTrip / (isShared ? 2 : 1)
        level = max(min(level, atMost), min(atLeast, atMost))
    }

    /// What the bucket gains less than it fills went to others.
    private mutating func watchOthers(_ reading: ServiceReading, _ traffic: Traffic) {
        let seconds = reading.at - mark.at
        guard seconds >= max(1, roundTrip) else { return }
        let gain = (reading.sum(traffic) - mark.sum) / seconds
        others += (min(max(perSecond - gain, 0), perSecond * 0.9) - others) * 0.3
        mark = (reading.sum(traffic), reading.at)
    }

    private mutating func refill(at now: Double) {
        guard now > updatedAt else { return }
        level = min(capacity, level + (now - updatedAt) * (perSecond - others))
        own = min(max(1, capacity * share), own + (now - updatedAt) * ownPerSecond)
        updatedAt = now
    }
}

extension ServiceReading {
    /// What remained and what was counted together, about.
    fileprivate func sum(_ traffic: Traffic) -> Double {
        remaining + Double(ticket.answeredBefore + 1 + traffic.sent) / 2
    }
}
