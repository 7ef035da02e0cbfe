import Diagnostics
import ProfileModel

/// What is to be done for each line of the roster, before policy and order have their say.
struct Decisions {
    /// In address order, like all that follows.
    private(set) var steps: [Step] = []
    private(set) var blocked: [BlockedStep] = []
    private(set) var unchanged: [Address] = []
    private(set) var drift: [Drift] = []
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var population = Population()

    private let roster: Roster
    private let patchNullDeletes: Bool

    init(_ roster: Roster, _ readings: [Reading], patchNullDeletes: Bool) {
        self.roster = roster
        self.patchNullDeletes = patchNullDeletes
        var ownership = Ownership(roster, readings)
        let released = settleSelections(readings, &ownership)
        for index in readings.indices {
            count(roster.lines[index], readings[index])
            noteDrift(roster.lines[index], readings[index])
            var reading = readings[index]
            if released.contains(index) { reading.state = .absent }
            decide(index, reading, ownership.conflicts[index])
        }
    }

    /// Lines whose key still selects another line's profile: fine where that line gives the identifier up,
    /// for then it is free when this line's turn comes; otherwise a conflict.
    private func settleSelections(_ readings: [Reading], _ ownership: inout Ownership) -> Set<Int> {
        var released: Set<Int> = []
        for (index, owner) in ownership.ownerOfSelected {
            guard let claimant = roster.desired(roster.lines[index]) else { continue }
            if givesUp(owner, readings[owner], claimant.key) {
                released.insert(index)
            } else {
                ownership.refuse(index, ownedBy: owner, roster)
            }
        }
        return released
    }

    /// A profile that would be deleted gives nothing up: a renamed address must not cost it its events.
    private func givesUp(_ owner: Int, _ reading: Reading, _ identifier: Identifier) -> Bool {
        let line = roster.lines[owner]
        guard let desired = roster.desired(line), let live = reading.profile else { return false }
        let diff = ProfileDiff(desired: desired, lastApplied: roster.entry(line)?.lastApplied, live: live)
        return diff.identifiers.removed.contains { $0.canonical == identifier.canonical }
    }

    private mutating func count(_ line: Roster.Line, _ reading: Reading) {
        guard reading.profile != nil else { return }
        if line.desired != nil { population.desiredLive += 1 }
        if line.entry != nil { population.managedLive += 1 }
    }

    private mutating func noteDrift(_ line: Roster.Line, _ reading: Reading) {
        guard let entry = line.entry else { return }
        let live: Profile?
        if case .byID(let profile) = reading.state { live = profile } else { live = nil }
        guard live != nil || reading.wasLost else { return }
        let ignored = line.desired.map { IgnoredPaths(roster.desired[$0].lifecycle.ignoreChanges) } ?? IgnoredPaths()
        if let found = Drift(roster.entries[entry], live: live, ignored: ignored) { drift.append(found) }
    }

    private mutating func decide(_ index: Int, _ reading: Reading, _ conflict: Diagnostic?) {
        let line = roster.lines[index]
        switch reading.state {
        case .outOfScope: break
        case .unanswered: diagnostics.append(unread(index))
        case .absent:
            if let desired = roster.desired(line) {
                steps.append(.creating(desired, wasLost: reading.wasLost))
            } else if let entry = roster.entry(line) {
                steps.append(.forgetting(entry))
            }
        case .byID(let profile), .byKey(let profile):
            guard let conflict else { return reconcile(line, profile) }
            diagnostics.append(conflict)
            let step = step(line, profile) ?? roster.desired(line).map { .adopting($0, profile, .alreadyLive) }
            if let step { blocked.append(BlockedStep(step: step, reason: .conflict)) }
        }
    }

    private mutating func reconcile(_ line: Roster.Line, _ live: Profile) {
        let step = step(line, live)
        if let index = line.desired, let wanted = roster.desired[index].userID, let user = live.userID, user != wanted {
            let step = step ?? .adopting(roster.desired[index], live, .alreadyLive)
            blocked.append(BlockedStep(step: step, reason: .userDiffers(live: user, desired: wanted)))
        } else if let step {
            steps.append(step)
        } else if let index = line.desired {
            unchanged.append(roster.desired[index].address)
        }
    }

    /// Nil when nothing is to be done.
    private func step(_ line: Roster.Line, _ live: Profile) -> Step? {
        let entry = roster.entry(line)
        guard let desired = roster.desired(line) else { return entry.map { .deleting($0, live) } }
        let diff = ProfileDiff(desired: desired, lastApplied: entry?.lastApplied, live: live)
        if !diff.isEmpty { return .updating(desired, live, diff, patchNullDeletes: patchNullDeletes) }
        guard let entry else { return .adopting(desired, live, .existsUnmanaged) }
        return entry.isUpToDate(desired, live) ? nil : .adopting(desired, live, .alreadyLive)
    }

    private func unread(_ index: Int) -> Diagnostic {
        Diagnostic(
            .unexpectedAnswer, "the live state of \(roster.address(of: index)) was not read",
            at: roster.desired(roster.lines[index])?.location)
    }
}

extension LedgerEntry {
    fileprivate func isUpToDate(_ desired: DesiredProfile, _ live: Profile) -> Bool {
        profileID == live.id && (userID == live.userID || live.userID == nil)
            && preventDestroy == desired.lifecycle.preventDestroy && lastApplied.isSame(as: desired.declared)
    }
}
