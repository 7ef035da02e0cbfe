import ProfileModel

/// Who holds an identifier is not known where the answer to that question cannot be read. Taking the identifier could
/// then be refused half-way, or take it from somebody.
struct UnknownOwners {
    /// In canonical form.
    private let queries: [IdentifierQuery: UnreadableProfile]

    init(_ live: LiveState) {
        let unreadable = live.unreadable.compactMap { lookup, profiles in
            if case .query(let query) = lookup { profiles.first.map { (query.canonical, $0) } } else { nil }
        }
        queries = Dictionary(unreadable) { first, _ in first }
    }

    /// The steps that take nothing from an unknown owner, and the others.
    func judge(_ steps: [Step]) -> (allowed: [Step], blocked: [BlockedStep]) {
        guard !queries.isEmpty else { return (steps, []) }
        var allowed: [Step] = []
        var blocked: [BlockedStep] = []
        for step in steps {
            let claim = step.claimedIdentifiers.first { queries[step.address.query($0).canonical] != nil }
            if let claim {
                blocked.append(BlockedStep(step: step, reason: .ownerUnreadable(identifierType: claim.type)))
            } else {
                allowed.append(step)
            }
        }
        return (allowed, blocked)
    }
}
