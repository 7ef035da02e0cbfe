import ProfileModel

// What the service holds to be one and the same (reference, "Standard identifiers"; api notes, sections 2 and 9).

extension Identifier {
    /// Equal for identifiers that the service does not tell apart: `google` is `email`; email, twitter
    /// and external_id know no case.
    var canonical: Identifier {
        switch type {
        case "email", "twitter", "external_id": Identifier(type: type, value: value.foldedCase)
        case "google": Identifier(type: "email", value: value.foldedCase)
        default: self
        }
    }

    func isSame(as other: Identifier) -> Bool {
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
        case "email", "twitter": Identifier(type: type, value: value.foldedCase)
        default: self
        }
    }

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
}

extension String {
    /// Lower case; a text without upper case comes back as it is, without a copy.
    var foldedCase: String {
        var needsFolding = false
        for byte in utf8 {
            if byte >= 0x80 { return lowercased() }
            if byte &- UInt8(ascii: "A") < 26 { needsFolding = true }
        }
        return needsFolding ? lowercased() : self
    }
}

extension AttributeValue {
    /// Equal as JSON values: numbers by value, members in any order.
    func isSame(as other: AttributeValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a.isSame(as: b)
        case (.string(let a), .string(let b)): a.isExactly(b)
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
        case (.object(let a), .object(let b)): a.isSame(as: b)
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
        }
    }

    /// One form for equal values.
    var canonical: AttributeValue {
        switch self {
        case .null, .bool, .string: self
        case .number(let number): .number(JSONNumber(text: CanonicalNumber(number.text)?.text ?? number.text))
        case .array(let items): .array(items.map(\.canonical))
        case .object(let object): .object(object.canonical)
        }
    }
}

extension AttributeObject {
    func isSame(as other: AttributeObject) -> Bool {
        members.count == other.members.count
            && zip(members, other.members).allSatisfy { $0.key.isExactly($1.key) && $0.value.isSame(as: $1.value) }
    }

    /// Whether all of `part` is in here, objects compared inside: here there may be more.
    func covers(_ part: AttributeObject) -> Bool {
        var rest = members[...]
        return part.members.allSatisfy { wanted in
            while let member = rest.first, member.key.precedes(wanted.key) { rest.removeFirst() }
            guard let member = rest.popFirst(), member.key.isExactly(wanted.key) else { return false }
            if case (.object(let inner), .object(let wanted)) = (member.value, wanted.value) {
                return inner.covers(wanted)
            }
            return member.value.isSame(as: wanted.value)
        }
    }

    var canonical: AttributeObject {
        AttributeObject(members.map { ($0.key, $0.value.canonical) })
    }
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
        name.isExactly(other.name) && attributes.isSame(as: other.attributes) && areSame(identifiers, other.identifiers)
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
