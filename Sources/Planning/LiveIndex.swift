import ProfileModel

/// The answers of the service, asked the other way round: what do they show of this profile?
struct LiveIndex {
    private let live: LiveState
    /// Profiles that came along in answers to other questions than for their id. Seldom needed, so built late.
    private lazy var seenByID = Self.seen(live)

    init(_ live: LiveState) {
        self.live = live
    }

    private static func seen(_ live: LiveState) -> [String: Profile] {
        var seen: [String: Profile] = [:]
        for (lookup, profiles) in live.answers {
            switch lookup {
            case .profile: continue
            case .user, .query:
                for profile in profiles where isNewer(profile, than: seen[profile.id]) { seen[profile.id] = profile }
            }
        }
        return seen
    }

    private static func isNewer(_ profile: Profile, than other: Profile?) -> Bool {
        guard let other else { return true }
        guard let time = profile.updatedAt, let otherTime = other.updatedAt else { return false }
        return otherTime < time
    }

    enum Knowledge {
        case live(Profile)
        case gone
        /// It lives, and the answer about it cannot be read.
        case unreadable(UnreadableProfile)
        case notAsked
    }

    /// - Parameter userID: the user who had the profile when we last saw it. That this user does not have
    ///   it any more does not mean that nobody has.
    mutating func profile(id: String, userID: String?) -> Knowledge {
        if let answer = live.answers[.profile(id: id)] { return answer.first.map { .live($0) } ?? .gone }
        if let userID, let found = live.answers[.user(userID)]?.first(where: { $0.id == id }) { return .live(found) }
        if let seen = seenByID[id] { return .live(seen) }
        if let unreadable = live.unreadable[.profile(id: id)]?.first { return .unreadable(unreadable) }
        let others = userID.flatMap { live.unreadable[.user($0)] }
        return others?.first { $0.id == id }.map { .unreadable($0) } ?? .notAsked
    }

    func answer(_ query: IdentifierQuery) -> Knowledge {
        if let unreadable = live.unreadable[.query(query)]?.first { return .unreadable(unreadable) }
        guard let answer = live.answers[.query(query)] else { return .notAsked }
        return answer.first.map { .live($0) } ?? .gone
    }

    /// Nil when it was not asked, or no part of the answer can be read.
    func profiles(ofUser userID: String) -> [Profile]? { live.answers[.user(userID)] }

    /// Those of a user that cannot be read.
    func unreadable(ofUser userID: String) -> [UnreadableProfile] { live.unreadable[.user(userID), default: []] }

    /// Which of the queries select a profile that is known from elsewhere, by its id. In canonical form, both ways.
    func selected(by queries: Set<IdentifierQuery>) -> [IdentifierQuery: String] {
        guard !queries.isEmpty else { return [:] }
        var selected: [IdentifierQuery: String] = [:]
        var ambiguous: Set<IdentifierQuery> = []
        for profile in live.answers.values.joined() {
            for identifier in profile.identifiers {
                let query = IdentifierQuery(
                    source: profile.source, type: profile.type, identifier: identifier.canonical)
                guard queries.contains(query) else { continue }
                if let other = selected.updateValue(profile.id, forKey: query), other != profile.id {
                    ambiguous.insert(query)
                }
            }
        }
        for query in ambiguous { selected[query] = nil }
        return selected
    }

    /// The users who are seen to have these identifiers, on whatever profile. In canonical form.
    func users(having identifiers: Set<Identifier>) -> [Identifier: Set<String>] {
        guard !identifiers.isEmpty else { return [:] }
        var users: [Identifier: Set<String>] = [:]
        for profile in live.answers.values.joined() {
            guard let userID = profile.userID else { continue }
            for identifier in profile.identifiers {
                let canonical = identifier.canonical
                if identifiers.contains(canonical) { users[canonical, default: []].insert(userID) }
            }
        }
        return users
    }
}

extension IdentifierQuery {
    var canonical: IdentifierQuery {
        IdentifierQuery(source: source, type: type, identifier: identifier.canonical)
    }
}
