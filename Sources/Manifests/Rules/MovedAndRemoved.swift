import Diagnostics
import ProfileModel

/// What is moved has a new address to be removed by, and what is removed arrives nowhere.
func movedAndRemoved(_ removals: [AddressRemoval], _ moves: [AddressMove]) -> [Diagnostic] {
    let ends = Dictionary(
        moves.flatMap { [($0.from, $0.origin), ($0.to, $0.destination)] }
    ) { first, _ in first }
    return removals.compactMap { removal in
        ends[removal.address].map { origin in
            Diagnostic(
                .contradictoryRemoval, "\(removal.address) is both moved and removed",
                at: location(of: removal.address, at: removal.origin),
                notes: [Diagnostic.Note("it is moved here", at: location(of: removal.address, at: origin))],
                help: "keep one of the two; a profile that moved before is removed by the address it has now")
        }
    }
}
