import ProfileModel

/// How the ledger of now stands to a step that was planned earlier.
package enum Standing: Sendable, Hashable {
    case asPlanned
    /// The ledger is as the step would leave it. The step may no longer write; a look at the live profile tells whether
    /// it is done already.
    case asLeft
    /// The step must not run.
    case moved(StaleReason)
}

/// The ledger of now beside the steps of a plan that was made earlier.
struct GroundReview {
    private let entries: [Address: LedgerEntry]
    private let addresses: [String: [Address]]
    /// The steps that leave something at an address, in the plan's order.
    private let writers: [Address: [Step]]

    init(_ steps: [Step], _ ledger: [LedgerEntry]) {
        entries = Dictionary(ledger.map { ($0.address, $0) }) { first, _ in first }
        addresses = Dictionary(grouping: ledger, by: \.profileID).mapValues { $0.map(\.address) }
        var writers: [Address: [Step]] = [:]
        for step in steps { for address in step.ledgerAddresses { writers[address, default: []].append(step) } }
        self.writers = writers
    }

    subscript(address: Address) -> LedgerEntry? { entries[address] }

    func standing(of step: Step) -> Standing {
        if let other = otherAddress(of: step) { return .moved(.managedElsewhere(other)) }
        guard let moved = step.ground.first(where: { !stands($0, for: step) }) else { return .asPlanned }
        return isDone(step) ? .asLeft : .moved(.ledgerChanged(moved.address))
    }

    /// As when the plan was made, or as an earlier step of the plan leaves it: that one may have run before.
    private func stands(_ ground: Ground, for step: Step) -> Bool {
        let entry = entries[ground.address]
        if entry.map({ digest(of: $0) }) == ground.entry { return true }
        return writers[ground.address, default: []].contains { other in
            other.number < step.number && other.hasLeft(entry, at: ground.address) == true
        }
    }

    private func isDone(_ step: Step) -> Bool {
        let places = step.ledgerAddresses.compactMap { step.hasLeft(entries[$0], at: $0) }
        return !places.isEmpty && places.allSatisfy(\.self)
    }

    /// Where else the ledger has the profile by now: one live profile has one address.
    private func otherAddress(of step: Step) -> Address? {
        guard step.action != .forget, let id = step.before?.id else { return nil }
        return addresses[id]?.first { !step.ledgerAddresses.contains($0) }
    }
}
