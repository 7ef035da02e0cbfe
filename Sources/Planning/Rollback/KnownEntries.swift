import ProfileModel

/// The ledger as it is, by address and by profile. A profile that a rollback made anew is the former one.
struct KnownEntries {
    private let byAddress: [Address: LedgerEntry]
    private let byID: [String: LedgerEntry]
    private let comebacks: [String: String]

    init(_ entries: [LedgerEntry], _ comebacks: [String: String]) {
        byAddress = Dictionary(entries.map { ($0.address, $0) }) { first, _ in first }
        byID = Dictionary(entries.map { ($0.profileID, $0) }) { first, _ in first }
        self.comebacks = comebacks
    }

    subscript(address: Address) -> LedgerEntry? { byAddress[address] }

    /// The entry that a profile has today, be it under another address. An address alone tells nothing: another
    /// profile may stand there by now.
    func entry(of profileID: String?) -> LedgerEntry? {
        profileID.flatMap { id in names(of: id).lazy.compactMap { byID[$0] }.first }
    }

    /// The id that the changed profile has today; nil for one that should be in the ledger and is not.
    func presentID(of change: RecordedChange) -> String? {
        if let entry = entry(of: change.profileID) { return entry.profileID }
        return change.entry == nil ? change.profileID.flatMap { names(of: $0).last } : nil
    }

    /// Why there is nothing to be done for a profile that is not in the ledger.
    func absence(of change: RecordedChange) -> LeftOut {
        byAddress[change.address] == nil ? .unmanaged : .replaced
    }

    /// The ids that a profile had since, this one first.
    private func names(of id: String) -> [String] {
        var names = [id]
        while let next = comebacks[names[names.count - 1]], !names.contains(next) { names.append(next) }
        return names
    }
}
