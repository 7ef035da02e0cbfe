import ProfileModel

/// What a planner must be told so that its plan leads back.
struct RollbackWish {
    /// Where a change leads, and what the ledger holds in the end.
    struct Goal {
        var change: RecordedChange
        /// The ledger as it is.
        var current: LedgerEntry?
        /// The ledger as it will be, with the id of today; nil when the profile is let go.
        var entry: LedgerEntry?
    }

    private(set) var desired = DesiredState()
    private(set) var ledger: [LedgerEntry] = []
    private(set) var chosen: Set<Address> = []
    /// By the address of the step.
    private(set) var goals: [Address: Goal] = [:]
    /// Profiles that others deleted since; what the run did to them is gone with them.
    private(set) var gone: [Address] = []
    /// What the run made and the ledger no longer knows.
    private(set) var unmanaged: [Address] = []

    init(_ changes: [RecordedChange], _ entries: [LedgerEntry], _ live: LiveState) {
        let known = KnownEntries(entries)
        for change in changes { add(change, known.entry(of: change), live) }
        let taken = Set(ledger.map(\.address)).union(chosen)
        for entry in entries where !taken.contains(entry.address) {
            // Limits are parts of the whole ledger, so all of it is there, and none of it is to change.
            ledger.append(entry)
            desired.profiles.append(
                Inverse(unchanged: entry.lastApplied.identifiers)
                    .desired(at: entry.address, preventDestroy: entry.preventDestroy))
        }
        desired.profiles.sort { $0.address < $1.address }
    }

    private mutating func add(_ change: RecordedChange, _ current: LedgerEntry?, _ live: LiveState) {
        switch change.deed {
        case .created: takeAway(change, current)
        case .deleted: bringBack(change, current)
        case .updated, .onlyRecorded: restore(change, current, live)
        }
    }

    private mutating func takeAway(_ change: RecordedChange, _ current: LedgerEntry?) {
        guard let current else { return unmanaged.append(change.address) }
        choose(Goal(change: change, current: current), at: current.address)
        ledger.append(current)
    }

    private mutating func bringBack(_ change: RecordedChange, _ current: LedgerEntry?) {
        guard let prior = change.prior, !prior.identifiers.isEmpty else { return unmanaged.append(change.address) }
        let isNamed = !prior.name.isExactly(derivedName(of: prior.identifiers))
        desired.profiles.append(
            DesiredProfile(
                address: change.home, name: isNamed ? prior.name : nil, identifiers: prior.identifiers,
                attributes: prior.attributes, userID: prior.userID,
                lifecycle: DesiredProfile.Lifecycle(preventDestroy: change.priorEntry?.preventDestroy ?? false),
                origin: .rollback))
        var goal = Goal(change: change, current: current, entry: change.priorEntry)
        if let current { goal.entry?.profileID = current.profileID }
        choose(goal, at: change.home)
        if let current { keep(current, at: change.home) }
    }

    private mutating func restore(_ change: RecordedChange, _ current: LedgerEntry?, _ live: LiveState) {
        guard let id = change.presentID(current) else { return unmanaged.append(change.address) }
        guard let profile = live.answers[.profile(id: id)]?.first else { return gone.append(change.address) }
        guard change.deed == .updated || change.priorEntry != nil else {
            // The run only took it over.
            guard let current else { return }
            desired.removals.append(AddressRemoval(address: current.address, destroys: false, origin: .rollback))
            ledger.append(current)
            return choose(Goal(change: change, current: current), at: current.address)
        }
        var inverse = Inverse(unchanged: profile.identifiers)
        if change.deed == .updated, let prior = change.prior, let after = change.after {
            inverse = Inverse(prior: prior, after: after)
        }
        desired.profiles.append(
            inverse.desired(at: change.home, preventDestroy: change.priorEntry?.preventDestroy ?? false))
        var entry = change.priorEntry
        entry?.profileID = id
        entry?.userID = profile.userID ?? current?.userID
        choose(Goal(change: change, current: current, entry: entry), at: change.home)
        let seen = LedgerEntry(
            address: current?.address ?? change.home, profileID: id, userID: profile.userID ?? current?.userID,
            lastApplied: inverse.applied, preventDestroy: current?.preventDestroy ?? false)
        keep(seen, at: change.home)
    }

    private mutating func choose(_ goal: Goal, at address: Address) {
        chosen.formUnion([address, goal.change.address])
        if let current = goal.current { chosen.insert(current.address) }
        goals[address] = goal
    }

    private mutating func keep(_ entry: LedgerEntry, at home: Address) {
        ledger.append(entry)
        guard entry.address != home else { return }
        desired.moves.append(
            AddressMove(from: entry.address, to: home, origin: .rollback, destination: .rollback))
    }
}

/// The ledger as it is, by address and by profile.
struct KnownEntries {
    private let byAddress: [Address: LedgerEntry]
    private let byID: [String: LedgerEntry]

    init(_ entries: [LedgerEntry]) {
        byAddress = Dictionary(entries.map { ($0.address, $0) }) { first, _ in first }
        byID = Dictionary(entries.map { ($0.profileID, $0) }) { first, _ in first }
    }

    /// The entry that the changed profile has today, be it under another address.
    func entry(of change: RecordedChange) -> LedgerEntry? {
        (change.prior?.id).flatMap { byID[$0] } ?? byAddress[change.address] ?? byAddress[change.home]
    }
}

extension RecordedChange {
    /// The id of the profile today: that of the ledger, for it may have come back under a new one.
    func presentID(_ current: LedgerEntry?) -> String? {
        current?.profileID ?? prior?.id ?? priorEntry?.profileID
    }
}
