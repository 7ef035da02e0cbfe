/// When the next request of an account may leave. A value: time comes in as seconds from some fixed moment, and a loop
/// around it waits, sends and tells it of the answers.
///
/// As long as answers tell nothing of the limit, requests leave evenly at the configured pace. Once they do, what
/// remains is used at once where the service allows that: up to the end of its window, or as fast as its bucket fills.
package struct Throttle: Sendable {
    package enum Turn: Sendable, Hashable {
        case now(Ticket)
        /// Seconds until it is worth asking again.
        case paced(Double)
        /// Seconds until a stop ends that the service asked for.
        case held(Double)
    }

    /// What two requests get of which one follows the other at once.
    package enum Pair: Sendable, Hashable {
        case both(Ticket, Ticket)
        /// The first one goes alone: its answer shows whether there is anything for the second.
        case alone(Ticket)
        /// The second one's turn comes in so many seconds.
        case first(Ticket, Double)
        /// `paced` or `held`.
        case neither(Turn)
    }

    /// A request that has its turn: what is needed to understand its answer.
    package struct Ticket: Sendable, Hashable {
        /// Counts those that had a turn, this one included.
        let number: Int
        /// When it had its turn, or left if it kept that for a while.
        fileprivate(set) var leftAt: Double
        /// How many had been answered then: the service has counted those before it counts this one.
        let answeredBefore: Int

        /// The same for a request that leaves only now.
        func leaving(at now: Double) -> Ticket {
            var ticket = self
            ticket.leftAt = now
            return ticket
        }
    }

    private enum Form: Sendable {
        case untold
        case window(ServiceWindow)
        case bucket(ServiceBucket)
    }

    /// Nil stops only when it is told to.
    private let pace: Allotment?
    private var even: TokenBucket
    private var form = Form.untold
    private var traffic = Traffic()
    private var heldUntil = -Double.infinity
    /// Headers said that much was left, and the request was refused: until then they are not believed.
    private var doubtedUntil = -Double.infinity
    /// How many had left when headers were last known to tell nothing.
    private var sentUntold = 0
    /// Since when the service has refused every request that it answered.
    private var refusedSince: Double?

    /// `share` is from 0 to 1; the rest of the limit is left to others.
    package init(perMinute: Double, share: Double = 1, at now: Double) {
        pace = Allotment(perMinute: perMinute, share: share)
        even = TokenBucket(perMinute: perMinute, share: share, at: now)
    }

    private init() {
        pace = nil
        even = .unlimited
    }

    package static let unlimited = Throttle()
}

extension Throttle {
    package mutating func take(at now: Double) -> Turn {
        if now < heldUntil { return .held(heldUntil - now) }
        guard let pace else { return .now(leave(now)) }
        let wait: Double?
        switch form {
        case .untold:
            switch even.take(at: now) {
            case .now: wait = nil
            case .paced(let seconds), .held(let seconds): wait = seconds
            }
        case .window(var window):
            wait = window.take(at: now, traffic, pace)
            form = .window(window)
        case .bucket(var bucket):
            wait = bucket.take(at: now)
            form = .bucket(bucket)
        }
        return wait.map { .paced($0) } ?? .now(leave(now))
    }

    /// Turns for a look and the write that follows it.
    package mutating func takeTwo(at now: Double) -> Pair {
        let (before, others) = (self, traffic.inFlight)
        let turn = take(at: now)
        guard case .now(let first) = turn else { return .neither(turn) }
        if isScouting { return .alone(first) }
        let one = self
        switch take(at: now) {
        // It would keep everybody waiting until its request leaves.
        case .now where isScouting:
            self = one
            return .alone(first)
        case .now(let second): return .both(first, second)
        case .paced(let seconds), .held(let seconds):
            self = one
            guard case .window = form else { return .first(first, seconds) }
            guard others > 0 else { return .alone(first) }
            self = before
            return .neither(.paced(seconds))
        }
    }

    /// The request never left: its place is free again.
    package mutating func giveBack(_ ticket: Ticket) {
        traffic.lost += 1
        switch form {
        case .untold: even.giveBack()
        case .window(var window):
            window.giveBack(ticket)
            form = .window(window)
        case .bucket(var bucket):
            bucket.giveBack()
            form = .bucket(bucket)
        }
    }

    /// No answer came, so that it is open whether the service counted the request.
    package mutating func lost(_ ticket: Ticket) {
        traffic.lost += 1
        if case .window(var window) = form {
            window.unread(ticket, traffic)
            form = .window(window)
        }
    }

    /// The service refused the request for its rate; whoever hears of it also tells for how long, with `hold`.
    package mutating func refused(_ ticket: Ticket, at now: Double) {
        refusedSince = refusedSince ?? now
        if isContradicted {
            becomeUntold()
            doubtedUntil = now + 600
        }
        lost(ticket)
        switch form {
        case .untold: even.slowDown(at: now)
        case .window(var window):
            window.exhaust(at: now)
            form = .window(window)
        case .bucket(var bucket):
            bucket.refused()
            bucket.exhaust(at: now)
            form = .bucket(bucket)
        }
    }

    /// An answer came, and tells this of the limit.
    package mutating func answered(_ ticket: Ticket, _ headers: RateHeaders, at now: Double) {
        traffic.note(ticket, at: now)
        refusedSince = nil
        guard let pace else { return }
        if let limit = headers.limit { even.learn(limit: limit, at: now) }
        guard now >= doubtedUntil, let remaining = headers.remaining else {
            // Told before and no more: only what it would have shown is missing, unless nothing else shows whether
            // there is more.
            if case .window(var window) = form {
                if window.isScout(ticket) {
                    becomeUntold()
                } else {
                    window.unread(ticket, traffic)
                    form = .window(window)
                }
            }
            return
        }
        let limit = headers.limit.flatMap { $0 >= 1 ? $0 : nil } ?? pace.perMinute
        let reading = ServiceReading(
            ticket: ticket, limit: limit, remaining: min(remaining, limit), reset: headers.reset, at: now)
        switch form {
        case .untold:
            form = .window(ServiceWindow(reading, traffic, usedBefore: traffic.sent - sentUntold))
        case .window(var window):
            switch window.learn(reading, traffic) {
            case .same: form = .window(window)
            case .next: form = .window(ServiceWindow(reading, traffic, usedBefore: traffic.inFlight + 1))
            case .noWindow: form = .bucket(ServiceBucket(reading, traffic, pace))
            }
        case .bucket(var bucket):
            bucket.learn(reading, traffic, pace)
            form = .bucket(bucket)
        }
    }

    /// After a 429: nothing leaves before then, and after it no burst.
    package mutating func hold(until moment: Double) {
        heldUntil = max(heldUntil, moment)
        even.hold(until: moment)
        switch form {
        case .untold: break
        case .window(var window):
            window.exhaust(at: moment)
            form = .window(window)
        case .bucket(var bucket):
            bucket.exhaust(at: moment)
            form = .bucket(bucket)
        }
    }

    /// Whether one request looks whether the budget is whole again, and all others wait for its answer.
    var isScouting: Bool {
        switch form {
        case .window(let window): window.isScouting
        case .untold, .bucket: false
        }
    }

    /// Seconds until a stop ends; nil when there is none.
    func stop(at now: Double) -> Double? {
        now < heldUntil ? heldUntil - now : nil
    }

    /// Seconds for which the service has answered nothing but refusals; 0 where it answers.
    func refusedTime(at now: Double) -> Double {
        refusedSince.map { now - $0 } ?? 0
    }

    private mutating func becomeUntold() {
        form = .untold
        sentUntold = traffic.sent - traffic.inFlight - 1
    }

    /// Whether by what headers said a refusal is out of the question, others or not.
    private var isContradicted: Bool {
        switch form {
        case .untold: false
        case .window(let window): window.spare(traffic) > 50
        case .bucket(let bucket): bucket.spare > 50
        }
    }

    private mutating func leave(_ now: Double) -> Ticket {
        traffic.sent += 1
        return Ticket(number: traffic.sent, leftAt: now, answeredBefore: traffic.answered)
    }
}

/// What of the service's limit is ours.
struct Allotment: Sendable, Hashable {
    /// As configured.
    var perMinute: Double
    var share: Double

    init(perMinute: Double, share: Double) {
        self.perMinute = perMinute
        self.share = min(max(share, 0.001), 1)
    }

    /// Requests a minute where the service has this limit.
    func budget(of limit: Double) -> Double {
        TokenBucket.budget(min(perMinute, limit) * share)
    }
}

/// How many requests went and came.
struct Traffic: Sendable, Hashable {
    var sent = 0
    /// Those that the service certainly counted.
    private(set) var answered = 0
    /// Those that it may have counted or not.
    var lost = 0
    /// From leaving to the answer, the mean of late; seconds.
    private(set) var roundTrip = 0.0

    var inFlight: Int { sent - answered - lost }

    mutating func note(_ ticket: Throttle.Ticket, at now: Double) {
        answered += 1
        let seconds = max(0, now - ticket.leftAt)
        roundTrip = answered == 1 ? seconds : roundTrip + (seconds - roundTrip) / 8
    }
}

/// What an answer tells of the service's limit, and when.
struct ServiceReading: Sendable, Hashable {
    var ticket: Throttle.Ticket
    var limit: Double
    var remaining: Double
    /// Seconds.
    var reset: Double?
    var at: Double

    /// When the window ends, for the service's clock shows whole seconds, rounded up, and read at some moment
    /// between the leaving of the request and the answer.
    var end: ClosedRange<Double>? {
        reset.map { (ticket.leftAt + $0 - 1)...(at + max($0, 0.01)) }
    }

    var perSecond: Double { limit / 60 }
}
