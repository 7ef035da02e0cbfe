package import ProfileModel

/// What a plan may do without being asked twice.
package struct PlanPolicy: Sendable, Hashable {
    package var allowDelete: Bool
    /// Permits a plan that deletes every managed profile; implies `allowDelete` and lifts `maxDelete`.
    package var allowDeleteAll: Bool
    /// Compared with the number of desired profiles that are live.
    package var maxUpdate: Threshold?
    /// Compared with the number of managed profiles that are live.
    package var maxDelete: Threshold?
    /// So many deletes are always fine for a `maxDelete` in percent. A `maxDelete` that is a count knows no floor.
    package var maxDeleteFloor: Int
    /// What holds for profiles of one source besides; the rest of the policy stays in force for all.
    package var sources: [ExactText: SourcePolicy]

    package init(
        allowDelete: Bool = false, allowDeleteAll: Bool = false, maxUpdate: Threshold? = nil,
        maxDelete: Threshold? = nil, maxDeleteFloor: Int = 0, sources: [ExactText: SourcePolicy] = [:]
    ) {
        self.allowDelete = allowDelete
        self.allowDeleteAll = allowDeleteAll
        self.maxUpdate = maxUpdate
        self.maxDelete = maxDelete
        self.maxDeleteFloor = maxDeleteFloor
        self.sources = sources
    }
}

/// What a plan may do to the profiles of one source. Thresholds are compared with the profiles of the source.
package struct SourcePolicy: Sendable, Hashable {
    package enum Deletes: Sendable, Hashable {
        /// As the rest of the policy has it.
        case asElsewhere
        /// As if `allowDelete` were given for this source.
        case allowed
        /// None, whatever is allowed elsewhere; `allowDeleteAll` does not lift it.
        case never
    }

    package var deletes: Deletes
    package var maxUpdate: Threshold?
    package var maxDelete: Threshold?
    /// As that of the whole policy.
    package var maxDeleteFloor: Int

    package init(
        deletes: Deletes = .asElsewhere, maxUpdate: Threshold? = nil, maxDelete: Threshold? = nil,
        maxDeleteFloor: Int = 0
    ) {
        self.deletes = deletes
        self.maxUpdate = maxUpdate
        self.maxDelete = maxDelete
        self.maxDeleteFloor = maxDeleteFloor
    }
}

/// More than this is too many.
package enum Threshold: Sendable, Hashable {
    case count(Int)
    /// 0 to 100.
    case percent(Double)

    /// The largest number that is still fine; parts of a profile do not count.
    func limit(of total: Int) -> Int {
        switch self {
        case .count(let count): max(count, 0)
        case .percent(let percent) where percent >= 100: total
        case .percent(let percent) where percent > 0: Int(Double(total) * percent / 100)
        case .percent: 0
        }
    }
}
