/// A profile as the service stores it (reference, "JSON format").
package struct Profile: Sendable, Hashable {
    /// A ULID by what is known, but opaque here.
    package var id: String
    /// Decimal digits. Nil only when an answer left it out.
    package var userID: String?
    package var source: String
    package var type: String
    /// The service always answers a name; nil only when an answer left it out.
    package var name: String?
    /// Not nil when the name cannot be sent back as it was read.
    package var nameDamage: Damage?
    package var identifiers: [Identifier]
    package var attributes: AttributeObject
    package var createdAt: Timestamp?
    package var updatedAt: Timestamp?

    package init(
        id: String, userID: String?, source: String, type: String, name: String?, identifiers: [Identifier],
        attributes: AttributeObject, createdAt: Timestamp? = nil, updatedAt: Timestamp? = nil,
        nameDamage: Damage? = nil
    ) {
        self.id = id
        self.userID = userID
        self.source = source
        self.type = type
        self.name = name
        self.nameDamage = nameDamage
        self.identifiers = identifiers
        self.attributes = attributes
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package static func == (a: Profile, b: Profile) -> Bool {
        a.id.isExactly(b.id) && a.userID.isExactly(b.userID) && a.source.isExactly(b.source) && a.type.isExactly(b.type)
            && a.name.isExactly(b.name) && a.identifiers == b.identifiers && a.attributes == b.attributes
            && a.nameDamage == b.nameDamage && a.createdAt == b.createdAt && a.updatedAt == b.updatedAt
    }
}

/// One value that identifies a person in a system (reference, "Identifiers array").
/// The value is text, whatever form it had on the way.
package struct Identifier: Sendable, Hashable {
    package var type: String
    package var value: String
    /// Not nil when the identifier cannot be sent back as it was read.
    package var damage: Damage?

    package init(type: String, value: String, damage: Damage? = nil) {
        self.type = type
        self.value = value
        self.damage = damage
    }

    package static func == (a: Identifier, b: Identifier) -> Bool {
        a.value.isExactly(b.value) && a.type.isExactly(b.type) && a.damage == b.damage
    }

    package func hash(into hasher: inout Hasher) {
        type.hashExactly(into: &hasher)
        value.hashExactly(into: &hasher)
    }
}

/// What selects at most one profile (reference, "Identifier queries").
/// Its written form is `source:type:identifier_type:value`; only the value may hold colons.
package struct IdentifierQuery: Sendable, Hashable {
    package var source: String
    package var type: String
    package var identifier: Identifier

    package init(source: String, type: String, identifier: Identifier) {
        self.source = source
        self.type = type
        self.identifier = identifier
    }

    package static func == (a: IdentifierQuery, b: IdentifierQuery) -> Bool {
        a.identifier == b.identifier && a.type.isExactly(b.type) && a.source.isExactly(b.source)
    }

    package func hash(into hasher: inout Hasher) {
        source.hashExactly(into: &hasher)
        type.hashExactly(into: &hasher)
        hasher.combine(identifier)
    }
}

extension IdentifierQuery: CustomStringConvertible {
    package var description: String { "\(source):\(type):\(identifier.type):\(identifier.value)" }
}

extension IdentifierQuery: LosslessStringConvertible {
    /// Nil unless all four parts say something.
    package init?(_ description: String) {
        let parts = description.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(source: parts[0], type: parts[1], identifier: Identifier(type: parts[2], value: parts[3]))
    }
}

/// A moment in UTC.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z.
    package var seconds: Int64
    /// 0 to 999,999,999.
    package var nanoseconds: Int32

    package init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    package static func < (a: Timestamp, b: Timestamp) -> Bool {
        (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
    }
}
