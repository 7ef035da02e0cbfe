import ProfileModel

/// Endpoints 4 to 6: create or replace (reference, "Create or update profile by …", "Update profile by profile ID").
extension ProfileService {
    var ownership: Ownership { Ownership(account: account, switches: switches) }
    var sideEffects: SideEffects { SideEffects(account: account, switches: switches) }

    mutating func put(
        query: IdentifierQuery, underUser userID: String?, _ body: ProfileBody
    ) throws(Refusal) -> Decision {
        try checkSame(body, source: query.source, type: query.type, as: "the query")
        if let userID, account.users[userID] == nil {
            throw Refusal(404, .userNotFound, "there is no user with the id '\(userID)'")
        }
        guard let old = account.profile(matching: query.key(switches)) else {
            return try create(query, underUser: userID, body)
        }
        if let userID, old.userID != userID {
            throw Refusal(
                conflictStatus, .profileOfAnotherUser,
                "the profile \(old.id) that matches '\(query)' belongs to user \(old.userID), not to user \(userID)")
        }
        return try replace(old, body)
    }

    func replace(_ old: StoredProfile, _ body: ProfileBody) throws(Refusal) -> Decision {
        try checkSame(body, source: old.source, type: old.type, as: "the profile")
        try checkSameUser(body, old.userID)
        let identifiers = body.identifiers ?? old.identifiers
        try ownership.checkUsers(identifiers, userID: old.userID)
        try ownership.checkProfiles(
            identifiers, source: old.source, type: old.type, except: old.id, userID: old.userID)

        var new = old
        new.identifiers = identifiers
        new.name =
            switch body.name {
            case .value(let name): name
            case .absent where switches.absentName == .keeps: old.name
            case .absent, .null: derivedName(identifiers)
            }
        switch body.attributes {
        case .value(let attributes):
            new.attributes = StoredTexts(switches: switches).withoutEmptyTexts(attributes)
        case .absent where switches.absentAttributes == .keeps: break
        case .absent, .null: new.attributes = [:]
        }
        return written(old, new, body, reaching: sideEffects.reaching(identifiers, replacing: old))
    }

    /// The answer to a write that found its profile, and its effects.
    func written(
        _ old: StoredProfile, _ new: StoredProfile, _ body: ProfileBody, reaching identifiers: [Identifier]
    ) -> Decision {
        var new = new
        if new != old || switches.noopWrite == .moves { new.updatedAt = max(now, old.updatedAt) }
        var changes: [Change] = new == old ? [] : [.profile(new)]
        if let user = account.users[old.userID] {
            let changed = sideEffects.adding(identifiers, to: user)
            if changed != user { changes.append(.user(changed)) }
        }
        return Decision(reply: Reply(200, answer(new, to: body)), changes: changes)
    }

    /// What a write is answered with. A PATCH answers what its attributes merge into as they are sent.
    private func answer(_ profile: StoredProfile, to body: ProfileBody) -> Document {
        guard switches.writeAnswer == .sent else { return documents.single(profile) }
        var profile = profile
        if let name = body.sentName, !name.isEmpty { profile.name = name }
        for member in body.sentAttributes?.members ?? [] { profile.attributes[member.key] = member.value }
        return documents.single(profile)
    }

    private mutating func create(
        _ query: IdentifierQuery, underUser userID: String?, _ body: ProfileBody
    ) throws(Refusal) -> Decision {
        let identifiers = try identifiers(of: body, creating: query)
        let matched = try ownership.user(named: identifiers)
        if let userID { try ownership.checkUsers(identifiers, userID: userID) }
        try ownership.checkProfiles(
            identifiers, source: query.source, type: query.type, except: nil, userID: userID ?? matched?.id)
        let owner: SandboxUser?
        if let userID {
            try checkSameUser(body, userID)
            owner = account.users[userID]
        } else {
            owner = try chosenUser(body, matched: matched)
        }
        try checkLimits(query, userID: owner?.id)

        let name: String =
            if case .value(let name) = body.name { name } else { derivedName(identifiers) }
        let attributes: AttributeObject =
            if case .value(let attributes) = body.attributes {
                StoredTexts(switches: switches).withoutEmptyTexts(attributes)
            } else { [:] }
        let user = owner ?? SandboxUser(id: issuer.userID(), name: name, isAnonymous: true)
        let profile = StoredProfile(
            id: issuer.profileID(at: now), userID: user.id, source: query.source, type: query.type, name: name,
            identifiers: identifiers, attributes: attributes, createdAt: now, updatedAt: now)
        var changes: [Change] = [.profile(profile)]
        let changed = sideEffects.adding(identifiers, to: user)
        if owner != changed { changes.insert(.user(changed), at: 0) }
        return Decision(reply: Reply(201, answer(profile, to: body)), changes: changes)
    }

    private func identifiers(of body: ProfileBody, creating query: IdentifierQuery) throws(Refusal) -> [Identifier] {
        let identifiers = body.identifiers ?? []
        let key = StoredTexts(switches: switches).identifier(query.identifier)
        let folded = key.folded(switches.lowerCase)
        guard !identifiers.contains(where: { $0.folded(switches.lowerCase) == folded }) else { return identifiers }
        switch switches.queryIdentifier {
        case .optional: return identifiers
        case .added: return identifiers + [key]
        case .required:
            throw Refusal(
                400, .missingQueryIdentifier,
                "the identifier \(key.type) '\(key.value)' of the query is not among the body's identifiers")
        }
    }

    /// The matched user, or the one that the body's `user_id` chooses; nil for a new one.
    private func chosenUser(_ body: ProfileBody, matched: SandboxUser?) throws(Refusal) -> SandboxUser? {
        guard let userID = body.userID, switches.bodyUser == .checked else { return matched }
        if let matched {
            try checkSameUser(body, matched.id)
            return matched
        }
        guard let user = account.users[userID] else {
            throw Refusal(400, .userMismatch, "the body's user_id '\(userID)' names no user")
        }
        return user
    }

    private func checkSameUser(_ body: ProfileBody, _ userID: String) throws(Refusal) {
        guard switches.bodyUser == .checked, let sent = body.userID, sent != userID else { return }
        throw Refusal(400, .userMismatch, "the body's user_id is '\(sent)', but the profile's user is \(userID)")
    }

    private func checkSame(_ body: ProfileBody, source: String, type: String, as other: String) throws(Refusal) {
        guard switches.bodyMismatch == .rejects else { return }
        if let sent = body.source, !sent.hasBytes(of: source) {
            throw Refusal(400, .sourceMismatch, "the body's source is '\(sent)', but that of \(other) is '\(source)'")
        }
        if let sent = body.type, !sent.hasBytes(of: type) {
            throw Refusal(400, .typeMismatch, "the body's type is '\(sent)', but that of \(other) is '\(type)'")
        }
    }

    private func checkLimits(_ query: IdentifierQuery, userID: String?) throws(Refusal) {
        let status = Int(switches.limitStatus.rawValue) ?? 400
        if let userID, account.profileCount(ofUser: userID) >= limits.profilesPerUser {
            throw Refusal(
                status, .tooManyProfiles, "user \(userID) has \(limits.profilesPerUser) profiles, the maximum")
        }
        guard account.hasRoom(forSource: query.source, limit: limits.sources, switches.slots) else {
            throw Refusal(
                status, .tooManySources, "the account has \(limits.sources) profile sources, the maximum")
        }
        guard account.hasRoom(forType: query.type, limit: limits.types, switches.slots) else {
            throw Refusal(status, .tooManyTypes, "the account has \(limits.types) profile types, the maximum")
        }
    }

    private var conflictStatus: Int { Int(switches.conflictStatus.rawValue) ?? 400 }
}
