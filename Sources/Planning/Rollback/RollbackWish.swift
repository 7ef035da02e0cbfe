import Diagnostics
import ProfileModel

/// What a planner must be told so that its plan leads back.
struct RollbackWish {
    /// Where a change leads, and what the ledger holds in the end.
    struct Goal {
        var change: RecordedChange
        /// The profile as it is called today; nil for one that is to be made anew.
        var profileID: String?
        /// The ledger as it is.
        var current: LedgerEntry?
        /// The ledger as it will be, with the id of today; nil when the profile is let go.
        var entry: LedgerEntry?
    }

    private(set) var desired = DesiredState()
    private(set) var ledger: [LedgerEntry] = []
    /// By the address of the step.
    private(set) var goals: [Address: Goal] = [:]
    /// What others manage or nobody touches: it stands in no step.
    private(set) var others: Set<Address> = []
    private(set) var leftOut: [LeftOut: [Address]] = [:]
    /// Profiles that cannot have their former address back: the one of today, and the former one.
    private(set) var staying: [(address: Address, former: Address)] = []
    private let known: KnownEntries

    /// - Parameter claimed: profiles to be made anew whose identifiers others have by now.
    init(_ record: RecordedRunChanges, _ entries: [LedgerEntry], _ live: LiveState, claimed: Set<Address> = []) {
        known = KnownEntries(entries, record.comebacks)
        leftOut[.uncertain] = record.uncertain
        leftOut[.unrecorded] = record.unrecorded
        for change in record.changes {
            switch change.deed {
            case .created: takeAway(change)
            case .deleted: bringBack(change, claimed)
            case .updated, .onlyRecorded: restore(change, live)
            }
        }
        let taken = Set(goals.values.compactMap(\.current?.address))
        for entry in entries where !taken.contains(entry.address) {
            // Limits are parts of the whole ledger, so all of it is there, and none of it is to change.
            others.insert(entry.address)
            ledger.append(entry)
            desired.profiles.append(
                Inverse(unchanged: entry.lastApplied.identifiers)
                    .desired(at: entry.address, preventDestroy: entry.preventDestroy))
        }
        desired.profiles.sort { $0.address < $1.address }
        for index in desired.profiles.indices { desired.profiles[index].origin = .rollback(line: index + 1) }
    }

    var chosen: Set<Address> { Set(goals.keys).union(goals.values.compactMap(\.current?.address)) }

    /// Whose finding it is.
    func address(at location: SourceLocation) -> Address? {
        let index = location.range.start.line &- 1
        return desired.profiles.indices.contains(Int(index)) ? desired.profiles[Int(index)].address : nil
    }

    /// Addresses where a plan came upon a profile that is not the run's.
    func strangers(in plan: Plan) -> Set<Address> {
        Set(
            (plan.steps + plan.blocked.map(\.step)).compactMap { step in
                guard let goal = goals[step.address], let before = step.before, before.id != goal.profileID else {
                    return nil
                }
                return step.address
            })
    }
}

extension RollbackWish {
    private mutating func takeAway(_ change: RecordedChange) {
        guard let id = change.profileID else { return leaveOut(change, .unrecorded) }
        guard let current = known.entry(of: id) else { return leaveOut(change, known.absence(of: change)) }
        ledger.append(current)
        goals[current.address] = Goal(change: change, profileID: current.profileID, current: current)
    }

    private mutating func bringBack(_ change: RecordedChange, _ claimed: Set<Address>) {
        guard let prior = change.prior, !prior.identifiers.isEmpty else { return leaveOut(change, .unrecorded) }
        // A rollback brought it back already.
        guard known.entry(of: prior.id) == nil else { return }
        guard !claimed.contains(change.home) else { return leaveOut(change, .claimed) }
        guard isFree(change.home) else { return leaveOut(change, .replaced) }
        let isNamed = !prior.name.isExactly(derivedName(of: prior.identifiers))
        var profile = DesiredProfile(
            address: change.home, name: isNamed ? prior.name : nil, identifiers: prior.identifiers,
            attributes: prior.attributes, userID: prior.userID,
            lifecycle: DesiredProfile.Lifecycle(preventDestroy: change.priorEntry?.preventDestroy ?? false),
            origin: .rollback())
        profile.nameDamage = isNamed ? prior.nameDamage : nil
        desired.profiles.append(profile)
        goals[change.home] = Goal(change: change, entry: change.priorEntry)
    }

    private mutating func restore(_ change: RecordedChange, _ live: LiveState) {
        let current = known.entry(of: change.profileID)
        guard let id = known.presentID(of: change) else { return leaveOut(change, known.absence(of: change)) }
        guard live.unreadable[.profile(id: id)] == nil else { return restoreBlindly(change, id, current) }
        guard let profile = live.answers[.profile(id: id)]?.first else { return leaveOut(change, .gone) }
        guard change.deed == .updated || change.priorEntry != nil else {
            // The run only took it over.
            guard let current, change.entry != nil else { return }
            desired.removals.append(
                AddressRemoval(address: current.address, destroys: false, origin: .rollback()))
            ledger.append(current)
            goals[current.address] = Goal(change: change, profileID: id, current: current)
            return
        }
        guard var entry = Goal.entry(of: change, current) else { return leaveOut(change, .managedAgain) }
        let home = self.home(entry?.address ?? current?.address ?? change.address, current)
        guard let home else { return leaveOut(change, .replaced) }
        guard let inverse = Inverse(change, profile) else { return leaveOut(change, .onlyIdentifier) }
        entry?.address = home
        entry?.profileID = id
        entry?.userID = profile.userID ?? current?.userID
        desired.profiles.append(inverse.desired(at: home, preventDestroy: entry?.preventDestroy ?? false))
        goals[home] = Goal(change: change, profileID: id, current: current, entry: entry)
        let seen = LedgerEntry(
            address: current?.address ?? home, profileID: id, userID: profile.userID ?? current?.userID,
            lastApplied: inverse.applied, preventDestroy: current?.preventDestroy ?? false, heldBack: current?.heldBack)
        ledger.append(seen)
        guard seen.address != home else { return }
        desired.moves.append(
            AddressMove(from: seen.address, to: home, origin: .rollback(), destination: .rollback()))
    }

    /// The profile cannot be read. It stands in the plan all the same, so that the planner says so and blocks it.
    private mutating func restoreBlindly(_ change: RecordedChange, _ id: String, _ current: LedgerEntry?) {
        let address = current?.address ?? change.home
        guard goals[address] == nil else { return }
        let inverse = Inverse(unchanged: current?.lastApplied.identifiers ?? [])
        desired.profiles.append(inverse.desired(at: address, preventDestroy: current?.preventDestroy ?? false))
        ledger.append(
            current ?? LedgerEntry(address: address, profileID: id, userID: nil, lastApplied: ProfileValues()))
        goals[address] = Goal(change: change, profileID: id, current: current, entry: current)
    }

    /// The former address, where it is free; otherwise the one of today, if there is one.
    private mutating func home(_ former: Address, _ current: LedgerEntry?) -> Address? {
        guard former != current?.address, !isFree(former) else { return former }
        guard let current else { return nil }
        staying.append((current.address, former))
        return current.address
    }

    private func isFree(_ address: Address) -> Bool { known[address] == nil && goals[address] == nil }

    private mutating func leaveOut(_ change: RecordedChange, _ reason: LeftOut) {
        leftOut[reason, default: []].append(change.address)
    }
}

extension RollbackWish.Goal {
    /// What the ledger is to hold, if anything.
    /// - Returns: nil where the run let go of the profile, and it was taken over anew since.
    static func entry(of change: RecordedChange, _ current: LedgerEntry?) -> LedgerEntry?? {
        guard let current else { return .some(change.priorEntry) }
        guard let prior = change.priorEntry else { return change.entry == nil ? nil : .some(nil) }
        if let run = change.entry { return .some(current.undoing(run, to: prior)) }
        let isAsBefore = current.address == prior.address && current.lastApplied == prior.lastApplied
        return isAsBefore ? .some(current) : nil
    }
}

extension Inverse {
    /// - Returns: nil when the profile would be left without an identifier.
    fileprivate init?(_ change: RecordedChange, _ live: Profile) {
        if change.deed == .updated, let prior = change.prior, let after = change.after {
            self.init(prior: prior, after: after.inLikelyForms(of: live), live: live.identifiers)
        } else {
            self.init(unchanged: live.identifiers)
        }
    }
}
