import Planning
import ProfileModel
import Testing

/// A generated workspace: manifests, ledger and live profiles that fit together badly, but can be reconciled.
///
/// Each address has identifiers of its own; a few shared ones change hands among managed profiles.
struct Workspace {
    var desired: [DesiredProfile] = []
    var ledger: [LedgerEntry] = []
    var moves: [AddressMove] = []
    var world = World([])
    private let patchNullDeletes: Bool
    private var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed)
        patchNullDeletes = Bool.random(using: &random)
        var profiles: [Profile] = []
        let names = (0..<Int.random(in: 1...8, using: &random)).map { "p\($0)" }
        var wantedCards = deal(to: names)
        var heldCards = deal(to: names)
        for name in names {
            let isLive = chance(5, of: 6)
            let isManaged = chance(4, of: 5)
            let isDesired = chance(5, of: 6)
            let last = values(name, cards: isManaged ? heldCards[name] ?? [] : [])
            if isLive { profiles.append(liveProfile(name, last, mutate: chance(1, of: 2))) }
            if isManaged {
                let isRenamed = isDesired && chance(1, of: 6)
                if isRenamed { moves.append(moved("old-\(name)", name)) }
                ledger.append(
                    LedgerEntry(
                        address: address(isRenamed ? "old-\(name)" : name), profileID: "L\(name)",
                        userID: "user-of-\(name.hash2)",
                        lastApplied: last,
                        preventDestroy: false))
            }
            if isDesired { desired.append(manifest(name, last, cards: wantedCards[name] ?? [])) }
            wantedCards[name] = nil
            heldCards[name] = nil
        }
        world = World(profiles)
    }

    func planner(_ selection: PlanSelection? = nil) -> Planner {
        PlanningTests.planner(desired, ledger, moves: moves, selection: selection, patchNullDeletes: patchNullDeletes)
    }

    /// Performs the steps in order, as an apply does, and lets the ledger learn from each.
    mutating func carryOut(_ plan: Plan, _ seed: UInt64) {
        for step in plan.steps {
            var problem: String?
            var written = step.before
            if let request = step.request { written = world.perform(request, problem: &problem) }
            #expect(problem == nil, "step \(step.number), seed \(seed)")
            if case .patch(_, let patch) = step.request, !patchNullDeletes {
                #expect(!holdsNull(.object(patch.attributes)), "step \(step.number), seed \(seed)")
            }
            if let after = step.after, let written {
                let actual = ProfileValues(
                    name: written.name, identifiers: written.identifiers, attributes: written.attributes)
                #expect(actual == after, "step \(step.number), seed \(seed)")
            }
            ledger.removeAll { $0.address == step.address || $0.address == step.movedFrom }
            guard let written, let declared = step.declared else { continue }
            ledger.append(
                LedgerEntry(
                    address: step.address, profileID: written.id, userID: written.userID, lastApplied: declared,
                    preventDestroy: step.preventDestroy))
        }
    }

    private func holdsNull(_ value: AttributeValue) -> Bool {
        switch value {
        case .null: true
        case .object(let object): object.members.contains { holdsNull($0.value) }
        case .bool, .number, .string, .array, .damaged: false
        }
    }

    /// Everything that is live, said in other words.
    mutating func rewrite() {
        var answers: [Profile] = []
        for entry in ledger {
            guard var profile = world.profiles[entry.profileID] else { continue }
            profile.identifiers = profile.identifiers.map { identifier in
                let folds = ["email", "twitter", "external_id"].contains(identifier.type)
                return Identifier(
                    type: identifier.type, value: folds ? identifier.value.uppercased() : identifier.value)
            }
            profile.identifiers.shuffle(using: &random)
            profile.attributes = reworded(profile.attributes)
            profile.updatedAt = Timestamp(seconds: 12345)
            answers.append(profile)
        }
        world = World(answers)
    }

    private func reworded(_ object: AttributeObject) -> AttributeObject {
        AttributeObject(object.members.reversed().map { ($0.key, reworded($0.value)) })
    }

    private func reworded(_ value: AttributeValue) -> AttributeValue {
        switch value {
        case .number(let number) where !number.text.contains("."): .number(JSONNumber(text: number.text + ".0"))
        case .object(let object): .object(reworded(object))
        case .array(let items): .array(items.map(reworded))
        case .damaged(let shown, let damage): .damaged(reworded(shown), damage)
        case .null, .bool, .number, .string: value
        }
    }
}

extension Workspace {
    private mutating func chance(_ part: Int, of whole: Int) -> Bool {
        Int.random(in: 0..<whole, using: &random) < part
    }

    /// Shared identifiers, each to one at most.
    private mutating func deal(to names: [String]) -> [String: [Identifier]] {
        var hands: [String: [Identifier]] = [:]
        for card in 0..<3 where chance(2, of: 3) {
            guard let name = names.randomElement(using: &random) else { continue }
            // No standard identifier: those stay with their user and do not change hands.
            let type = card == 0 ? "badge" : "card"
            hands[name, default: []].append(Identifier(type: type, value: "shared-\(card)"))
        }
        return hands
    }

    private mutating func values(_ name: String, cards: [Identifier]) -> ProfileValues {
        ProfileValues(
            name: chance(1, of: 2) ? nil : "Name \(Int.random(in: 0...2, using: &random))",
            identifiers: [Identifier(type: "member", value: name)] + ownIdentifiers(name) + cards,
            attributes: attributes(depth: 2))
    }

    private mutating func ownIdentifiers(_ name: String) -> [Identifier] {
        let pool = ["email", "external_id", "twitter", "badge"].flatMap { type in
            ["A", "b"].map { Identifier(type: type, value: "\(name)-\($0)@x") }
        }
        return pool.filter { _ in chance(1, of: 3) }
    }

    private mutating func attributes(depth: Int) -> AttributeObject {
        var object: AttributeObject = [:]
        for key in ["a", "b", "c"] where chance(1, of: 2) { object[key] = attribute(depth: depth) }
        return object
    }

    private mutating func attribute(depth: Int) -> AttributeValue {
        switch Int.random(in: 0..<9, using: &random) {
        case 0: .null
        case 1: .bool(true)
        case 2: number("\(Int.random(in: 0...2, using: &random))")
        case 3: .array([number("1"), .object(attributes(depth: 0))])
        case 4, 5,
            6 where depth > 0:
            .object(attributes(depth: depth - 1))
        default: .string("v\(Int.random(in: 0...2, using: &random))")
        }
    }

    private mutating func liveProfile(_ name: String, _ last: ProfileValues, mutate: Bool) -> Profile {
        var attributes = last.attributes
        var identifiers = last.identifiers
        var liveName = last.name ?? "somebody \(name)"
        if mutate {
            for key in ["a", "b", "d"] where chance(1, of: 2) {
                attributes[key] = chance(1, of: 4) ? nil : attribute(depth: 2)
            }
            if chance(1, of: 3) { liveName = "changed outside" }
            identifiers.removeAll { $0.type != "member" && chance(1, of: 4) }
            if chance(1, of: 3) { identifiers.append(Identifier(type: "theirs", value: name)) }
            identifiers.shuffle(using: &random)
        }
        return Profile(
            id: "L\(name)", userID: "user-of-\(name.hash2)", source: riders.source, type: riders.type, name: liveName,
            identifiers: identifiers.map {
                let folds = $0.type == "email" || $0.type == "twitter"
                return folds ? Identifier(type: $0.type, value: $0.value.lowercased()) : $0
            }, attributes: attributes)
    }

    private mutating func manifest(_ name: String, _ last: ProfileValues, cards: [Identifier]) -> DesiredProfile {
        var wanted = chance(1, of: 3) ? last : values(name, cards: [])
        wanted.identifiers.removeAll { $0.value.hasPrefix("shared-") }
        wanted.identifiers += cards
        let ignorable = [["name"], ["attributes", "a"], ["attributes", "b", "c"], ["attributes"]]
        return DesiredProfile(
            address: address(name), name: wanted.name, identifiers: wanted.identifiers, attributes: wanted.attributes,
            userID: chance(1, of: 8) ? "user-of-0" : nil, attributesMode: chance(1, of: 3) ? .exclusive : .declared,
            identifiersMode: chance(1, of: 3) ? .exclusive : .declared,
            lifecycle: .init(ignoreChanges: ignorable.filter { _ in chance(1, of: 8) }),
            origin: Origin(file: "w.yaml", line: 1, column: 1))
    }
}

extension String {
    /// Two users share the generated profiles, more or less.
    fileprivate var hash2: Int { utf8.reduce(0) { $0 + Int($1) } % 3 }
}
