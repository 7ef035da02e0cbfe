import ProfileModel

/// A profile as stored, with everything that the service fills in.
struct StoredProfile: Hashable {
    var id: String
    var userID: String
    var source: String
    var type: String
    var name: String
    var identifiers: [Identifier]
    var attributes: AttributeObject
    var createdAt: Timestamp
    var updatedAt: Timestamp
    /// Events go with their profile (api notes, section 7).
    var events = 0

    static func == (a: StoredProfile, b: StoredProfile) -> Bool { a.noun == b.noun && a.events == b.events }

    func keys(_ lowerCase: SandboxSwitches.LowerCase) -> [ProfileKey] {
        identifiers.map { ProfileKey(source: source, type: type, identifier: $0, lowerCase) }
    }

    var noun: Profile {
        Profile(
            id: id, userID: userID, source: source, type: type, name: name, identifiers: identifiers,
            attributes: attributes, createdAt: createdAt, updatedAt: updatedAt)
    }
}

/// One step of a request's effect. A request is decided as a list of these, stored, and then applied.
enum Change: Hashable {
    case user(SandboxUser)
    case profile(StoredProfile)
    case removal(profileID: String)
}

/// All users and profiles, with what they are found by.
struct Account {
    private let lowerCase: SandboxSwitches.LowerCase
    private(set) var users: [String: SandboxUser] = [:]
    private(set) var profiles: [String: StoredProfile] = [:]
    /// Sources and types that ever had a profile, as bytes.
    private(set) var everSources: Set<[UInt8]> = []
    private(set) var everTypes: Set<[UInt8]> = []
    private var sources: [[UInt8]: Int] = [:]
    private var types: [[UInt8]: Int] = [:]
    /// Ids of the profiles with an identifier; more than one only where the switch allows it.
    private var holders: [ProfileKey: [String]] = [:]
    private var owners: [IdentityKey: String] = [:]
    private var profilesByUser: [String: Set<String>] = [:]

    init(lowerCase: SandboxSwitches.LowerCase) {
        self.lowerCase = lowerCase
    }

    func profile(matching key: ProfileKey?) -> StoredProfile? {
        key.flatMap { holders[$0]?.first }.flatMap { profiles[$0] }
    }

    func holders(of key: ProfileKey) -> [StoredProfile] {
        (holders[key] ?? []).compactMap { profiles[$0] }
    }

    func owner(of key: IdentityKey) -> SandboxUser? { owners[key].flatMap { users[$0] } }

    /// In the order of creation, which is that of the ids.
    func profiles(ofUser userID: String) -> [StoredProfile] {
        (profilesByUser[userID] ?? []).sorted().compactMap { profiles[$0] }
    }

    func profileCount(ofUser userID: String) -> Int { profilesByUser[userID]?.count ?? 0 }

    /// Whether a profile of this source would stay within the account's number of sources.
    func hasRoom(forSource source: String, limit: Int, _ slots: SandboxSwitches.Slots) -> Bool {
        let source = Array(source.utf8)
        return switch slots {
        case .freed: sources[source] != nil || sources.count < limit
        case .kept: everSources.contains(source) || everSources.count < limit
        }
    }

    func hasRoom(forType type: String, limit: Int, _ slots: SandboxSwitches.Slots) -> Bool {
        let type = Array(type.utf8)
        return switch slots {
        case .freed: types[type] != nil || types.count < limit
        case .kept: everTypes.contains(type) || everTypes.count < limit
        }
    }

    mutating func remember(sources: some Sequence<String>, types: some Sequence<String>) {
        everSources.formUnion(sources.map { Array($0.utf8) })
        everTypes.formUnion(types.map { Array($0.utf8) })
    }

    mutating func apply(_ change: Change) {
        switch change {
        case .user(let user): put(user)
        case .profile(let profile):
            if let old = profiles[profile.id] { unlink(old) }
            link(profile)
        case .removal(let id):
            if let old = profiles[id] { unlink(old) }
        }
    }

    private mutating func put(_ user: SandboxUser) {
        for key in users[user.id]?.keys(lowerCase) ?? [] where owners[key] == user.id { owners[key] = nil }
        for key in user.keys(lowerCase) { owners[key] = user.id }
        users[user.id] = user
    }

    private mutating func link(_ profile: StoredProfile) {
        profiles[profile.id] = profile
        for key in profile.keys(lowerCase) { holders[key, default: []].append(profile.id) }
        profilesByUser[profile.userID, default: []].insert(profile.id)
        sources[Array(profile.source.utf8), default: 0] += 1
        types[Array(profile.type.utf8), default: 0] += 1
        remember(sources: [profile.source], types: [profile.type])
    }

    private mutating func unlink(_ profile: StoredProfile) {
        profiles[profile.id] = nil
        for key in profile.keys(lowerCase) {
            holders[key]?.removeAll { $0 == profile.id }
            if holders[key]?.isEmpty == true { holders[key] = nil }
        }
        profilesByUser[profile.userID]?.remove(profile.id)
        let (source, type) = (Array(profile.source.utf8), Array(profile.type.utf8))
        sources[source] = sources[source].flatMap { $0 > 1 ? $0 - 1 : nil }
        types[type] = types[type].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
}
