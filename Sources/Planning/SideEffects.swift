import ProfileModel

// What a write does to a user (api notes, section 3.3). Only what is sure, or sure enough that a reader
// must know of it: which user a new profile falls to is the service's to find out.

extension SideEffect {
    static func ofCreating(_ desired: DesiredProfile, name: String) -> [SideEffect] {
        let standard = desired.identifiers.filter(\.isStandard)
        if standard.isEmpty, desired.userID == nil {
            // Other identifiers never match a user, so the profile gets one of its own.
            return [.anonymousUserCreated(name: name)]
        }
        return standard.map { adding($0, to: desired.userID) }
    }

    /// Identities stay with the user when an identifier leaves the profile; the Profiles API removes none.
    static func ofUpdating(_ live: Profile, _ identifiers: IdentifierDiff) -> [SideEffect] {
        identifiers.removed.filter(\.isStandard).map { .identityKept(userID: live.userID, $0) }
            + identifiers.added.filter(\.isStandard).map { adding($0, to: live.userID) }
    }

    private static func adding(_ identifier: Identifier, to userID: String?) -> SideEffect {
        identifier.type == "external_id"
            ? .externalIDSet(userID: userID, identifier.value) : .identityAdded(userID: userID, identifier)
    }
}
