import ProfileModel

/// What a profile's identifiers do to its user (reference, the note after "Standard identifiers").
/// Nothing is ever taken from a user.
struct SideEffects {
    let account: Account
    let switches: SandboxSwitches

    /// The user with what `identifiers` add; the same user when they add nothing.
    func adding(_ identifiers: [Identifier], to user: SandboxUser) -> SandboxUser {
        var user = user
        for identifier in identifiers {
            guard let key = IdentityKey(identifier, switches.lowerCase), account.owner(of: key) == nil,
                !user.keys(switches.lowerCase).contains(key)
            else { continue }
            switch key.kind {
            case .externalID:
                if user.externalID == nil || switches.externalID == .replaces { user.externalID = identifier.value }
            case .email, .phoneNumber, .twitter, .facebook, .sdk: user.identities.append(identifier)
            }
        }
        return user
    }

    /// Of a PUT's identifiers, those that reach the user. A type that the old profile lacked does; a new value
    /// of a type that it had does not, by the table in "How profiles affect existing data"
    /// (api notes, section 3.3). The switch follows the reference's note instead.
    func reaching(_ identifiers: [Identifier], replacing old: StoredProfile) -> [Identifier] {
        switch switches.changedIdentityOnPut {
        case .adds: return identifiers
        case .keeps:
            let types = Set(old.identifiers.map(\.type))
            return identifiers.filter { !types.contains($0.type) }
        }
    }
}
