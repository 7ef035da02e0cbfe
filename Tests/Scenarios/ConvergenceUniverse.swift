import ProfileModel
import Sandbox
import WireFormat

/// A small world in which everything can be tried: two users, three profiles (two of one source and type, one of
/// another), three identifiers. Within a source and type each identifier is on one profile at most.
enum Universe {
    static let identifiers = [
        Identifier(type: "email", value: "e@x"), Identifier(type: "external_id", value: "12"),
        Identifier(type: "badge", value: "7"),
    ]
    static let addresses = [
        Address(source: "s", type: "t", name: "p1"), Address(source: "s", type: "t", name: "p2"),
        Address(source: "c", type: "t", name: "p3"),
    ]

    /// Who has which identifiers, numbered: each of the three is on none, the first or the second profile, and
    /// each is on the third one or not. A profile without any is not there.
    static let shapes: [[[Identifier]]] = (0..<27 * 8).map { number in
        let digits = [number % 27 / 9, number % 9 / 3, number % 3]
        return [
            identifiers.indices.filter { digits[$0] == 1 }, identifiers.indices.filter { digits[$0] == 2 },
            identifiers.indices.filter { ((number / 27) >> $0) & 1 == 1 },
        ].map { $0.map { identifiers[$0] } }
    }

    /// Each shape with each way to spread it over the two users in which no identity is of both.
    static let lives: [LiveShape] = shapes.flatMap { shape in
        [["1", "2", "1"], ["1", "2", "2"], ["1", "1", "1"]].compactMap { users in
            let live = LiveShape(identifiers: shape, users: users)
            return live.isPossible ? live : nil
        }
    }
}

struct LiveShape: Sendable {
    var identifiers: [[Identifier]]
    var users: [String]

    fileprivate var isPossible: Bool {
        // Who is not there has no user, so each such way is counted once.
        if identifiers[2].isEmpty, users[2] == "2" { return false }
        if users[1] == "1", identifiers[1].isEmpty || identifiers[0].isEmpty { return false }
        return Universe.identifiers.prefix(2).allSatisfy { identity in
            Set(identifiers.indices.filter { identifiers[$0].contains(identity) }.map { users[$0] }).count < 2
        }
    }
}

/// What is live, what the ledger knows, and what is wanted.
struct ConvergenceCase: CustomStringConvertible {
    var world: SandboxWorld
    var ledger: [LedgerEntry]
    var desired: DesiredState

    static func profileID(_ place: Int) -> String { "01ARZ3NDEKTSV4RRFFQ69G5FA\(place)" }

    /// Everything is as we applied it, and now something else is wanted.
    init(live: LiveShape, wanted: [[Identifier]]) {
        let present = live.identifiers.indices.filter { !live.identifiers[$0].isEmpty }
        let profiles = present.map { place in
            Profile(
                id: Self.profileID(place), userID: live.users[place], source: Universe.addresses[place].source,
                type: Universe.addresses[place].type, name: nil, identifiers: live.identifiers[place], attributes: [:])
        }
        world = SandboxWorld(users: ["1", "2"].map { user(String($0), of: profiles) }, profiles: profiles)
        ledger = present.map { place in
            LedgerEntry(
                address: Universe.addresses[place], profileID: Self.profileID(place), userID: live.users[place],
                lastApplied: ProfileValues(identifiers: live.identifiers[place]))
        }
        desired = DesiredState(
            profiles: wanted.indices.filter { !wanted[$0].isEmpty }.map { place in
                DesiredProfile(
                    address: Universe.addresses[place], identifiers: wanted[place],
                    origin: Origin(file: "law.yaml", line: UInt32(place + 1), column: 1))
            }
            .sorted { $0.address < $1.address })
        ledger.sort { $0.address < $1.address }
    }

    /// Ledger and live state each anything, names and attributes too.
    init(_ draw: inout Draw) {
        self.init(live: draw.one(of: Universe.lives), wanted: draw.one(of: Universe.shapes))
        for index in world.profiles.indices {
            world.profiles[index].name = draw.one(of: [nil, "A", "B"])
            world.profiles[index].attributes = Self.attributes(&draw)
        }
        let applied = draw.one(of: Universe.shapes)
        ledger = ledger.filter { _ in draw.chance(85) }.map { entry in
            var entry = entry
            let live = world.profiles.first { $0.id == entry.profileID }
            let drawn = applied[Universe.addresses.firstIndex(of: entry.address)!]
            entry.lastApplied = ProfileValues(
                name: draw.chance(50) ? live?.name : draw.one(of: [nil, "A", "B"]),
                identifiers: draw.chance(60) || drawn.isEmpty ? entry.lastApplied.identifiers : drawn,
                attributes: draw.chance(50) ? live?.attributes ?? [:] : Self.attributes(&draw))
            return entry
        }
        // Somebody deletes one, now and then.
        if draw.chance(20), let lost = world.profiles.indices.randomElement(using: &draw) {
            world.profiles.remove(at: lost)
        }
        for index in desired.profiles.indices {
            desired.profiles[index].name = draw.one(of: [nil, "A", "B"])
            desired.profiles[index].attributes = Self.attributes(&draw)
            desired.profiles[index].attributesMode = draw.chance(30) ? .exclusive : .declared
            desired.profiles[index].identifiersMode = draw.chance(30) ? .exclusive : .declared
            desired.profiles[index].key = draw.one(of: desired.profiles[index].identifiers)
        }
    }

    /// Two attributes, one of them an object at times.
    private static func attributes(_ draw: inout Draw) -> AttributeObject {
        var object: AttributeObject = [:]
        object["a"] = draw.one(of: [nil, "1", "2"])
        object["b"] = draw.one(of: [
            nil, "1", .object(["x": "1"]), .object(["x": "2", "y": "1"]),
            .object(["y": "2", "z": .object(["w": "1"])]),
        ])
        return object
    }

    var description: String {
        func words(_ identifiers: [Identifier]) -> String { identifiers.map(\.type).joined(separator: " ") }
        func words(_ attributes: AttributeObject) -> String {
            attributes.isEmpty ? "" : " \(writeJSON(.object(attributes)))"
        }
        let live = world.profiles.map {
            "\($0.id) user \($0.userID ?? "-") [\(words($0.identifiers))] \($0.name ?? "-")\(words($0.attributes))"
        }
        let entries = ledger.map {
            "\($0.address) = \($0.profileID) [\(words($0.lastApplied.identifiers))] \($0.lastApplied.name ?? "-")"
                + words($0.lastApplied.attributes)
        }
        let wanted = desired.profiles.map {
            "\($0.address) [\(words($0.identifiers))] key \($0.key.type) \($0.name ?? "-")\(words($0.attributes)) "
                + "\($0.identifiersMode) \($0.attributesMode)"
        }
        return (["live"] + live + ["ledger"] + entries + ["wanted"] + wanted).joined(separator: "\n  ")
    }
}

/// A user that has just what its profiles show.
private func user(_ id: String, of profiles: [Profile]) -> SandboxUser {
    let shown = Set(profiles.filter { $0.userID == id }.flatMap(\.identifiers))
    return SandboxUser(
        id: id, name: "user \(id)", externalID: shown.first { $0.type == "external_id" }?.value,
        identities: shown.filter { $0.type == "email" })
}
