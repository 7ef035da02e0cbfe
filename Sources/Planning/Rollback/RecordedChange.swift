package import ProfileModel

/// What a run did to one profile and to its entry in the ledger; several steps for it count as one.
package struct RecordedChange: Sendable, Hashable {
    package enum Deed: Sendable, Hashable {
        case created
        case updated
        case deleted
        /// Nothing was sent; at most the ledger changed.
        case onlyRecorded
    }

    /// Where the run left the profile.
    package var address: Address
    package var deed: Deed
    /// The profile that the run worked on; nil where the journal does not say which one that was.
    package var profileID: String?
    /// The profile as it was before; nil for one that was not there, or was not looked at.
    package var prior: Profile?
    /// What the run made of it; nil for one that is gone.
    package var after: ProfileValues?
    /// What the ledger held before, be it under another address.
    package var priorEntry: LedgerEntry?
    /// What the run left in the ledger, but for ids that it only learned from the service; nil for nothing.
    package var entry: LedgerEntry?

    package init(
        address: Address, deed: Deed, profileID: String?, prior: Profile? = nil, after: ProfileValues? = nil,
        priorEntry: LedgerEntry? = nil, entry: LedgerEntry? = nil
    ) {
        self.address = address
        self.deed = deed
        self.profileID = profileID
        self.prior = prior
        self.after = after
        self.priorEntry = priorEntry
        self.entry = entry
    }

    /// Where the ledger had the profile before the run.
    var home: Address { priorEntry?.address ?? address }
}

/// What the journal keeps of a run, as far as undoing it goes.
package struct RecordedRunChanges: Sendable, Hashable {
    package var run: String
    /// In the run's order.
    package var changes: [RecordedChange]
    /// Steps of which nobody knows whether they took effect.
    package var uncertain: [Address]
    /// Steps that an older version recorded, without what they changed.
    package var unrecorded: [Address]
    /// Profiles that rollbacks made anew after a run had deleted them: the new id by the former one.
    package var comebacks: [String: String]

    package init(
        run: String, changes: [RecordedChange], uncertain: [Address] = [], unrecorded: [Address] = [],
        comebacks: [String: String] = [:]
    ) {
        self.run = run
        self.changes = changes
        self.uncertain = uncertain
        self.unrecorded = unrecorded
        self.comebacks = comebacks
    }
}
