import FoundationEssentials
import HTTPTypes
import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox
import Synchronization

/// What a run works on: a service in this process, a ledger in a directory of its own, a clock that moves
/// only when it is told to.
final class Stage: Sendable {
    let sandbox: Sandbox
    let ledger: LedgerFile
    private let directory: String
    private let time: Mutex<Timestamp>
    private let runCount = Mutex(0)

    /// Hears of a request before the service does.
    typealias Listener = @Sendable (HTTPRequest) async -> Void

    init(_ profiles: [Profile] = [], entries: [LedgerEntry] = [], faults: [String] = []) throws {
        let start = Timestamp(seconds: 1_700_000_000)
        var configuration = SandboxConfiguration()
        for rule in faults { configuration.faults.append(try SandboxFault(rule: rule)) }
        sandbox = try Sandbox(configuration: configuration, now: { start }, sleep: { _ in })
        try sandbox.load(SandboxWorld(profiles: profiles))
        directory = Self.place + "/stage-\(UUID().uuidString)"
        ledger = try LedgerFile.open("\(directory)/ledger.sqlite")
        try ledger.update(entries.map { .put($0) }, at: start)
        time = Mutex(start)
    }

    /// In memory where the system has such a place: laws write thousands of ledgers, and a disk that syncs each
    /// transaction is slow.
    private static let place =
        FileManager.default.isWritableFile(atPath: "/dev/shm")
        ? "/dev/shm" : FileManager.default.temporaryDirectory.path

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    var now: Timestamp { time.withLock { $0 } }

    func advance(_ seconds: Int64) {
        time.withLock { $0.seconds += seconds }
    }

    /// - Parameter limiter: unlimited when nil.
    func client(
        retry: RetryPolicy = .never, limiter: RateLimiter? = nil, onRequest listener: @escaping Listener = { _ in },
        onPause: @escaping @Sendable (Double) -> Void = { _ in }
    ) -> WritingClient {
        let transport = HTTPTransport { [sandbox] request, body throws(TransportFailure) in
            await listener(request)
            return try await sandbox.answer(to: request, body)
        }
        let clock = Shared(0.0)
        let pacer = Pacer(
            now: { clock.value },
            sleep: { seconds in
                onPause(seconds)
                clock.change { $0 += seconds }
            }, random: { 0 })
        return WritingClient(
            reading: ReadingClient(
                origin: ServiceOrigin(url: "http://localhost")!, credentials: .none, transport: transport,
                limiter: limiter ?? .unlimited(pacer: pacer), retry: retry, userAgent: "tests", pacer: pacer))
    }

    func planner(_ desired: [DesiredProfile], moves: [AddressMove] = []) throws -> Planner {
        Planner(
            desired: DesiredState(profiles: desired, moves: moves), ledger: try ledger.entries(),
            policy: PlanPolicy(allowDelete: true, allowDeleteAll: true), environment: stamp,
            pace: Pace(perMinute: 600, share: 1), scope: PlanScope())
    }

    func plan(_ desired: [DesiredProfile], moves: [AddressMove] = []) async throws -> Plan {
        let planner = try planner(desired, moves: moves)
        return planner.plan(try await refresh(for: planner, from: client().reading, parallelism: 4), at: now)
    }

    /// A plan of these steps, whatever a planner would make of them.
    func plan(of steps: [Step]) -> Plan {
        Plan(
            environment: stamp, createdAt: now, steps: steps,
            cost: Cost(readsMade: 0, checkReads: 0, writes: [], perMinute: 600, share: 1))
    }

    /// A new run that holds the lock.
    func begin(_ plan: Plan) throws -> RunJournal {
        try begin(plan, under: try takeLock())
    }

    func takeLock(as name: String = "tests") throws -> HeldLock {
        let holder = LockHolder(name: name, host: "here", pid: 1)
        let grant = try ledger.acquireLock(holder, now: now, lease: HeldLock.lease)
        return HeldLock(grant.record.token, of: ledger, now: { self.now })
    }

    private func begin(_ plan: Plan, under lock: HeldLock) throws -> RunJournal {
        let number = runCount.withLock { count in
            count += 1
            return count
        }
        let journal = RunJournal(ledger: ledger, run: "run-\(number)", lock: lock.token, now: { self.now })
        try journal.begin(plan)
        return journal
    }

    /// Carries out in a run of its own what is left of a plan that was made earlier, and ends the run.
    @discardableResult
    func apply(_ review: PlanReview) async throws -> ApplyReport {
        let lock = try takeLock()
        let journal = RunJournal(ledger: ledger, run: "run-of-review", lock: lock.token, now: { self.now })
        try journal.begin(review)
        let client = client().permitted(by: lock.writePermission)
        let report = try await Applier(client: client, journal: journal, parallelism: 1).apply(review)
        try journal.end(report)
        lock.release()
        return report
    }

    /// Carries the plan out in a run of its own, and ends it.
    @discardableResult
    func apply(
        _ plan: Plan, parallelism: Int = 8, isFailFast: Bool = false, canary: Canary? = nil, ticker: Ticker? = nil,
        retry: RetryPolicy = .never, limiter: RateLimiter? = nil,
        isInterrupted: @escaping @Sendable () -> Bool = { false },
        waitForInterrupt: @escaping @Sendable () async -> Bool = { false },
        onRequest listener: @escaping Listener = { _ in }, onPause: @escaping @Sendable (Double) -> Void = { _ in },
        onEvent: (ApplyEvent) throws -> Void = { _ in }
    ) async throws -> ApplyReport {
        let lock = try takeLock()
        let journal = try begin(plan, under: lock)
        let client = client(retry: retry, limiter: limiter, onRequest: listener, onPause: onPause)
        let applier = Applier(
            client: client.permitted(by: lock.writePermission), journal: journal, parallelism: parallelism,
            isFailFast: isFailFast, ticker: ticker, isInterrupted: isInterrupted, waitForInterrupt: waitForInterrupt)
        let report = try await applier.apply(plan, canary: canary, onEvent: onEvent)
        try journal.end(report)
        lock.release()
        return report
    }

    private var stamp: EnvironmentStamp { EnvironmentStamp(name: "test", service: "sandbox:memory") }
}

extension Sandbox {
    fileprivate func answer(to request: HTTPRequest, _ body: [UInt8]) async throws(TransportFailure) -> HTTPAnswer {
        let answer = await respond(to: request, body: body)
        switch answer.behaviour {
        case .normal, .slow: return HTTPAnswer(head: answer.head, body: answer.body)
        case .cutBefore, .cutAfter: throw .connectionLost(sent: true, "cut")
        case .truncated(let sending): throw .truncated(expected: answer.body.count, got: sending)
        case .misstatedLength(let announced): throw .truncated(expected: announced, got: answer.body.count)
        }
    }

    /// The requests that change something, as `METHOD path?query`.
    var writes: [String] {
        requests.filter { $0.method != "GET" }.map(\.line)
    }

    var reads: [String] {
        requests.filter { $0.method == "GET" }.map(\.line)
    }
}

extension LoggedRequest {
    fileprivate var line: String { "\(method) \(path)" + (query.map { "?\($0)" } ?? "") }
}

extension HTTPRequest {
    var isWrite: Bool { method != .get }
}

/// Counts what is under way at the same time.
final class Gauge: Sendable {
    private let state = Mutex((current: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    /// Stays until so many are there at once, or long enough to see that they will not be.
    func pass(waitingFor crowd: Int) async {
        state.withLock { state in
            state.current += 1
            state.most = max(state.most, state.current)
        }
        for _ in 0..<2_000 where most < crowd { await Task.yield() }
        state.withLock { $0.current -= 1 }
    }
}

/// A value that closures on several tasks share.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) {
        state = Mutex(value)
    }

    var value: Value { state.withLock { $0 } }

    @discardableResult
    func change<Result: Sendable>(_ body: @Sendable (inout Value) -> Result) -> Result {
        state.withLock { body(&$0) }
    }
}
