import ProfileModel

/// Endpoints 7 and 8: name and attributes merge, identifiers are only added, and source, type and user
/// stay what they are (reference, "Partial update profile by …"; api notes, section 3.5).
extension ProfileService {
    func patch(_ old: StoredProfile, _ body: ProfileBody) throws(Refusal) -> Decision {
        let sent = body.identifiers ?? []
        try ownership.checkUsers(sent, userID: old.userID)
        try ownership.checkProfiles(sent, source: old.source, type: old.type, except: old.id, userID: old.userID)

        var new = old
        let held = Set(old.identifiers.map { $0.folded(switches.lowerCase) })
        new.identifiers += sent.filter { !held.contains($0.folded(switches.lowerCase)) }
        guard new.identifiers.count <= limits.identifiersPerProfile else {
            throw Refusal(
                400, .tooManyIdentifiers,
                "the profile would have \(new.identifiers.count) identifiers, more than \(limits.identifiersPerProfile)"
            )
        }
        switch body.name {
        case .value(let name): new.name = name
        case .null where switches.patchNull != .ignores: new.name = derivedName(new.identifiers)
        case .null, .absent: break
        }
        switch body.attributes {
        case .value(let patch):
            new.attributes = MergePatch(null: switches.patchNull, nested: switches.patchNested)
                .apply(patch, to: old.attributes)
            new.attributes = StoredTexts(switches: switches).withoutEmptyTexts(new.attributes)
        case .null where switches.patchNull == .deletes: new.attributes = [:]
        case .null, .absent: break
        }
        return written(old, new, body, reaching: sent)
    }
}
