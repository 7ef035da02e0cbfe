/// The part of a profile that can be written.
package struct ProfileValues: Sendable, Hashable {
    /// Nil leaves the name to the service, which derives it.
    package var name: String?
    /// Not nil when the name was read and cannot be written as it was.
    package var nameDamage: Damage?
    package var identifiers: [Identifier]
    package var attributes: AttributeObject

    package init(
        name: String? = nil, identifiers: [Identifier] = [], attributes: AttributeObject = [:],
        nameDamage: Damage? = nil
    ) {
        self.name = name
        self.nameDamage = nameDamage
        self.identifiers = identifiers
        self.attributes = attributes
    }

    package static func == (a: ProfileValues, b: ProfileValues) -> Bool {
        a.name.isExactly(b.name) && a.nameDamage == b.nameDamage && a.identifiers == b.identifiers
            && a.attributes == b.attributes
    }
}

/// What a PATCH carries (reference, "Partial update profile by profile ID"; api notes, section 3.5).
package struct ProfilePatch: Sendable, Hashable {
    /// Nil leaves the name as it is.
    package var name: String?
    package var nameDamage: Damage?
    /// Added to those that the profile has; a PATCH removes none.
    package var identifiers: [Identifier]
    /// A merge patch (RFC 7396): nested objects merge, null deletes where the service does so.
    package var attributes: AttributeObject

    package init(
        name: String? = nil, identifiers: [Identifier] = [], attributes: AttributeObject = [:],
        nameDamage: Damage? = nil
    ) {
        self.name = name
        self.nameDamage = nameDamage
        self.identifiers = identifiers
        self.attributes = attributes
    }

    package static func == (a: ProfilePatch, b: ProfilePatch) -> Bool {
        a.name.isExactly(b.name) && a.nameDamage == b.nameDamage && a.identifiers == b.identifiers
            && a.attributes == b.attributes
    }
}

/// One call that changes something (reference, endpoints 4 to 9 in its order).
package enum ProfileWrite: Sendable, Hashable {
    /// Endpoint 4, `PUT users/{user_id}/profiles?identifier=`: create, or replace, under a user.
    case putUnderUser(userID: String, IdentifierQuery, ProfileValues)
    /// Endpoint 5, `PUT user_profiles?identifier=`: create, or replace.
    case putByQuery(IdentifierQuery, ProfileValues)
    /// Endpoint 6, `PUT user_profiles/{profile_id}`: replace; never creates.
    case put(id: String, ProfileValues)
    /// Endpoint 7, `PATCH user_profiles/{profile_id}`.
    case patch(id: String, ProfilePatch)
    /// Endpoint 8, `PATCH user_profiles?identifier=`.
    case patchByQuery(IdentifierQuery, ProfilePatch)
    /// Endpoint 9, `DELETE user_profiles/{profile_id}`; destroys the profile's events too.
    case delete(id: String)
}
