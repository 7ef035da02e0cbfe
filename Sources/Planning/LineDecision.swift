import Diagnostics
import ProfileModel

/// What is to be done for one line of the roster, and what was seen on the way.
struct LineDecision {
    enum Verdict {
        case nothing
        case unchanged(Address)
        case run(Step)
        case block(BlockedStep)
    }

    private(set) var verdict = Verdict.nothing
    private(set) var drift: Drift?
    private(set) var diagnostic: Diagnostic?
    let isLive: Bool
    let isDesired: Bool
    let isManaged: Bool

    /// - Parameters:
    ///   - isReleased: what the key selects is another line's, and will no longer be selected.
    ///   - isConflicted: another address lays claim to the profile, so no step may run.
    init(
        desired: DesiredProfile?, entry: LedgerEntry?, reading: Reading, isReleased: Bool, isConflicted: Bool,
        patchNullDeletes: Bool
    ) {
        isLive = reading.profile != nil && !isReleased
        isDesired = desired != nil
        isManaged = entry != nil
        if reading.wasLost, let entry { drift = Drift(entry, live: nil, ignored: IgnoredPaths()) }
        switch reading.state {
        case .outOfScope: break
        case .unanswered: diagnostic = unread(desired, entry)
        case .absent: decideAbsent(desired, entry, wasLost: reading.wasLost)
        case .byKey where isReleased: decideAbsent(desired, entry, wasLost: reading.wasLost)
        case .byID(let live), .byKey(let live):
            if let desired {
                reconcile(desired, entry, live, patchNullDeletes: patchNullDeletes)
            } else if let entry {
                verdict = .run(.deleting(entry, live))
                drift = Drift(entry, live: live, ignored: IgnoredPaths())
            }
            if isConflicted { refuse(desired, entry, live) }
        }
    }

    private mutating func decideAbsent(_ desired: DesiredProfile?, _ entry: LedgerEntry?, wasLost: Bool) {
        if let desired {
            verdict = .run(.creating(desired, wasLost: wasLost))
        } else if let entry {
            verdict = .run(.forgetting(entry))
        }
    }

    private mutating func reconcile(
        _ desired: DesiredProfile, _ entry: LedgerEntry?, _ live: Profile, patchNullDeletes: Bool
    ) {
        let diff = ProfileDiff(desired: desired, lastApplied: entry?.lastApplied, live: live)
        let isAsApplied = entry.map { $0.lastApplied.isSame(as: desired.declared(after: $0.lastApplied)) } ?? false
        // Where live has what is wanted, and that is what we last applied, nothing of ours was changed.
        if let entry, drift == nil, !isAsApplied || !diff.isEmpty {
            drift = Drift(entry, live: live, ignored: IgnoredPaths(desired.lifecycle.ignoreChanges))
        }
        if let userID = desired.userID, let owner = live.userID, owner != userID {
            let step =
                diff.isEmpty
                ? Step.adopting(desired, live, entry?.lastApplied, .alreadyLive)
                : .updating(desired, live, entry?.lastApplied, diff, patchNullDeletes: patchNullDeletes)
            verdict = .block(BlockedStep(step: step, reason: .userDiffers(live: owner, desired: userID)))
        } else if !diff.isEmpty {
            verdict = .run(.updating(desired, live, entry?.lastApplied, diff, patchNullDeletes: patchNullDeletes))
        } else if let entry {
            let isUpToDate = isAsApplied && entry.points(to: live, protected: desired.lifecycle.preventDestroy)
            verdict =
                isUpToDate
                ? .unchanged(desired.address) : .run(.adopting(desired, live, entry.lastApplied, .alreadyLive))
        } else {
            verdict = .run(.adopting(desired, live, nil, .existsUnmanaged))
        }
    }

    private mutating func refuse(_ desired: DesiredProfile?, _ entry: LedgerEntry?, _ live: Profile) {
        switch verdict {
        case .nothing, .block: break
        case .run(let step): verdict = .block(BlockedStep(step: step, reason: .conflict))
        case .unchanged:
            guard let desired else { break }
            verdict = .block(
                BlockedStep(
                    step: .adopting(desired, live, entry?.lastApplied, .alreadyLive), reason: .conflict))
        }
    }

    private func unread(_ desired: DesiredProfile?, _ entry: LedgerEntry?) -> Diagnostic {
        let address = (desired?.address ?? entry?.address).map(\.description) ?? ""
        return Diagnostic(
            .unexpectedAnswer, "the live state of \(address) was not read", at: desired?.location)
    }
}

extension LedgerEntry {
    fileprivate func points(to live: Profile, protected: Bool) -> Bool {
        profileID == live.id && (userID == live.userID || live.userID == nil) && preventDestroy == protected
    }
}
