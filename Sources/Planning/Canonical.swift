import ProfileModel

// What the service holds to be one and the same (reference, "Standard identifiers"; api notes, sections 2 and 9).

extension Identifier {
    /// Equal for identifiers that the service does not tell apart: `google` is `email`; email, twitter
    /// and external_id know no case.
    var canonical: Identifier {
        switch type {
        case "email", "twitter", "external_id": Identifier(type: type, value: value.foldedCase, damage: damage)
        case "google": Identifier(type: "email", value: value.foldedCase, damage: damage)
        default: self
        }
    }

    func isSame(as other: Identifier) -> Bool {
        guard damage == other.damage else { return false }
        if type.isExactly(other.type) {
            return value.isExactly(other.value)
                || isFolded && value.foldedCase.isExactly(other.value.foldedCase)
        }
        return isFolded && other.isFolded && canonical == other.canonical
    }

    private var isFolded: Bool {
        switch type {
        case "email", "google", "twitter", "external_id": true
        default: false
        }
    }

    /// As the service keeps it: email and twitter in lower case.
    var stored: Identifier {
        switch type {
        case "email", "twitter": Identifier(type: type, value: value.lowercased(), damage: damage)
        default: self
        }
    }

    /// As it is sent. Tables of lower case agree on ASCII letters, so those are left to the service; the others are sent
    /// in lower case, which no table changes, so that the query and the body say the same.
    var sent: Identifier { value.utf8.allSatisfy { $0 < 0x80 } ? self : stored }

    /// Whether it ties a profile to a Zendesk user.
    var isStandard: Bool {
        switch type {
        case "email", "google", "external_id", "phone_number", "twitter", "facebook", "sdk": true
        default: false
        }
    }
}

extension IdentifierQuery {
    /// Whether the service folds the case of a query is unknown, so it is asked in the form it stores.
    var stored: IdentifierQuery {
        IdentifierQuery(source: source, type: type, identifier: identifier.stored)
    }

    /// The forms in which the service may have stored the value when others wrote it, the likeliest first. A second one
    /// only for capitals beyond ASCII, which some services leave as they are.
    var storedForms: [IdentifierQuery] {
        let stored = stored
        guard stored.identifier != identifier, !identifier.value.utf8.allSatisfy({ $0 < 0x80 }) else { return [stored] }
        var other = self
        other.identifier.value = String(
            decoding: identifier.value.utf8.map { $0 &- 0x41 < 26 ? $0 + 0x20 : $0 }, as: UTF8.self)
        return other == stored ? [stored] : [stored, other]
    }
}

/// What a null member of an object is taken for. A service may store nulls or drop them, so in an object null equals
/// absence; an array is one value, in which nothing is dropped.
enum NullMembers {
    case absent
    case values
}

extension AttributeValue {
    /// Equal as JSON values: numbers by value, members in any order.
    func isSame(as other: AttributeValue, _ nulls: NullMembers = .absent) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a.isSame(as: b)
        case (.string(let a), .string(let b)): a.isExactly(b)
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1, .values) }
        case (.object(let a), .object(let b)): a.isSame(as: b, nulls)
        case (.damaged(_, let a), .damaged(_, let b)): a == b
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _), (.damaged, _): false
        }
    }

    /// One form for equal values.
    var canonical: AttributeValue { canonical(with: .absent) }

    fileprivate func canonical(with nulls: NullMembers) -> AttributeValue {
        switch self {
        case .null, .bool, .string, .damaged: self
        case .number(let number): .number(JSONNumber(text: CanonicalNumber(number.text)?.text ?? number.text))
        case .array(let items): .array(items.map { $0.canonical(with: .values) })
        case .object(let object): .object(object.canonical(with: nulls))
        }
    }

    /// Nulls inside arrays stay.
    var withoutNullMembers: AttributeValue {
        guard case .object(let object) = self else { return self }
        return .object(
            AttributeObject(
                object.members.compactMap { $0.value.isNull ? nil : ($0.key, $0.value.withoutNullMembers) }))
    }

    var isNull: Bool {
        if case .null = self { true } else { false }
    }
}

extension AttributeValue? {
    /// What a member of an object holds: null is nothing.
    var unlessNull: AttributeValue? {
        switch self {
        case nil, .null: nil
        case let value?: value
        }
    }

    /// Whether two members say the same, null like an absent one.
    func isSameMember(as other: AttributeValue?) -> Bool {
        switch (unlessNull, other.unlessNull) {
        case (nil, nil): true
        case (let a?, let b?): a.isSame(as: b)
        case (nil, _?), (_?, nil): false
        }
    }
}

extension AttributeObject {
    func isSame(as other: AttributeObject, _ nulls: NullMembers = .absent) -> Bool {
        switch nulls {
        case .values:
            members.elementsEqual(other.members) { $0.key.isExactly($1.key) && $0.value.isSame(as: $1.value, nulls) }
        case .absent:
            members.lazy.filter { !$0.value.isNull }.elementsEqual(other.members.lazy.filter { !$0.value.isNull }) {
                $0.key.isExactly($1.key) && $0.value.isSame(as: $1.value, nulls)
            }
        }
    }

    /// Whether all of `part` is in here, objects compared inside: here there may be more.
    func covers(_ part: AttributeObject) -> Bool {
        var rest = members[...]
        return part.members.allSatisfy { wanted in
            while let member = rest.first, member.key.precedes(wanted.key) { rest.removeFirst() }
            let value = rest.first.flatMap { $0.key.isExactly(wanted.key) ? $0.value : nil }
            if case (.object(let inner)?, .object(let wanted)) = (value, wanted.value) { return inner.covers(wanted) }
            return value.isSameMember(as: wanted.value)
        }
    }

    var canonical: AttributeObject { canonical(with: .absent) }

    fileprivate func canonical(with nulls: NullMembers) -> AttributeObject {
        AttributeObject(
            members.compactMap { member in
                if nulls == .absent, member.value.isNull { return nil }
                return (member.key, member.value.canonical(with: nulls))
            })
    }

    func without(_ path: ArraySlice<String>) -> AttributeObject {
        guard let key = path.first else { return self }
        var rest = self
        if path.count == 1 {
            rest[key] = nil
        } else if case .object(let inner)? = self[key] {
            rest[key] = .object(inner.without(path.dropFirst()))
        }
        return rest
    }

    /// Whether it says nothing.
    var hasNullsOnly: Bool { members.allSatisfy(\.value.isNull) }
}

extension JSONNumber {
    fileprivate func isSame(as other: JSONNumber) -> Bool {
        if text == other.text { return true }
        guard let a = CanonicalNumber(text), let b = CanonicalNumber(other.text) else { return false }
        return a == b
    }
}

extension ProfileValues {
    /// Whether both say the same: identifiers as a set, attributes by value, a missing name only like a missing name.
    func isSame(as other: ProfileValues) -> Bool {
        name.isExactly(other.name) && nameDamage == other.nameDamage && attributes.isSame(as: other.attributes)
            && areSame(identifiers, other.identifiers)
    }
}

/// Whether both are the same set of identifiers.
func areSame(_ some: [Identifier], _ others: [Identifier]) -> Bool {
    if some == others { return true }
    // The service allows 20; for so few, looking at each pair beats hashing.
    guard some.count <= 20, others.count <= 20 else {
        return Set(some.map(\.canonical)) == Set(others.map(\.canonical))
    }
    return some.allSatisfy { one in others.contains { $0.isSame(as: one) } }
        && others.allSatisfy { one in some.contains { $0.isSame(as: one) } }
}
