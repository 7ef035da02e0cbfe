import Diagnostics
import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox
import Testing

/// Whatever a run does, its rollback brings back all that can come back, and the rollback of that goes forth again.
@Suite struct RollbackLawTests {
    @Test(arguments: 0..<40)
    func thereAndBack(seed: UInt64) async throws {
        var random = Dice(seed: seed)
        let stage = try Stage((1...4).map { live($0, ids($0, &random), attributes(&random)) })
        let (old, new) = (wishes(&random), wishes(&random))
        try await stage.apply(stage.plan(old))
        let before = try State(stage)
        let plan = try await stage.plan(new)
        guard plan.applyable, plan.blocked.isEmpty else { return }
        let run = try await stage.apply(plan, parallelism: 3).run
        let after = try State(stage)
        let back = try await stage.rollbackPlan(run)
        #expect(!back.errored, "seed \(seed): \(back.diagnostics.map(\.message))")
        guard back.applyable else { return }
        let report = try await stage.apply(back)
        #expect(report.counts.done == report.lines.count, "seed \(seed): \(report.lines.map(\.outcome))")
        #expect(try State(stage) == before, "seed \(seed)")
        let again = try await stage.plan(old)
        #expect(again.steps.isEmpty, "seed \(seed): \(again.steps.map { "\($0.action) \($0.address) \($0.fields)" })")
        let forth = try await stage.rollbackPlan(report.run)
        guard forth.applyable else { return }
        try await stage.apply(forth)
        #expect(try State(stage) == after, "seed \(seed): forth again")
    }

    /// And whatever happens between the run and its rollback: later runs, moves, removals, profiles that are taken over,
    /// and what others do outside.
    @Test(arguments: 0..<60)
    func onlyWhatTheRunDid(seed: UInt64) async throws {
        var random = Dice(seed: seed)
        let stage = try Stage((1...4).map { live($0, ids($0, &random), attributes(&random)) })
        try await stage.apply(stage.plan(wishes(&random)))
        let before = try Seen(stage)
        let plan = try await stage.plan(wishes(&random))
        guard plan.applyable else { return }
        let run = try await stage.apply(plan, parallelism: 3).run
        let touched = Touched(before, try Seen(stage))
        for turn in 0...random.next(below: 3) { try await happen(turn, on: stage, &random) }

        let now = try Seen(stage)
        let back = try await stage.rollbackPlan(run)
        let steps = back.steps + back.blocked.map(\.step)
        let told = "seed \(seed): \(steps.map { "\($0.action) \($0.address)" }) \(back.diagnostics.map(\.message))"
        #expect(!back.errored, "\(told)")
        #expect(steps.allSatisfy { $0.before.map { touched.ids.contains($0.id) } ?? true }, "\(told)")
        #expect(
            steps.allSatisfy { step in
                step.action != .delete || step.before.map { touched.created.contains($0.id) } ?? false
            }, "\(told)")
        guard back.applyable else { return }
        let report = try await stage.apply(back, parallelism: 3)
        #expect(report.counts.done == report.lines.count, "\(told) \(report.lines.map(\.outcome))")
        let end = try Seen(stage)
        let others = Set(now.profiles.keys).union(now.entries.keys).subtracting(touched.ids)
        #expect(end.profiles(of: others) == now.profiles(of: others), "\(told)")
        #expect(end.entries(of: others) == now.entries(of: others), "\(told)")
        let missing = Set(now.profiles.keys).subtracting(end.profiles.keys)
        #expect(missing.isSubset(of: touched.created), "\(told)")
        let (was, stays) = (touched.outside(try await drift(now, stage)), touched.outside(try await drift(end, stage)))
        // What the run took over is let go of, and so drifts no more; nothing drifts anew.
        #expect(stays.isSubset(of: was), "\(told) \(stays.subtracting(was))")
        let managed = Set(end.entries.keys)
        #expect(was.subtracting(stays).allSatisfy { !managed.contains($0.id) }, "\(told) \(was.subtracting(stays))")
    }

    private func happen(_ turn: Int, on stage: Stage, _ random: inout Dice) async throws {
        let entries = try stage.ledger.entries()
        let one = entries.isEmpty ? nil : entries[random.next(below: entries.count)]
        switch (random.next(below: 6), one) {
        case (0, let one?): try stage.change { $0.profiles.removeAll { $0.id == one.profileID } }
        case (1, let one?): try stage.ledger.update([.remove(one.address)], at: stage.now)
        case (2, let one?):
            // Another profile is taken over where this one was.
            let number = 100 + turn
            let other = live(number, ["bike_id:b\(number)"], ["a": "0"])
            try stage.change { world in
                world.profiles.removeAll { $0.id == one.profileID }
                world.profiles.append(other)
            }
            try stage.ledger.update([.put(entry(one.address.name, other))], at: stage.now)
        case (3, let one?):
            try stage.change { world in
                guard let place = world.profiles.firstIndex(where: { $0.id == one.profileID }) else { return }
                world.profiles[place].attributes["d"] = "theirs"
            }
        case (4, let one?):
            let moved = address("\(one.address.name)-moved")
            let taken = entries.contains { $0.address == moved }
            var wanted = wishes(&random).filter { $0.address != one.address }
            wanted.append(desired(moved.name, [one.lastApplied.identifiers[0]].map { "\($0.type):\($0.value)" }))
            if random.next(below: 2) == 0 { wanted.append(desired(one.address.name, ["bike_id:new"])) }
            let place = Origin(file: "moves.yaml", line: 1, column: 1)
            let move = AddressMove(from: one.address, to: moved, origin: place, destination: place)
            let plan = try await stage.plan(wanted.sorted { $0.address < $1.address }, moves: taken ? [] : [move])
            if plan.applyable { try await stage.apply(plan, parallelism: 3) }
        default:
            let plan = try await stage.plan(wishes(&random))
            if plan.applyable { try await stage.apply(plan, parallelism: 3) }
        }
    }

    private func drift(_ seen: Seen, _ stage: Stage) async throws -> Set<Touched.Field> {
        let check = DriftCheck(ledger: Array(seen.entries.values), manifests: nil, accepted: [])
        let live = try await refresh(asking: check.lookups, from: stage.client().reading, parallelism: 4)
        let stamp = EnvironmentStamp(name: "test", service: "sandbox:memory")
        let report = check.report(live, environment: stamp, scope: PlanScope(), at: stage.now)
        return Set(
            report.profiles.flatMap { profile in
                profile.findings.map { Touched.Field(id: profile.profileID, name: fieldName($0.field)) }
            })
    }

    private func fieldName(_ field: DriftField) -> String {
        switch field {
        case .profile: "profile"
        case .name: "name"
        case .identifiers(let type): "identifiers \(type)"
        case .attribute(let path): "attribute \(path[0])"
        }
    }

    private func wishes(_ random: inout Dice) -> [DesiredProfile] {
        (1...6).compactMap { number -> DesiredProfile? in
            guard random.next(below: 4) > 0 else { return nil }
            var wish = desired("rider-\(number)", ids(number, &random), attributes(&random))
            if random.next(below: 3) == 0 { wish.name = "Rider \(random.next(below: 3))" }
            if random.next(below: 3) == 0 { wish.attributesMode = .exclusive }
            if random.next(below: 4) == 0 { wish.identifiersMode = .exclusive }
            return wish
        }
    }

    private func ids(_ number: Int, _ random: inout Dice) -> [String] {
        var ids = ["bike_id:b\(number)"]
        if random.next(below: 2) == 0 { ids.append("locker:l\(number)-\(random.next(below: 3))") }
        if random.next(below: 3) == 0 { ids.append("helmet:h\(number)") }
        return ids
    }

    private func attributes(_ random: inout Dice) -> AttributeObject {
        var object: AttributeObject = [:]
        for key in ["a", "b", "c"] {
            switch random.next(below: 5) {
            case 0: object[key] = .string("\(random.next(below: 3))")
            case 1: object[key] = .object(["x": .string("\(random.next(below: 2))"), "y": "1"])
            case 2: object[key] = .object(["y": .string("\(random.next(below: 2))")])
            default: break
            }
        }
        return object
    }
}

/// All that can come back: not ids, not times, and nothing of users.
private struct State: Equatable {
    var profiles: [String: AttributeObject]
    var entries: [Address: ProfileValues]

    init(_ stage: Stage) throws {
        profiles = [:]
        for profile in stage.sandbox.world().profiles {
            let identifiers = profile.identifiers.map { "\($0.type) \($0.value)" }.sorted().joined(separator: ", ")
            profiles["\(profile.name ?? ""): \(identifiers)"] = profile.attributes
        }
        let entries = try stage.ledger.entries()
        let live = Set(stage.sandbox.world().profiles.map(\.id))
        #expect(entries.allSatisfy { live.contains($0.profileID) })
        self.entries = Dictionary(uniqueKeysWithValues: entries.map { ($0.address, $0.lastApplied) })
    }
}

/// What there is, by the ids of profiles.
private struct Seen {
    var profiles: [String: Profile]
    var entries: [String: LedgerEntry]

    init(_ stage: Stage) throws {
        profiles = Dictionary(uniqueKeysWithValues: stage.sandbox.world().profiles.map { ($0.id, $0) })
        entries = Dictionary(uniqueKeysWithValues: try stage.ledger.entries().map { ($0.profileID, $0) })
    }

    func profiles(of ids: Set<String>) -> [String: Profile] { profiles.filter { ids.contains($0.key) } }

    func entries(of ids: Set<String>) -> [String: LedgerEntry] { entries.filter { ids.contains($0.key) } }
}

/// What a run did, told by what there was before it and after it.
private struct Touched {
    struct Field: Hashable {
        var id: String
        var name: String
    }

    private(set) var created: Set<String> = []
    private(set) var ids: Set<String> = []
    private var fields: Set<Field> = []

    init(_ before: Seen, _ after: Seen) {
        created = Set(after.profiles.keys).subtracting(before.profiles.keys)
        let all = Set(before.profiles.keys).union(after.profiles.keys).union(before.entries.keys)
        for id in all {
            let values = [before.profiles[id]?.values, after.profiles[id]?.values]
            let applied = [before.entries[id]?.lastApplied, after.entries[id]?.lastApplied]
            guard values[0] != values[1] || before.entries[id] != after.entries[id] else { continue }
            ids.insert(id)
            for (old, new) in [(values[0], values[1]), (applied[0], applied[1])] { note(id, old, new) }
        }
    }

    /// Members of an attribute count as the whole of it.
    private mutating func note(_ id: String, _ old: ProfileValues?, _ new: ProfileValues?) {
        if old?.name != new?.name || old?.identifiers != new?.identifiers { fields.insert(Field(id: id, name: "name")) }
        let types = Set((old?.identifiers ?? []) + (new?.identifiers ?? []))
        for identifier in types where (old?.identifiers.contains(identifier)) != (new?.identifiers.contains(identifier))
        {
            fields.insert(Field(id: id, name: "identifiers \(identifier.type)"))
        }
        let keys = Set(((old?.attributes.members ?? []) + (new?.attributes.members ?? [])).map(\.key))
        for key in keys where old?.attributes[key] != new?.attributes[key] {
            fields.insert(Field(id: id, name: "attribute \(key)"))
        }
    }

    func outside(_ all: Set<Field>) -> Set<Field> { all.subtracting(fields) }
}
