/// One question to the service that the planner needs answered.
package enum Lookup: Sendable, Hashable {
    /// Endpoint 1: all profiles of a user.
    case user(String)
    /// Endpoint 2: the profile with this id.
    case profile(id: String)
    /// Endpoint 3: the profile that a query selects.
    case query(IdentifierQuery)
}

/// What the service answered in this run. A lookup without an entry was not asked;
/// an empty answer means that nothing was found.
package struct LiveState: Sendable, Hashable {
    package var answers: [Lookup: [Profile]]
    /// Users whose profiles were asked for and who do not exist.
    package var unknownUsers: Set<String>

    package init(answers: [Lookup: [Profile]] = [:], unknownUsers: Set<String> = []) {
        self.answers = answers
        self.unknownUsers = unknownUsers
    }
}
