import ProfileModel

/// The sources and types of a workspace, numbered: what rules about all profiles start from.
struct Scopes {
    private struct Scope: Hashable {
        var source: ExactText
        var type: ExactText
    }

    /// For each profile, the number of its source and type.
    private(set) var numbers: [UInt32] = []
    private(set) var identifierCount = 0
    /// How many different ones there are, and the first profile with one more than the service allows.
    private(set) var sources = Tally(limit: ServiceLimits.sources)
    private(set) var types = Tally(limit: ServiceLimits.types)
    private(set) var namesUsers = false

    struct Tally {
        let limit: Int
        private(set) var seen: Set<ExactText> = []
        private(set) var firstOver: Int?

        init(limit: Int) { self.limit = limit }

        fileprivate mutating func add(_ value: ExactText, of profile: Int) {
            if seen.insert(value).inserted, seen.count == limit + 1 { firstOver = profile }
        }
    }

    init(_ profiles: [DesiredProfile]) {
        numbers.reserveCapacity(profiles.count)
        var known: [Scope: UInt32] = [:]
        var latest: (scope: Scope, number: UInt32)?
        for index in profiles.indices {
            identifierCount += profiles[index].identifiers.count
            if profiles[index].userID != nil { namesUsers = true }
            if let latest, latest.scope.source.text.isExactly(profiles[index].address.source),
                latest.scope.type.text.isExactly(profiles[index].address.type)
            {
                numbers.append(latest.number)
                continue
            }
            let scope = Scope(
                source: ExactText(profiles[index].address.source), type: ExactText(profiles[index].address.type))
            let number = known[scope] ?? UInt32(known.count)
            known[scope] = number
            latest = (scope, number)
            numbers.append(number)
            sources.add(scope.source, of: index)
            types.add(scope.type, of: index)
        }
    }
}
