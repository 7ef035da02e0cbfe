import HTTPTypes
import ProfileModel

@testable import ProfilesAPI

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The two ways of limiting, as pure models on a clock of their own; written apart from the sandbox's.
struct SimulatedLimiter {
    enum Form: Hashable {
        /// Counts from the first request of each minute, or in minutes of the clock that begin at this second.
        case window(from: Double?)
        case bucket(burst: Int)
    }

    struct Standing {
        var isAllowed: Bool
        var remaining: Int
        /// Until it is allowed again or, where it is, until all is.
        var reset: Double
    }

    let perMinute: Int
    let form: Form
    private var start: Double?
    private var used = 0
    private var tokens: Double
    private var filledAt = 0.0

    init(perMinute: Int, form: Form) {
        self.perMinute = perMinute
        self.form = form
        tokens = if case .bucket(let burst) = form { Double(burst) } else { 0 }
    }

    mutating func take(at now: Double) -> Standing {
        switch form {
        case .window(let from):
            if start.map({ now >= $0 + 60 }) ?? true {
                start = from.map { ((now - $0) / 60).rounded(.down) * 60 + $0 } ?? now
                used = 0
            }
            let isAllowed = used < perMinute
            if isAllowed { used += 1 }
            return Standing(isAllowed: isAllowed, remaining: perMinute - used, reset: (start ?? now) + 60 - now)
        case .bucket(let burst):
            let perSecond = Double(perMinute) / 60
            tokens = min(Double(burst), tokens + (now - filledAt) * perSecond)
            filledAt = now
            let isAllowed = tokens >= 1
            if isAllowed { tokens -= 1 }
            return Standing(
                isAllowed: isAllowed, remaining: Int(tokens),
                reset: (isAllowed ? Double(burst) - tokens : 1 - tokens) / perSecond)
        }
    }

    /// Seconds that so many requests take where nobody waits for an answer.
    func shortest(for requests: Int) -> Double {
        switch form {
        case .window: Double((requests - 1) / perMinute) * 60
        case .bucket(let burst): Double(max(0, requests - burst)) * 60 / Double(perMinute)
        }
    }
}

/// How answers tell of the limit.
enum HeaderStyle: String, CaseIterable {
    /// All five fields, as the sandbox sends them.
    case all
    /// Only those that the reference names: nothing tells of the reset.
    case documented
    case draft
    case oddCase
    /// The reset as a moment.
    case moment
    /// Every third answer has none.
    case sometimes
    case none

    func fields(_ standing: SimulatedLimiter.Standing, limit: Int, at now: Double, number: Int) -> [String: String] {
        let (limit, remaining) = (String(limit), String(standing.remaining))
        let reset = String(Int(max(1, standing.reset.rounded(.up))))
        let documented = ["X-Rate-Limit": limit, "X-Rate-Limit-Remaining": remaining]
        let draft = ["ratelimit-limit": limit, "ratelimit-remaining": remaining, "ratelimit-reset": reset]
        switch self {
        case .all: return documented.merging(draft) { first, _ in first }
        case .documented: return documented
        case .draft: return draft
        case .oddCase:
            return ["x-RATE-limit": limit, "RateLimit-Remaining": remaining, "RATELIMIT-RESET": reset]
        case .moment:
            let moment = String(SimulatedRun.epoch + Int64((now + standing.reset).rounded(.up)))
            return ["X-Rate-Limit": limit, "X-Rate-Limit-Remaining": remaining, "ratelimit-reset": moment]
        case .sometimes: return number % 3 == 0 ? [:] : documented.merging(draft) { first, _ in first }
        case .none: return [:]
        }
    }
}

/// Many workers, each with a request at a time, in a line for their turns, against a limiter, on a virtual clock.
struct SimulatedRun {
    static let epoch: Int64 = 1_800_000_000

    struct Others {
        var perMinute: Double
        /// Not at even distances, but by chance.
        var isErratic = false
    }

    struct Outcome {
        var seconds: Double
        /// When each of our requests was refused.
        var refusals: [Double]
        /// Of any answer.
        var leastRemaining: Int

        /// The most in any minute.
        var mostRefusalsAMinute: Int {
            refusals.indices.map { index in
                refusals[index...].prefix { $0 < refusals[index] + 60 }.count
            }.max() ?? 0
        }
    }

    var limiter: SimulatedLimiter
    var throttle: Throttle
    var workers = 96
    var latency = 0.05
    /// Part of the latency by which it varies.
    var jitter = 0.2
    var style = HeaderStyle.all
    var lie: ([String: String]) -> [String: String] = { $0 }
    var others: Others?

    private enum Event {
        case ask
        case arrive(Throttle.Ticket)
        case answer(Throttle.Ticket, HTTPAnswer)
        case other
    }

    mutating func run(_ requests: Int, random: inout some RandomNumberGenerator) -> Outcome {
        var queue = EventQueue<Event>()
        var (open, done, last) = (requests, 0, 0.0)
        var refusals: [Double] = []
        var (answers, least) = (0, limiter.perMinute)
        var waiting = workers
        queue.add(.ask, at: 0)
        func joinLine(_ now: Double) {
            waiting += 1
            if waiting == 1 { queue.add(.ask, at: now) }
        }
        if others != nil { queue.add(.other, at: Double.random(in: 0..<1, using: &random)) }
        while done < requests, let (now, event) = queue.next(), now < 7_200 {
            switch event {
            case .ask:
                guard open > 0 else {
                    waiting = 0
                    continue
                }
                switch throttle.take(at: now) {
                case .now(let ticket):
                    open -= 1
                    waiting -= 1
                    if waiting > 0 { queue.add(.ask, at: now) }
                    queue.add(.arrive(ticket), at: now + way(&random))
                case .paced(let seconds), .held(let seconds): queue.add(.ask, at: now + seconds)
                }
            case .arrive(let ticket):
                let standing = limiter.take(at: now)
                answers += 1
                least = min(least, standing.remaining)
                if !standing.isAllowed { refusals.append(now) }
                var fields = lie(style.fields(standing, limit: limiter.perMinute, at: now, number: answers))
                if !standing.isAllowed { fields["Retry-After"] = String(Int(max(1, standing.reset.rounded(.up)))) }
                queue.add(
                    .answer(ticket, HTTPAnswer(standing.isAllowed ? 200 : 429, "", fields)), at: now + way(&random))
            case .answer(let ticket, let answer):
                let date = { Timestamp(seconds: Self.epoch + Int64(now)) }
                if answer.head.status.code == 429 {
                    throttle.refused(ticket, at: now)
                    throttle.hold(until: now + (RetryAfter.seconds(in: answer, date: date) ?? 10))
                    open += 1
                } else {
                    throttle.answered(ticket, RateHeaders(answer, date: date), at: now)
                    (done, last) = (done + 1, now)
                }
                joinLine(now)
            case .other:
                _ = limiter.take(at: now)
                guard let others else { continue }
                let mean = 60 / others.perMinute
                let pause = others.isErratic ? -mean * log(1 - Double.random(in: 0..<1, using: &random)) : mean
                queue.add(.other, at: now + pause)
            }
        }
        return Outcome(seconds: done == requests ? last : .infinity, refusals: refusals, leastRemaining: least)
    }

    private func way(_ random: inout some RandomNumberGenerator) -> Double {
        latency / 2 * (1 + Double.random(in: -jitter...jitter, using: &random))
    }
}

/// What happens next, the earliest first.
private struct EventQueue<Event> {
    private var heap: [(at: Double, number: Int, event: Event)] = []
    private var count = 0

    mutating func add(_ event: Event, at moment: Double) {
        count += 1
        heap.append((moment, count, event))
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> (Double, Event)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while case let least = [2 * parent + 1, 2 * parent + 2].filter({ $0 < heap.count }).min(by: isBefore),
            let least, isBefore(least, parent)
        {
            heap.swapAt(least, parent)
            parent = least
        }
        return (first.at, first.event)
    }

    private func isBefore(_ one: Int, _ other: Int) -> Bool {
        (heap[one].at, heap[one].number) < (heap[other].at, heap[other].number)
    }
}
