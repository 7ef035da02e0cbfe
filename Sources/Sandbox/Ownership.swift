import ProfileModel

/// Who may hold which identifier: "all the identifiers should belong to a single user and a single profile"
/// (reference, endpoints 5 to 8). Two halves, two codes (api notes, section 11, contradiction 19).
struct Ownership {
    let account: Account
    let switches: SandboxSwitches

    /// Refuses identifiers that another profile of that source and type holds.
    func checkProfiles(
        _ identifiers: [Identifier], source: String, type: String, except profileID: String?, userID: String?
    ) throws(Refusal) {
        for identifier in identifiers {
            let key = ProfileKey(source: source, type: type, identifier: identifier, switches.lowerCase)
            for holder in account.holders(of: key) where holder.id != profileID {
                if switches.profileOverlap == .allows, holder.userID == userID { continue }
                throw Refusal(
                    conflict, .identifierOfAnotherProfile,
                    "the identifier \(identifier.type) '\(identifier.value)' belongs to the profile \(holder.id) "
                        + "of user \(holder.userID)")
            }
        }
    }

    /// Refuses standard identifiers that a user other than this one holds.
    func checkUsers(_ identifiers: [Identifier], userID: String) throws(Refusal) {
        for identifier in identifiers {
            guard let owner = IdentityKey(identifier, switches.lowerCase).flatMap(account.owner(of:)),
                owner.id != userID
            else { continue }
            throw Refusal(
                conflict, .identifierOfAnotherUser,
                "the identifier \(identifier.type) '\(identifier.value)' belongs to user \(owner.id), "
                    + "not to user \(userID)")
        }
    }

    /// The one user whom the standard identifiers name, if any (reference, "Standard identifiers").
    func user(named identifiers: [Identifier]) throws(Refusal) -> SandboxUser? {
        var found: (user: SandboxUser, by: Identifier)?
        for identifier in identifiers {
            guard let owner = IdentityKey(identifier, switches.lowerCase).flatMap(account.owner(of:)) else { continue }
            guard let first = found else {
                found = (owner, identifier)
                continue
            }
            guard first.user.id == owner.id else {
                throw Refusal(
                    conflict, .identifiersOfSeveralUsers,
                    "the identifiers belong to several users: \(first.by.type) '\(first.by.value)' to "
                        + "user \(first.user.id), \(identifier.type) '\(identifier.value)' to user \(owner.id)")
            }
        }
        return found?.user
    }

    private var conflict: Int { Int(switches.conflictStatus.rawValue) ?? 400 }
}
