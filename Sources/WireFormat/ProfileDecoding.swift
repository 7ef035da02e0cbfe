package import ProfileModel

/// What makes an answer no profile.
package struct ProfileDecodingError: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
        /// Absent, or null.
        case missing
        case empty
        case wrongKind(expected: Kind, found: Kind)
        case notATime(String)
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
    /// be absent, unknown members are passed over (api notes, sections 9 and 11).
    package init(json: AttributeValue) throws(ProfileDecodingError) {
        let fields = try Fields(json)
        self.init(
            id: try fields.id(), userID: try fields.scalarText("user_id"),
            source: try fields.required("source", fields.text),
            type: try fields.required("type", fields.text), name: try fields.text("name"),
            identifiers: try fields.required("identifiers", fields.identifiers),
            attributes: try fields.object("attributes") ?? [:],
            createdAt: try fields.time("created_at"), updatedAt: try fields.time("updated_at"))
    }
}

extension ProfileValues {
    /// Reads what `json` writes.
    package init(json: AttributeValue) throws(ProfileDecodingError) {
        let fields = try Fields(json)
        self.init(
            name: try fields.text("name"), identifiers: try fields.identifiers("identifiers") ?? [],
            attributes: try fields.object("attributes") ?? [:])
    }
}

/// The members of an object, each read as what it should be. Absent and null are alike: nil.
private struct Fields {
    private let members: AttributeObject
    /// The way to the object, with a full stop at its end unless empty.
    private let prefix: String

    init(_ value: AttributeValue, prefix: String = "") throws(ProfileDecodingError) {
        guard case .object(let members) = value else {
            let field = prefix.hasSuffix(".") ? String(prefix.dropLast()) : prefix
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
        let id = try required("id", text)
        guard !id.isEmpty else { throw error("id", .empty) }
        return id
    }

    func text(_ key: String) throws(ProfileDecodingError) -> String? {
        switch member(key) {
        case .string(let text)?: text
        case let other?: throw error(key, .wrongKind(expected: .string, found: other.kind))
        case nil: nil
        }
    }

    /// Text, whatever scalar it was written as.
    func scalarText(_ key: String) throws(ProfileDecodingError) -> String? {
        switch member(key) {
        case .string(let text)?: text
        case .number(let number)?: number.text
        case .bool(let bool)?: bool ? "true" : "false"
        case let other?: throw error(key, .wrongKind(expected: .string, found: other.kind))
        case nil: nil
        }
    }

    func object(_ key: String) throws(ProfileDecodingError) -> AttributeObject? {
        switch member(key) {
        case .object(let object)?: object
        case let other?: throw error(key, .wrongKind(expected: .object, found: other.kind))
        case nil: nil
        }
    }

    func time(_ key: String) throws(ProfileDecodingError) -> Timestamp? {
        guard let text = try text(key) else { return nil }
        guard let time = Timestamp(iso8601: text) else { throw error(key, .notATime(text)) }
        return time
    }

    func identifiers(_ key: String) throws(ProfileDecodingError) -> [Identifier]? {
        guard let value = member(key) else { return nil }
        guard case .array(let items) = value else {
            throw error(key, .wrongKind(expected: .array, found: value.kind))
        }
        var identifiers: [Identifier] = []
        for (index, item) in items.enumerated() {
            let fields = try Fields(item, prefix: "\(prefix)\(key)[\(index)].")
            identifiers.append(
                Identifier(
                    type: try fields.required("type", fields.text),
                    value: try fields.required("value", fields.scalarText)))
        }
        return identifiers
    }

    private func member(_ key: String) -> AttributeValue? {
        let value = members[key]
        return value == .null ? nil : value
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
        }
    }
}
