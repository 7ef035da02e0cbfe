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
    ///   - blocks: what `moved`, `removed` and `import` say of the address.
    init(
        desired: DesiredProfile?, entry: LedgerEntry?, reading: Reading, isReleased: Bool, isConflicted: Bool,
        blocks: LineBlocks = LineBlocks(), patchNullDeletes: Bool
    ) {
        isLive = reading.isLive && !isReleased
        isDesired = desired != nil
        isManaged = entry != nil
        if reading.wasLost, let entry { drift = Drift(entry, live: nil, ignored: IgnoredPaths()) }
        switch reading.state {
        case .outOfScope: break
        case .letGo(let removal):
            if let entry { verdict = .run(.lettingGo(entry, removal)) }
        case .importRefused(let problem):
            diagnostic = problem
            if let desired { verdict = .block(BlockedStep(step: .notImporting(desired, entry), reason: .conflict)) }
        case .unanswered: diagnostic = unread(desired, entry)
        case .unreadable(let profile): blockUnreadable(profile, desired, entry)
        case .absent: decideAbsent(desired, entry, wasLost: reading.wasLost)
        case .byKey where isReleased: decideAbsent(desired, entry, wasLost: reading.wasLost)
        case .byID(let live), .byKey(let live):
            if let desired {
                reconcile(desired, entry, live, patchNullDeletes: patchNullDeletes)
            } else if let entry {
                verdict = .run(.deleting(entry, live, origin: blocks.removal?.origin))
                drift = Drift(entry, live: live, ignored: IgnoredPaths())
            }
            if let arrival = blocks.arrival(of: entry), let desired { arrive(arrival, desired, entry, live) }
            if isConflicted { refuse(desired, entry, live) }
        }
        holdBackDamage(desired)
        if let from = blocks.movedFrom, reading.profile == nil || isReleased { carry(.moved(from: from)) }
    }

    /// The step that is made anyway carries the move or import too, so that the ledger changes at once. Where
    /// nothing differs, the ledger alone has to be told.
    private mutating func arrive(
        _ arrival: Step.Arrival, _ desired: DesiredProfile, _ entry: LedgerEntry?, _ live: Profile
    ) {
        let isForLedgerOnly =
            switch verdict {
            case .unchanged: true
            case .run(let step): step.action == .adopt
            case .nothing, .block: false
            }
        if isForLedgerOnly {
            switch arrival {
            case .moved: verdict = .run(.moving(desired, live, entry?.lastApplied))
            case .imported: verdict = .run(.adopting(desired, live, nil, .importedAsIs))
            }
        }
        carry(arrival)
    }

    private mutating func carry(_ arrival: Step.Arrival) {
        switch verdict {
        case .nothing, .unchanged: break
        case .run(var step):
            step.arrival = arrival
            verdict = .run(step)
        case .block(var blocked):
            blocked.step.arrival = arrival
            verdict = .block(blocked)
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
        if let entry, desired.isSettled(entry, live) {
            verdict = .unchanged(desired.address)
            return
        }
        let diff = ProfileDiff(
            desired: desired.asKept(entry, by: live), lastApplied: entry?.lastApplied(asKeptBy: live), live: live)
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

    private mutating func blockUnreadable(
        _ profile: UnreadableProfile, _ desired: DesiredProfile?, _ entry: LedgerEntry?
    ) {
        guard let address = desired?.address ?? entry?.address else { return }
        var profile = profile
        profile.id = profile.id ?? entry?.profileID
        verdict = .block(BlockedStep(step: .unread(desired, entry, at: address), reason: .unreadable(profile)))
        diagnostic = profile.diagnostic(of: address, at: desired?.location)
    }

    /// A value that cannot be sent as it was read must not be sent at all.
    private mutating func holdBackDamage(_ desired: DesiredProfile?) {
        guard case .run(let step) = verdict, let fields = step.request?.damagedFields, !fields.isEmpty else { return }
        verdict = .block(BlockedStep(step: step, reason: .notReproducible(fields)))
        diagnostic = damageDiagnostic(fields, of: step.address, at: desired?.location)
    }

    private func unread(_ desired: DesiredProfile?, _ entry: LedgerEntry?) -> Diagnostic {
        let address = (desired?.address ?? entry?.address).map(\.description) ?? ""
        return Diagnostic(
            .unexpectedAnswer, "the live state of \(address) was not read", at: desired?.location)
    }
}

/// What `moved`, `removed` and `import` say of an address.
struct LineBlocks {
    /// Where the ledger still has the profile.
    var movedFrom: Address?
    var removal: AddressRemoval?
    var isImported = false

    func arrival(of entry: LedgerEntry?) -> Step.Arrival? {
        if let movedFrom { return .moved(from: movedFrom) }
        return isImported && entry == nil ? .imported : nil
    }
}

extension DesiredProfile {
    /// The usual case, told without a comparison of three sides: manifest, ledger and live say the same in the same
    /// words. False does not mean that anything differs.
    fileprivate func isSettled(_ entry: LedgerEntry, _ live: Profile) -> Bool {
        lifecycle.ignoreChanges.isEmpty
            && entry.points(to: live, protected: lifecycle.preventDestroy)
            && (userID == nil || userID == live.userID)
            && live.nameDamage == nil && isSettled(name: entry.lastApplied.name, live.name)
            && identifiers == live.identifiers && identifiers == entry.lastApplied.identifiers
            && attributes == live.attributes && attributes == entry.lastApplied.attributes
    }

    private func isSettled(name applied: String?, _ live: String?) -> Bool {
        guard let name else { return applied == nil }
        guard let applied, let live else { return false }
        return name.isExactly(applied) && name.isExactly(live)
    }
}

extension LedgerEntry {
    fileprivate func points(to live: Profile, protected: Bool) -> Bool {
        profileID == live.id && (userID == live.userID || live.userID == nil) && preventDestroy == protected
    }
}
