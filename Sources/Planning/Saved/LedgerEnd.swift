package import ProfileModel

/// What a step leaves in the ledger once it is done.
package enum LedgerEnd: Sendable, Hashable {
    /// The ledger is not told anything.
    case unchanged
    case removed(Address)
    /// `from` is the address that the profile leaves, if it moves.
    case kept(at: Address, from: Address?, ProfileValues, preventDestroy: Bool)
}

extension Step {
    package var ledgerEnd: LedgerEnd {
        switch action {
        case .delete, .forget: return .removed(address)
        case .create, .update, .adopt, .move:
            if isLetGo { return .removed(movedFrom ?? address) }
            guard let declared else { return .unchanged }
            return .kept(at: address, from: movedFrom, declared, preventDestroy: preventDestroy)
        }
    }

    /// Whether the ledger holds at an address what this step leaves there; nil where the step leaves it alone.
    func hasLeft(_ entry: LedgerEntry?, at place: Address) -> Bool? {
        switch ledgerEnd {
        case .unchanged: return nil
        case .removed(let address): return place == address ? entry == nil : nil
        case .kept(let address, let from, let values, let preventDestroy):
            if place == address {
                guard let entry else { return false }
                return before.map { $0.id == entry.profileID } ?? true && entry.lastApplied == values
                    && entry.preventDestroy == preventDestroy
            }
            return place == from ? entry == nil : nil
        }
    }
}
