package import ProfileModel

/// What makes an answer no profile.
package struct ProfileDecodingError: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
        /// Absent, or null.
        case missing
        case empty
        case wrongKind(expected: Kind, found: Kind)
        /// An id of characters that no id has, or too long for one.
        case badID
        /// There more than once, or with characters that no text can hold.
        case ambiguous
    }

    package enum Kind: String, Sendable, CaseIterable {
        case null, bool, number, string, array, object
    }

    /// The way from the profile to the field, as `identifiers[2].value`; empty for the profile itself.
    package var field: String
    package var problem: Problem

    package init(field: String, problem: Problem) {
        self.field = field
        self.problem = problem
    }
}

extension Profile {
    /// Reads the object inside the envelope `{"profile": …}` (reference, "JSON format"), leniently where
    /// the service's own samples differ: identifier values and user ids may be numbers, attributes may
    /// be absent, unknown members are passed over (api notes, sections 9 and 11). Times are for people only,
    /// so one that is no time is passed over too.
    package init(json: AttributeValue) throws(ProfileDecodingError) {
        try self.init(Fields(json))
        guard isID(id) else { throw ProfileDecodingError(field: "id", problem: .badID) }
        guard userID.map(isUserID) ?? true else { throw ProfileDecodingError(field: "user_id", problem: .badID) }
    }

    /// Reads what `json` writes.
    package init(stored json: AttributeValue) throws(ProfileDecodingError) {
        try self.init(Fields(json.markingDamage()))
    }

    private init(_ fields: Fields) throws(ProfileDecodingError) {
        let name = try fields.text("name")
        self.init(
            id: try fields.id(), userID: try fields.scalarText("user_id")?.whole("user_id"),
            source: try fields.required("source", fields.text).whole("source"),
            type: try fields.required("type", fields.text).whole("type"), name: name?.text,
            identifiers: try fields.required("identifiers", fields.identifiers),
            attributes: try fields.object("attributes") ?? [:],
            createdAt: fields.time("created_at"), updatedAt: fields.time("updated_at"), nameDamage: name?.damage)
    }
}

extension ProfileValues {
    /// Reads what `json` writes.
    package init(json: AttributeValue) throws(ProfileDecodingError) {
        let fields = try Fields(json.markingDamage())
        let name = try fields.text("name")
        self.init(
            name: name?.text, identifiers: try fields.identifiers("identifiers") ?? [],
            attributes: try fields.object("attributes") ?? [:], nameDamage: name?.damage)
    }
}

/// An id is shown where values are not, so an answer must not smuggle anything else in.
package func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
}

private func isUserID(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
        && text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
}

/// A text of an answer, and what keeps it from being sent back.
private struct ReadText {
    var text: String
    var damage: Damage?

    /// The text of a field that must be certain.
    func whole(_ field: String) throws(ProfileDecodingError) -> String {
        guard damage == nil else { throw ProfileDecodingError(field: field, problem: .ambiguous) }
        return text
    }
}

/// The members of an object, each read as what it should be. Absent and null are alike: nil.
private struct Fields {
    private let members: AttributeObject
    /// The way to the object, with a full stop at its end unless empty.
    private let prefix: String

    init(_ value: AttributeValue, prefix: String = "") throws(ProfileDecodingError) {
        let field = prefix.hasSuffix(".") ? String(prefix.dropLast()) : prefix
        if case .damaged = value { throw .init(field: field, problem: .ambiguous) }
        guard case .object(let members) = value else {
            throw .init(field: field, problem: .wrongKind(expected: .object, found: value.kind))
        }
        self.members = members
        self.prefix = prefix
    }

    func required<Value>(
        _ key: String, _ read: (String) throws(ProfileDecodingError) -> Value?
    ) throws(ProfileDecodingError) -> Value {
        guard let value = try read(key) else { throw error(key, .missing) }
        return value
    }

    /// An empty id would turn a call on one profile into a call on all of them.
    func id() throws(ProfileDecodingError) -> String {
        let id = try required("id", text).whole("id")
        guard !id.isEmpty else { throw error("id", .empty) }
        return id
    }

    func text(_ key: String) throws(ProfileDecodingError) -> ReadText? {
        switch member(key) {
        case .string(let text)?: ReadText(text: text)
        case .damaged(.string(let text), let damage)?: ReadText(text: text, damage: damage)
        case let other?: throw error(key, .wrongKind(expected: .string, found: other.kind))
        case nil: nil
        }
    }

    /// Text, whatever scalar it was written as.
    func scalarText(_ key: String) throws(ProfileDecodingError) -> ReadText? {
        guard let value = member(key) else { return nil }
        if case .damaged(let shown, let damage) = value {
            return ReadText(text: try scalar(shown, key), damage: damage)
        }
        return ReadText(text: try scalar(value, key))
    }

    private func scalar(_ value: AttributeValue, _ key: String) throws(ProfileDecodingError) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let bool): bool ? "true" : "false"
        case .null, .array, .object, .damaged:
            throw error(key, .wrongKind(expected: .string, found: value.kind))
        }
    }

    func object(_ key: String) throws(ProfileDecodingError) -> AttributeObject? {
        switch member(key) {
        case .object(let object)?: object
        // Which of them is meant is not known, so none of the members can be relied on.
        case .damaged(.object(let object), let damage)?:
            AttributeObject(list: object.members.map { ($0.key, .damaged($0.value, damage)) })
        case let other?: throw error(key, .wrongKind(expected: .object, found: other.kind))
        case nil: nil
        }
    }

    func time(_ key: String) -> Timestamp? {
        if case .string(let text)? = member(key) { Timestamp(iso8601: text) } else { nil }
    }

    func identifiers(_ key: String) throws(ProfileDecodingError) -> [Identifier]? {
        switch member(key) {
        case nil: nil
        case .array(let items)?: try identifiers(items, key, nil)
        case .damaged(.array(let items), let damage)?: try identifiers(items, key, damage)
        case let other?: throw error(key, .wrongKind(expected: .array, found: other.kind))
        }
    }

    /// - Parameter damage: of all of them.
    private func identifiers(
        _ items: [AttributeValue], _ key: String, _ damage: Damage?
    ) throws(ProfileDecodingError) -> [Identifier] {
        var identifiers: [Identifier] = []
        for (index, item) in items.enumerated() {
            let fields = try Fields(item, prefix: "\(prefix)\(key)[\(index)].")
            let type = try fields.required("type", fields.text)
            let value = try fields.required("value", fields.scalarText)
            identifiers.append(
                Identifier(type: type.text, value: value.text, damage: damage ?? type.damage ?? value.damage))
        }
        return identifiers
    }

    private func member(_ key: String) -> AttributeValue? {
        guard let value = members[key] else { return nil }
        if case .null = value { return nil }
        return value
    }

    private func error(_ key: String, _ problem: ProfileDecodingError.Problem) -> ProfileDecodingError {
        ProfileDecodingError(field: prefix + key, problem: problem)
    }
}

extension AttributeValue {
    fileprivate var kind: ProfileDecodingError.Kind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        case .damaged(let shown, _): shown.kind
        }
    }
}
