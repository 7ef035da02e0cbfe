import HTTPTypes
import Planning
import ProfileModel
import Sandbox
import WireFormat

extension Broken {
    init(falseAlarm order: [Step]) {
        self.init("a false alarm: the service takes \(order.map { "\($0.action) \($0.address)" })")
    }
}

/// A sandbox on which laws are tried: plans are made from its answers and carried out call by call, without the
/// clients and the ledger in between.
struct LawAccount {
    let sandbox: Sandbox

    init(switches: [String] = []) throws {
        sandbox = try Sandbox(
            configuration: SandboxConfiguration(switches: SandboxSwitches(switches)),
            now: { Timestamp(seconds: 1_700_000_000) })
    }

    func planner(_ desired: DesiredState, _ ledger: [LedgerEntry]) -> Planner {
        Planner(
            desired: desired, ledger: ledger, policy: PlanPolicy(allowDelete: true, allowDeleteAll: true),
            environment: EnvironmentStamp(name: "law", service: "none"), pace: Pace(perMinute: 500, share: 1),
            scope: PlanScope())
    }

    func plan(_ desired: DesiredState, _ ledger: [LedgerEntry]) async throws -> Plan {
        let planner = planner(desired, ledger)
        return planner.plan(try await live(for: planner), at: Timestamp(seconds: 1_700_000_000))
    }

    func live(for planner: Planner) async throws -> LiveState {
        var state = LiveState()
        while case let lookups = planner.lookups(after: state), !lookups.isEmpty {
            for lookup in lookups {
                guard state.answers[lookup] == nil else { throw Broken("asked twice: \(lookup)") }
                let answer = try await answer(lookup)
                state.answers[lookup] = answer ?? []
                if case .user(let userID) = lookup, answer == nil { state.unknownUsers.insert(userID) }
            }
        }
        return state
    }

    private func answer(_ lookup: Lookup) async throws -> [Profile]? {
        let (status, body) = await send(CallForm(lookup))
        switch status {
        case 200: return try profiles(in: try readJSON(body))
        case 404: return nil
        default: throw Broken("a read answered \(status)")
        }
    }

    /// The profile written; throws when the service does not take the call as the plan says.
    func perform(_ step: Step) async throws -> Profile? {
        guard let write = step.request else { return nil }
        let (status, body) = await send(CallForm(write))
        let isAsPlanned =
            switch step.action {
            case .create: status == 201
            case .update: status == 200
            case .delete: status == 204
            case .adopt, .forget, .move: false
            }
        guard isAsPlanned else {
            throw Broken(
                "\(step.number) \(step.action) \(step.address): \(status) \(String(decoding: body, as: UTF8.self))")
        }
        return body.isEmpty ? nil : try profiles(in: try readJSON(body)).first
    }

    /// In some order that the dependencies allow.
    /// - Returns: the ledger afterwards.
    func carryOut(_ plan: Plan, _ ledger: [LedgerEntry], _ draw: inout Draw) async throws -> [LedgerEntry] {
        var entries = Dictionary(uniqueKeysWithValues: ledger.map { ($0.address, $0) })
        var waiting = plan.steps
        var done: Set<Int> = []
        while !waiting.isEmpty {
            let ready = waiting.indices.filter { done.isSuperset(of: waiting[$0].dependsOn) }
            guard let index = ready.randomElement(using: &draw) else { throw Broken("the steps wait for one another") }
            let step = waiting.remove(at: index)
            let profile = try await perform(step)
            entries[step.address] = step.declared.flatMap { declared in
                (profile ?? step.before).map {
                    LedgerEntry(address: step.address, profileID: $0.id, userID: $0.userID, lastApplied: declared)
                }
            }
            done.insert(step.number)
        }
        return entries.values.sorted { $0.address < $1.address }
    }

    /// An order in which the service takes all the steps, one by one from this state; nil when there is none.
    func orderThatIsTaken(_ steps: [Step], from start: SandboxWorld) async throws -> [Step]? {
        for order in permutations(steps) {
            try sandbox.load(start)
            if await takes(order) { return order }
        }
        return nil
    }

    private func takes(_ steps: [Step]) async -> Bool {
        do {
            for step in steps { _ = try await perform(step) }
            return true
        } catch {
            return false
        }
    }

    /// What another client writes; nil when it is refused.
    func write(_ write: ProfileWrite) async throws -> Profile? {
        let (status, body) = await send(CallForm(write))
        return status < 300 ? try profiles(in: try readJSON(body)).first : nil
    }

    private func send(_ form: CallForm) async -> (Int, [UInt8]) {
        let request = HTTPRequest(
            method: HTTPRequest.Method(form.method)!, scheme: "http", authority: "localhost",
            path: form.query.map { "\(form.path)?\($0)" } ?? form.path,
            headerFields: [.contentType: "application/json"])
        let answer = await sandbox.respond(to: request, body: Array((form.body.map { writeJSON($0) } ?? "").utf8))
        return (answer.head.status.code, answer.body)
    }

    private func profiles(in value: AttributeValue) throws -> [Profile] {
        guard case .object(let envelope) = value else { return [] }
        if let profile = envelope["profile"] { return [try Profile(json: profile)] }
        guard case .array(let items)? = envelope["profiles"] else { return [] }
        return try items.map { try Profile(json: $0) }
    }
}
