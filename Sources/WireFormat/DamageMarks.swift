package import ProfileModel

// In documents of ours a damaged value stands as it is shown, and a list beside it says that it is damaged.

/// A damaged value inside another one.
struct DamageMark: Hashable {
    enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    var path: [Step]
    var damage: Damage
}

/// All damaged values, an outer one before those inside it.
func damageMarks(in value: AttributeValue, at path: [DamageMark.Step] = []) -> [DamageMark] {
    guard value.isDamaged else { return [] }
    return switch value {
    case .null, .bool, .number, .string: []
    case .damaged(let shown, let damage): [DamageMark(path: path, damage: damage)] + damageMarks(in: shown, at: path)
    case .array(let items): items.enumerated().flatMap { damageMarks(in: $1, at: path + [.index($0)]) }
    case .object(let object): object.members.flatMap { damageMarks(in: $0.value, at: path + [.key($0.key)]) }
    }
}

private let member = "not_reproducible"

extension AttributeObject {
    /// With a member `not_reproducible`, the list of its damaged values, if there are any.
    package func listingDamage() -> AttributeObject {
        let marks = damageMarks(in: .object(self))
        guard !marks.isEmpty else { return self }
        var object = self
        object[member] = .array(marks.map(\.json))
        return object
    }
}

extension AttributeValue {
    /// The value with its damaged values marked, as the list beside them says.
    func markingDamage() throws(ProfileDecodingError) -> AttributeValue {
        guard case .object(let object) = self, let list = object[member] else { return self }
        let error = ProfileDecodingError(field: member, problem: .wrongKind(expected: .array, found: .object))
        guard case .array(let items) = list else { throw error }
        var value = self
        for item in items {
            guard let mark = DamageMark(item), let marked = value.marked(mark.path[...], mark.damage) else {
                throw error
            }
            value = marked
        }
        return value
    }

    /// Nil when nothing is at the end of the path.
    private func marked(_ path: ArraySlice<DamageMark.Step>, _ damage: Damage) -> AttributeValue? {
        if case .damaged(let shown, let outer) = self {
            return shown.marked(path, damage).map { .damaged($0, outer) }
        }
        guard let step = path.first else { return .damaged(self, damage) }
        switch (self, step) {
        case (.object(var object), .key(let key)):
            guard let inner = object[key]?.marked(path.dropFirst(), damage) else { return nil }
            object[key] = inner
            return .object(object)
        case (.array(var items), .index(let index)):
            guard items.indices.contains(index), let inner = items[index].marked(path.dropFirst(), damage) else {
                return nil
            }
            items[index] = inner
            return .array(items)
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _), (.damaged, _): return nil
        }
    }
}

extension DamageMark {
    fileprivate var json: AttributeValue {
        .object([
            "fingerprint": .string(String(damage.fingerprint, radix: 16)), "flaw": .string(damage.flaw.rawValue),
            "path": .array(
                path.map { step in
                    switch step {
                    case .key(let key): .string(key)
                    case .index(let index): .number(JSONNumber(text: String(index)))
                    }
                }),
        ])
    }

    fileprivate init?(_ json: AttributeValue) {
        guard case .object(let members) = json, case .string(let flaw)? = members["flaw"],
            case .string(let text)? = members["fingerprint"], case .array(let items)? = members["path"],
            let flaw = Damage.Flaw(rawValue: flaw), let fingerprint = UInt64(text, radix: 16)
        else { return nil }
        var path: [Step] = []
        for item in items {
            switch item {
            case .string(let key): path.append(.key(key))
            case .number(let number):
                guard let index = Int(number.text) else { return nil }
                path.append(.index(index))
            case .null, .bool, .array, .object, .damaged: return nil
            }
        }
        self.init(path: path, damage: Damage(flaw, fingerprint: fingerprint))
    }
}
