import Diagnostics
import FoundationEssentials
import HTTPTypes
import Ledger
import Manifests
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox
import WireFormat

/// An account and a ledger of its own for one scenario, on which time stands still.
final class Stage: Sendable {
    static let now = Timestamp(seconds: 1_700_000_000)

    let sandbox: Sandbox
    let ledger: LedgerFile
    private let client: WritingClient
    private let directory: String

    convenience init(_ scenario: Scenario, switches: SandboxSwitches) throws {
        try self.init(scenario.live, scenario.ledger, switches: switches)
    }

    convenience init(
        _ world: SandboxWorld, _ entries: [LedgerEntry], switches: SandboxSwitches = SandboxSwitches()
    ) throws {
        try self.init(world, entries, SandboxConfiguration(switches: switches), limiter: .unlimited())
    }

    /// - Parameter pacer: the time of the service and of its clients; scenarios have none that passes.
    init(
        _ world: SandboxWorld, _ entries: [LedgerEntry], _ configuration: SandboxConfiguration,
        limiter: RateLimiter, pacer: Pacer = .system, seed: UInt64 = 7,
        now: @escaping @Sendable () -> Timestamp = { Stage.now }
    ) throws {
        sandbox = try Sandbox(configuration: configuration, now: now, seed: seed, sleep: { _ in })
        try sandbox.load(world)
        client = WritingClient(
            reading: ReadingClient(
                origin: ServiceOrigin(url: "http://localhost:1")!, credentials: .none, transport: .embedded(sandbox),
                limiter: limiter, userAgent: "profilectl-scenarios", pacer: pacer))
        directory = FileManager.default.temporaryDirectory.appending(path: "profilectl-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        ledger = try LedgerFile.open("\(directory)/ledger.sqlite")
        try ledger.update(entries.map { .put($0) }, at: Stage.now)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func plan(
        _ desired: DesiredState, _ policy: PlanPolicy, patchNullDeletes: Bool, scope: PlanScope = PlanScope(),
        history: LedgerHistory = .known
    ) async throws -> Plan {
        let entries = try ledger.entries()
        let planner = Planner(
            desired: desired, ledger: entries, policy: policy,
            environment: EnvironmentStamp(name: "test", service: "sandbox:memory"),
            pace: Pace(perMinute: 500, share: 1), scope: scope,
            selection: try selection(scope, among: desired.profiles.map(\.address) + entries.map(\.address)),
            patchNullDeletes: patchNullDeletes, history: history)
        let live = try await refresh(for: planner, from: client.reading, parallelism: 1)
        return planner.plan(live, at: Stage.now)
    }

    private func selection(_ scope: PlanScope, among addresses: [Address]) throws -> PlanSelection? {
        guard !scope.isWhole else { return nil }
        let selection = AddressSelection(
            targets: scope.targets.compactMap { AddressPattern($0) },
            excludes: scope.excludes.compactMap { AddressPattern($0) }, among: Set(addresses))
        if let problem = selection.diagnostics.first { throw ScenarioFlaw(problem.message) }
        return PlanSelection(chosen: selection.selected, excluded: selection.excluded)
    }

    func apply(_ plan: Plan, parallelism: Int = 1) async throws -> ApplyReport {
        try await apply(PlanReview(of: plan), parallelism: parallelism)
    }

    /// What is left of a plan that was made earlier.
    func review(_ plan: Plan, _ policy: PlanPolicy, patchNullDeletes: Bool) throws -> PlanReview {
        PlanReview(
            saved: plan, ledger: try ledger.entries(), policy: policy, pace: Pace(perMinute: 500, share: 1),
            patchNullDeletes: patchNullDeletes)
    }

    func apply(_ review: PlanReview, parallelism: Int = 1) async throws -> ApplyReport {
        let holder = LockHolder(name: "scenarios", host: "localhost", pid: 1)
        let lock = try ledger.acquireLock(holder, now: Stage.now, lease: HeldLock.lease).record
        let journal = RunJournal(
            ledger: ledger, run: UUID().uuidString, lock: lock.token, now: { Stage.now })
        try journal.begin(review)
        let report = try await Applier(client: client, journal: journal, parallelism: parallelism).apply(review)
        try journal.end(report)
        try ledger.releaseLock(lock.token)
        return report
    }

    /// Without manifests.
    func drift() async throws -> DriftReport {
        let check = DriftCheck(ledger: try ledger.entries(), manifests: nil, accepted: [])
        let live = try await refresh(asking: { check.lookups(after: $0) }, from: client.reading, parallelism: 1)
        return check.report(
            live, environment: EnvironmentStamp(name: "test", service: "sandbox:memory"), scope: PlanScope(),
            at: Stage.now)
    }

    /// The way back from the last run.
    func rollback() async throws -> Plan {
        guard let run = try ledger.runs().first else { throw Broken("there is no run") }
        let back = Rollback(
            try RecordedRunChanges(run: run.id, in: ledger), ledger: try ledger.entries(), writers: [:],
            policy: PlanPolicy(allowDelete: true, allowDeleteAll: true),
            environment: EnvironmentStamp(name: "test", service: "sandbox:memory"),
            pace: Pace(perMinute: 500, share: 1))
        let live = try await refresh(asking: { back.lookups(after: $0) }, from: client.reading, parallelism: 1)
        return back.plan(live, at: Stage.now)
    }

    /// The call alone, without the ledger.
    func perform(_ step: Step) async throws {
        guard let form = step.request.map({ CallForm($0) }) else { return }
        try await send(
            form.method, form.query.map { "\(form.path)?\($0)" } ?? form.path, form.body.map { writeJSON($0) } ?? "")
    }

    func make(_ call: OutsideCall) async throws {
        switch call {
        case .request(let method, let target, let body):
            try await send(method, target, body)
        case .delete(let query):
            guard let profile = try await client.reading.profile(matching: query) else {
                throw ScenarioFlaw("nothing to delete for \(query)")
            }
            try await send("DELETE", "/api/v2/user_profiles/\(profile.id)", "")
        }
    }

    private func send(_ method: String, _ target: String, _ body: String) async throws {
        let request = HTTPRequest(
            method: HTTPRequest.Method(method)!, scheme: "http", authority: "localhost", path: target,
            headerFields: [.contentType: "application/json"])
        let answer = await sandbox.respond(to: request, body: Array(body.utf8))
        guard answer.head.status.kind == .successful else {
            throw ScenarioFlaw("\(method) \(target): \(String(decoding: answer.body, as: UTF8.self))")
        }
    }
}

extension HTTPTransport {
    /// The sandbox without a socket.
    static func embedded(_ sandbox: Sandbox) -> HTTPTransport {
        HTTPTransport { request, body throws(TransportFailure) in
            let answer = await sandbox.respond(to: request, body: body)
            switch answer.behaviour {
            case .normal, .slow: return HTTPAnswer(head: answer.head, body: answer.body)
            case .cutBefore, .cutAfter: throw .connectionLost(sent: true, "cut")
            case .truncated(let sending): throw .truncated(expected: answer.body.count, got: sending)
            case .misstatedLength(let announced): throw .truncated(expected: announced, got: answer.body.count)
            }
        }
    }
}
