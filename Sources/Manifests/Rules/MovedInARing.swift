import Diagnostics
import ProfileModel

/// Moves that follow one another end somewhere.
/// - Returns: the problems, and the addresses of all rings.
func movedInARing(_ moves: [AddressMove]) -> (diagnostics: [Diagnostic], members: Set<Address>) {
    let leaving = Dictionary(moves.map { ($0.from, $0) }) { first, _ in first }
    var diagnostics: [Diagnostic] = []
    var members: Set<Address> = []
    var seen: Set<Address> = []
    for move in moves where !seen.contains(move.from) {
        var path: [Address] = []
        var place: Address? = move.from
        while let address = place, seen.insert(address).inserted {
            path.append(address)
            place = leaving[address]?.to
        }
        guard let end = place, let start = path.firstIndex(of: end) else { continue }
        let ring = path[start...]
        members.formUnion(ring)
        let way = (ring + [end]).map(\.description).joined(separator: " → ")
        diagnostics.append(
            Diagnostic(
                .badMove, "these moves go round in a ring: \(way)",
                at: leaving[end].map { location(of: end, at: $0.origin) },
                help: "to exchange two names, move one to a third name, apply, and move on from there"))
    }
    return (diagnostics, members)
}
