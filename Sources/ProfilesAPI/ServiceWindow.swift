/// A budget that is whole again at one moment, as far as answers show it: all of it may be used at once.
///
/// Answers come out of order while many requests are under way. The least that any of them says to remain, less those
/// that are still under way, is there for certain, if nobody else uses the account. In one window what remains and
/// what was counted add up to the same, or to less where others use it too; more than that comes from a bucket
/// that fills.
struct ServiceWindow: Sendable {
    enum Lesson: Sendable, Hashable {
        case same
        /// The answer is of the next window.
        case next
        /// What the answers say is not the way of a window.
        case noWindow
    }

    /// Seconds between looks at whether the next window was seen.
    private static let glance = 0.02
    private static let length = 60.0

    private let limit: Double
    private let opened: Double
    /// The request whose answer showed this window: earlier ones may tell of the one before.
    private let first: Int
    private var remaining: Double
    private var end: ClosedRange<Double>
    private var isEndTold: Bool
    /// How many of ours count against our share.
    private var used: Int
    /// Upper bound of what remained and what was counted together.
    private var leastSum: Double
    /// Lower bound of the same, when the window was first seen.
    private let firstSum: Double
    private var lastReadAt: Double
    /// The one request that looks whether the next window is there.
    private var scout: Int?
    private var isBehind = false
    /// Requests that may have been counted and of which no reading tells yet: how many had been answered by then.
    private var unread: [Int] = []

    /// - Parameter usedBefore: how many of ours this window may have counted already.
    init(_ reading: ServiceReading, _ traffic: Traffic, usedBefore: Int) {
        limit = reading.limit
        opened = reading.ticket.leftAt
        first = reading.ticket.number
        remaining = reading.remaining
        isEndTold = reading.end != nil
        let latest = reading.at + Self.length
        end = reading.end ?? min(latest, opened + 1)...latest
        used = usedBefore
        leastSum = reading.remaining + Double(traffic.sent)
        firstSum = reading.remaining + Double(reading.ticket.answeredBefore + 1)
        lastReadAt = reading.at
    }

    /// Nil for go, else seconds to wait.
    mutating func take(at now: Double, _ traffic: Traffic, _ pace: Allotment) -> Double? {
        if scout == nil, isFree(now, traffic, pace) {
            used += 1
            return nil
        }
        let next = nextLook(traffic, pace)
        if now < next {
            // What is under way may show that more is left.
            let isShort = hasShare(pace) && traffic.inFlight > 0
            return isShort ? min(Self.glance, next - now) : next - now
        }
        guard scout == nil else { return Self.glance }
        scout = traffic.sent + 1
        used += 1
        return nil
    }

    /// Fewer at once towards the end, so that it is seen in time what others take.
    private func isFree(_ now: Double, _ traffic: Traffic, _ pace: Allotment) -> Bool {
        guard !isBehind, hasShare(pace) else { return false }
        let atOnce = Double(traffic.inFlight + 1)
        // A look and its write leave together, and so two are always few.
        return atOnce + reserve(traffic) + Double(unread.count) <= remaining
            && atOnce <= max(2, (remaining / 3).rounded(.down))
    }

    private func hasShare(_ pace: Allotment) -> Bool { Double(used + 1) <= pace.budget(of: limit) }

    /// What others may take while a request is on its way; 0 where nobody else was seen.
    private func reserve(_ traffic: Traffic) -> Double {
        let others = firstSum - leastSum
        guard others > 0 else { return 0 }
        let perSecond = others / max(lastReadAt - opened, traffic.roundTrip, 0.05)
        return min(1 + (3 * perSecond * traffic.roundTrip).rounded(.up), limit / 10)
    }

    /// Where nothing tells the end, and less than the limit was there from the start, it may be a bucket: then a little
    /// patience shows it.
    private func nextLook(_ traffic: Traffic, _ pace: Allotment) -> Double {
        guard !isEndTold, !isBehind, firstSum < limit * 0.9, traffic.inFlight == 0, hasShare(pace) else {
            return end.upperBound
        }
        return min(end.upperBound, lastReadAt + max(1, 180 / limit))
    }

    var isScouting: Bool { scout != nil }

    func isScout(_ ticket: Throttle.Ticket) -> Bool { scout == ticket.number }

    /// What is left for certain, if nobody else uses the account.
    func spare(_ traffic: Traffic) -> Double {
        isBehind ? 0 : remaining - Double(traffic.inFlight)
    }

    mutating func giveBack(_ ticket: Throttle.Ticket) {
        used = max(0, used - 1)
        if scout == ticket.number { scout = nil }
    }

    /// Nothing tells what is left after this request, which may have been counted.
    mutating func unread(_ ticket: Throttle.Ticket, _ traffic: Traffic) {
        if scout == ticket.number { scout = nil }
        unread.append(traffic.answered)
    }

    /// Nothing is left until this moment; then one request looks first.
    mutating func exhaust(at moment: Double) {
        remaining = 0
        isBehind = true
        end = min(end.lowerBound, moment)...moment
    }

    mutating func learn(_ reading: ServiceReading, _ traffic: Traffic) -> Lesson {
        let isScout = scout == reading.ticket.number
        if isScout { scout = nil }
        guard reading.ticket.number >= first else { return .same }
        let countedAtLeast = Double(reading.ticket.answeredBefore + 1)
        let gain = reading.remaining + countedAtLeast - leastSum
        let lesson = lesson(of: reading, gain: gain, isScout: isScout)
        guard lesson == .same else { return lesson }
        remaining = min(remaining, reading.remaining)
        unread.removeAll { $0 <= reading.ticket.answeredBefore }
        leastSum = min(leastSum, reading.remaining + Double(traffic.sent))
        lastReadAt = reading.at
        if let told = reading.end {
            isEndTold = true
            let (from, to) = (max(end.lowerBound, told.lowerBound), min(end.upperBound, told.upperBound))
            end = from <= to ? from...to : told
        } else if isScout {
            let later = reading.at + 1
            end = min(end.lowerBound, later)...later
        }
        return .same
    }

    private func lesson(of reading: ServiceReading, gain: Double, isScout: Bool) -> Lesson {
        let isDue = reading.at >= end.lowerBound
        if let told = reading.end, isEndTold {
            guard told.lowerBound > end.upperBound + 0.05 else { return gain > 0.5 ? .noWindow : .same }
            // A window that ends later is another one, and whole: unless a bucket only takes longer to fill.
            guard isDue, reading.remaining > remaining else { return isDue && isBehind ? .next : .noWindow }
            return isScout && !isBehind && reading.remaining < limit / 2 ? .noWindow : .next
        }
        guard gain > 0.5 else { return .same }
        if isScout, !isBehind, reading.remaining < limit / 2 { return .noWindow }
        let filled = reading.perSecond * (reading.at - lastReadAt)
        return isScout || isDue && gain > 3 * filled + 10 ? .next : .noWindow
    }
}
