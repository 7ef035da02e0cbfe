/// One question to the service that the planner needs answered.
package enum Lookup: Sendable, Hashable {
    /// Endpoint 1: all profiles of a user.
    case user(String)
    /// Endpoint 2: the profile with this id.
    case profile(id: String)
    /// Endpoint 3: the profile that a query selects.
    case query(IdentifierQuery)
}

/// What the service answered in this run. A lookup without an entry in `answers` or `unreadable` was not asked;
/// an empty answer means that nothing was found.
package struct LiveState: Sendable, Hashable {
    package var answers: [Lookup: [Profile]]
    /// Users whose profiles were asked for and who do not exist.
    package var unknownUsers: Set<String>
    /// What of an answer cannot be read. A lookup that has no entry in `answers` has no readable part; of a user's
    /// profiles some may be readable and others not.
    package var unreadable: [Lookup: [UnreadableProfile]]

    package init(
        answers: [Lookup: [Profile]] = [:], unknownUsers: Set<String> = [],
        unreadable: [Lookup: [UnreadableProfile]] = [:]
    ) {
        self.answers = answers
        self.unknownUsers = unknownUsers
        self.unreadable = unreadable
    }

    /// Whether the service was asked, be the answer readable or not.
    package func wasAsked(_ lookup: Lookup) -> Bool { answers[lookup] != nil || unreadable[lookup] != nil }

    /// How many questions were asked.
    package var asked: Int { answers.count + unreadable.keys.count { answers[$0] == nil } }
}
