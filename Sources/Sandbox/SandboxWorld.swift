package import ProfileModel

/// A Zendesk user, as far as profiles touch it (reference, "Standard identifiers").
package struct SandboxUser: Sendable, Hashable {
    /// Decimal digits.
    package var id: String
    package var name: String
    package var externalID: String?
    /// Types as Zendesk's identities have them: `google` is one, `external_id` is none.
    package var identities: [Identifier]
    /// Made by the service for a profile that matched no user.
    package var isAnonymous: Bool

    package init(
        id: String, name: String, externalID: String? = nil, identities: [Identifier] = [], isAnonymous: Bool = false
    ) {
        self.id = id
        self.name = name
        self.externalID = externalID
        self.identities = identities
        self.isAnonymous = isAnonymous
    }

    package static func == (a: SandboxUser, b: SandboxUser) -> Bool {
        a.id == b.id && a.name.hasBytes(of: b.name) && a.externalID.hasBytes(of: b.externalID)
            && a.identities == b.identities && a.isAnonymous == b.isAnonymous
    }
}

/// All that an account holds, users and profiles each in the order of their ids.
///
/// To load a world it need not be complete: a profile without `userID` gets its user as a created one does,
/// an unknown user is added with the profile's standard identifiers, an empty `id` is given one, an absent
/// name is derived, and absent times are those of loading.
package struct SandboxWorld: Sendable, Hashable {
    package var users: [SandboxUser]
    package var profiles: [Profile]
    /// How many events each profile has, by profile id; profiles without events are left out.
    package var events: [String: Int]

    package init(users: [SandboxUser] = [], profiles: [Profile] = [], events: [String: Int] = [:]) {
        self.users = users
        self.profiles = profiles
        self.events = events
    }
}
