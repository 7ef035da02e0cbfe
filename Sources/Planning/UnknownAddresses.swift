import Diagnostics
import ProfileModel

// `moved` and `removed` speak of addresses that no manifest describes. Only a ledger knows their profiles.

extension Roster {
    /// Creations that may make a second profile: `moved` names an old address, and the ledger does not have it.
    func warningsOfUnknownMoves(_ steps: [Step]) -> [Diagnostic] {
        guard !allMoves.isEmpty else { return [] }
        let created = Set(steps.lazy.filter { $0.action == .create }.map(\.address))
        func isUnknown(_ move: AddressMove) -> Bool {
            created.contains(move.to) && entry(at: move.to) == nil && entry(at: move.from) == nil
        }
        return allMoves.filter(isUnknown).map { move in
            Diagnostic(
                .unknownMove, "\(move.to) becomes a new profile: the ledger does not have its old address \(move.from)",
                severity: .warning, at: move.origin.location(of: move.from.description),
                help: "if the profile is live under another key, there will be two: name its id with "
                    + "import: [{to: \(move.to), id: …}], or restore the ledger. If it never existed here, nothing is wrong"
            )
        }
    }

    /// Without a ledger: removals that cannot be made. With one, an address that it does not have was removed before.
    /// - Parameter selection: nil looks at everything.
    func warningsOfUnknownRemovals(_ selection: PlanSelection?) -> [Diagnostic] {
        removals.values.filter { removal in
            entry(at: removal.address) == nil && (selection.map { $0.chosen.contains(removal.address) } ?? true)
        }.sorted { $0.address < $1.address }.map { removal in
            Diagnostic(
                .unknownRemoval, unknown(removal), severity: .warning,
                at: removal.origin.location(of: removal.address.description),
                help: removal.destroys
                    ? "restore the ledger, or import the profile by its id, apply, and then remove it"
                    : "the profile, if there is one, stays as it is, as destroy: false wants it")
        }
    }

    private func unknown(_ removal: AddressRemoval) -> String {
        removal.destroys
            ? "\(removal.address) is not deleted: without a ledger nobody knows its profile"
            : "\(removal.address) is not managed here: without a ledger there is nothing to let go of"
    }
}
