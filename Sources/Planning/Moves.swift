import Diagnostics
import ProfileModel

/// The ledger as `moved` has it: what it knows under an old address counts as known under the new one.
struct Moves: Sendable {
    private(set) var entries: [LedgerEntry]
    /// By the new address, where the ledger still has the old one.
    private(set) var from: [Address: Address] = [:]
    /// Addresses that more than one profile of the ledger would have; no step may run for them.
    private(set) var contested: Set<Address> = []
    private(set) var diagnostics: [Diagnostic] = []

    init(_ state: DesiredState, _ ledger: [LedgerEntry]) {
        entries = ledger
        guard !state.moves.isEmpty else { return }
        let moves = Dictionary(state.moves.map { ($0.from, $0) }) { first, _ in first }
        let described = Set(state.profiles.map(\.address))
        var arriving: [Address: [Int]] = [:]
        for index in ledger.indices {
            guard let end = Self.end(of: ledger[index].address, moves), described.contains(end) else { continue }
            arriving[end, default: []].append(index)
        }
        let settled = Set(ledger.map(\.address))
        for end in arriving.keys.sorted() {
            guard let indices = arriving[end] else { continue }
            let addresses = indices.map { ledger[$0].address } + (settled.contains(end) ? [end] : [])
            if addresses.count == 1 {
                from[end] = addresses[0]
                entries[indices[0]].address = end
            } else {
                contested.formUnion(addresses + [end])
                diagnostics += refusal(of: addresses, end, moves)
            }
        }
    }

    /// Where an address leads, moves in a row included; nil when it does not move.
    private static func end(of start: Address, _ moves: [Address: AddressMove]) -> Address? {
        guard var move = moves[start] else { return nil }
        var seen: Set<Address> = [start]
        while let next = moves[move.to], seen.insert(move.to).inserted { move = next }
        return move.to
    }

    private func refusal(of addresses: [Address], _ end: Address, _ moves: [Address: AddressMove]) -> [Diagnostic] {
        guard let move = addresses.lazy.compactMap({ moves[$0] }).first else { return [] }
        let others = addresses.filter { $0 != move.from }.map(\.description).joined(separator: ", ")
        return [
            Diagnostic(
                .impossibleMove, "\(move.from) cannot become \(end): the ledger has another profile as \(others)",
                at: move.origin.location(of: move.from.description),
                help: "`profilectl ledger show ADDRESS` tells which is which; let go of one with "
                    + "`profilectl ledger forget ADDRESS`, or remove the move")
        ]
    }
}
