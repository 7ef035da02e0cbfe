/// What makes a value of an answer differ from every value that can be sent: sent back as it is shown, it would be
/// changed.
package struct Damage: Sendable, Hashable {
    package enum Flaw: String, Sendable, CaseIterable {
        /// Half of a UTF-16 pair, which no text can hold; shown as U+FFFD.
        case loneSurrogate = "lone_surrogate"
        /// Bytes that are not UTF-8; shown as U+FFFD.
        case invalidUTF8 = "invalid_utf8"
        /// The object has the key more than once; shown as U+FFFD, or as the last object or list.
        case duplicateKey = "duplicate_key"
        /// Nested deeper than profilectl keeps values; not shown.
        case tooDeep = "too_deep"
    }

    package var flaw: Flaw
    /// Of the bytes that came. It tells apart two values that are shown alike.
    package var fingerprint: UInt64

    package init(_ flaw: Flaw, of bytes: some Sequence<UInt8>) {
        self.init(flaw, fingerprint: fnv1a(bytes))
    }

    package init(_ flaw: Flaw, fingerprint: UInt64) {
        self.flaw = flaw
        self.fingerprint = fingerprint
    }
}

/// FNV-1a, 64 bits. It finds accidental changes; nobody gains from a collision.
private func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

extension AttributeValue {
    /// Whether the value, or one inside it, cannot be sent back as it was read.
    package var isDamaged: Bool {
        switch self {
        case .null, .bool, .number, .string: false
        case .damaged: true
        case .array(let items): items.contains { $0.isDamaged }
        case .object(let object): object.members.contains { $0.value.isDamaged }
        }
    }
}

extension ProfileValues {
    /// The fields that cannot be written as they are here, at their top level: `name`, `identifiers`,
    /// `attributes.bio`.
    package var damagedFields: [DamagedField] { damaged(nameDamage, identifiers, attributes) }
}

extension ProfilePatch {
    package var damagedFields: [DamagedField] { damaged(nameDamage, identifiers, attributes) }
}

extension ProfileWrite {
    /// What the call would send back damaged.
    package var damagedFields: [DamagedField] {
        switch self {
        case .putUnderUser(_, _, let values), .putByQuery(_, let values), .put(_, let values): values.damagedFields
        case .patch(_, let patch), .patchByQuery(_, let patch): patch.damagedFields
        case .delete: []
        }
    }
}

/// A field of a profile, as far as a plan names it.
package enum DamagedField: Sendable, Hashable {
    case name
    case identifiers
    case attribute(String)
}

private func damaged(
    _ name: Damage?, _ identifiers: [Identifier], _ attributes: AttributeObject
) -> [DamagedField] {
    var fields: [DamagedField] = []
    if name != nil { fields.append(.name) }
    if identifiers.contains(where: { $0.damage != nil }) { fields.append(.identifiers) }
    for member in attributes.members where member.value.isDamaged { fields.append(.attribute(member.key)) }
    return fields
}
