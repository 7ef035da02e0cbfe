/// A part of a profile whose live value may differ from what was last applied.
package enum DriftField: Sendable, Hashable {
    /// The profile itself, which is gone.
    case profile
    case name
    /// All identifiers of a type.
    case identifiers(type: String)
    /// Keys from the outermost to the innermost.
    case attribute([String])
}

/// A difference from what was last applied that somebody answers for, for a time.
package struct AcceptedDrift: Sendable, Hashable {
    package var address: Address
    package var field: DriftField
    /// What live holds and may hold: null for nothing, a text or a list of texts for identifiers.
    package var value: AttributeValue
    package var owner: String
    package var reason: String
    /// The last day on which it holds, as `2027-01-31`: days of this form sort as texts.
    package var expires: String
    package var origin: Origin

    package init(
        address: Address, field: DriftField, value: AttributeValue, owner: String, reason: String, expires: String,
        origin: Origin
    ) {
        self.address = address
        self.field = field
        self.value = value
        self.owner = owner
        self.reason = reason
        self.expires = expires
        self.origin = origin
    }
}
