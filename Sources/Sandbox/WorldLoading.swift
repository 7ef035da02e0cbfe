import ProfileModel

/// Makes an account of a world that may leave out what the service would fill in.
struct WorldLoading {
    private(set) var account: Account
    private(set) var changes: [Change] = []
    private(set) var issuer: Issuer
    private let now: Timestamp
    private let switches: SandboxSwitches
    private var problems: [String] = []

    init(issuer: Issuer, now: Timestamp, switches: SandboxSwitches) {
        account = Account(lowerCase: switches.lowerCase)
        self.issuer = issuer
        self.now = now
        self.switches = switches
    }

    mutating func load(_ world: SandboxWorld) throws(SandboxFailure) {
        for user in world.users { issuer.skip(userID: user.id) }
        for profile in world.profiles { issuer.skip(profileID: profile.id, userID: profile.userID) }
        for user in world.users { add(user) }
        for profile in world.profiles { add(profile, events: world.events[profile.id] ?? 0) }
        guard problems.isEmpty else { throw .inconsistentWorld(problems) }
    }

    private mutating func apply(_ change: Change) {
        account.apply(change)
        changes.append(change)
    }

    private mutating func add(_ user: SandboxUser) {
        if user.id.isEmpty || !user.id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            problems.append("the user id '\(user.id)' is not a number")
        }
        if account.users[user.id] != nil { problems.append("user \(user.id) is there twice") }
        for key in user.keys(switches.lowerCase) {
            guard let owner = account.owner(of: key) else { continue }
            problems.append("\(key.kind.rawValue) '\(key.value)' belongs to the users \(owner.id) and \(user.id)")
        }
        var user = user
        user.identities = user.identities.map { $0.normalised(switches.lowerCase) }
        apply(.user(user))
    }

    private mutating func add(_ profile: Profile, events: Int) {
        let identifiers = profile.identifiers.map { $0.normalised(switches.lowerCase) }
        let name = profile.name ?? derivedName(identifiers)
        if account.profiles[profile.id] != nil { problems.append("profile \(profile.id) is there twice") }
        if identifiers.isEmpty { problems.append("profile \(profile.id) has no identifiers") }
        let userID = user(of: profile, identifiers, name: name)
        for identifier in identifiers {
            let key = ProfileKey(source: profile.source, type: profile.type, identifier: identifier, switches.lowerCase)
            for holder in account.holders(of: key) where switches.profileOverlap == .rejects || holder.userID != userID
            {
                problems.append(
                    "\(identifier.type) '\(identifier.value)' belongs to the profiles \(holder.id) and \(profile.id)")
            }
        }
        apply(
            .profile(
                StoredProfile(
                    id: profile.id.isEmpty ? issuer.profileID(at: now) : profile.id, userID: userID,
                    source: profile.source, type: profile.type, name: name, identifiers: identifiers,
                    attributes: profile.attributes, createdAt: profile.createdAt ?? now,
                    updatedAt: profile.updatedAt ?? profile.createdAt ?? now, events: events)))
    }

    /// The profile's user, which is made or given the identifiers only if the world does not list it.
    private mutating func user(of profile: Profile, _ identifiers: [Identifier], name: String) -> String {
        if let id = profile.userID, account.users[id] != nil { return id }
        let matched = identifiers.compactMap { IdentityKey($0, switches.lowerCase).flatMap(account.owner(of:)) }
        if profile.userID == nil, let user = matched.first { return user.id }
        let user = SandboxUser(id: profile.userID ?? issuer.userID(), name: name, isAnonymous: true)
        apply(.user(SideEffects(account: account, switches: switches).adding(identifiers, to: user)))
        return user.id
    }
}
