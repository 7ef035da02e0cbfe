import FoundationEssentials
import ProfileModel

/// Some that are always the same, and one that is new each time, but not in a pipeline, which should not fail for
/// what nobody changed. `PROFILECTL_SEED` repeats one alone.
let lawSeeds: [UInt64] = {
    let environment = ProcessInfo.processInfo.environment
    if let text = environment["PROFILECTL_SEED"], let seed = UInt64(text) { return [seed] }
    return [1, 2, 3, 4, environment["CI"] == nil ? .random(in: 6 ... .max) : 5]
}()

/// What a law says when it does not hold.
struct Broken: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// Values from small alphabets, so that equal and almost equal ones meet.
struct Draw: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func one<Value>(of values: [Value]) -> Value { values.randomElement(using: &self)! }

    mutating func name() -> String? { one(of: [nil, nil, "Jane", "jane", "a@x", "User 7", "", "member user 7"]) }

    static func folded(_ identifier: Identifier) -> Identifier {
        switch identifier.type {
        case "email", "google": Identifier(type: "email", value: identifier.value.lowercased())
        case "twitter", "external_id": Identifier(type: identifier.type, value: identifier.value.lowercased())
        default: identifier
        }
    }

    mutating func identifiers() -> [Identifier] {
        var seen: Set<Identifier> = []
        return (0..<Int.random(in: 1...4, using: &self)).compactMap { _ in
            let type = one(of: [
                "email", "email", "external_id", "twitter", "phone_number", "facebook", "member", "Member",
            ])
            let identifier = Identifier(type: type, value: one(of: ["a@x", "A@x", "7", "07", "x:y", "ü %+"]))
            return seen.insert(Self.folded(identifier)).inserted ? identifier : nil
        }
    }

    mutating func ignoredPath() -> [String] {
        one(of: [["name"], ["identifiers"], ["attributes"], ["attributes", "a"], ["attributes", "b", "a"]])
    }

    mutating func object(depth: Int) -> AttributeObject {
        AttributeObject(
            (0..<Int.random(in: 0...3, using: &self)).map { _ in
                (one(of: ["a", "b", "c", "a.b", "", "ü"]), value(depth: depth + 1))
            })
    }

    mutating func value(depth: Int) -> AttributeValue {
        let numbers = [
            "0", "-0", "1", "1.0", "1e0", "10", "1E1", "0.1", "12345678901234567890", "12345678901234567891",
        ]
        switch Int.random(in: 0..<(depth < 4 ? 10 : 7), using: &self) {
        case 0: return .null
        case 1: return .bool(chance(50))
        case 2, 3: return .number(JSONNumber(text: one(of: numbers)))
        case 4, 5, 6: return .string(one(of: ["", "x", "1", "X", "null"]))
        case 7: return .array((0..<Int.random(in: 0...2, using: &self)).map { _ in value(depth: depth + 1) })
        default: return .object(object(depth: depth))
        }
    }

    /// Much the same, with something added, changed or taken away here and there.
    mutating func variation(of object: AttributeObject) -> AttributeObject {
        var object = object
        for member in object.members {
            switch (Int.random(in: 0..<6, using: &self), member.value) {
            case (0, _): object[member.key] = nil
            case (1, _): object[member.key] = value(depth: 1)
            case (2...4, .object(let inner)): object[member.key] = .object(variation(of: inner))
            default: break
            }
        }
        if chance(30) { object[one(of: ["a", "b", "d"])] = value(depth: 1) }
        return object
    }
}

func permutations<Item>(_ items: [Item]) -> [[Item]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { place -> [[Item]] in
        var rest = items
        let first = rest.remove(at: place)
        return permutations(rest).map { [first] + $0 }
    }
}
