import Diagnostics
import ProfileModel

/// What is wrong with the moves, removals and imports of a workspace, as far as manifests alone can show it.
/// - Parameters:
///   - profiles: all that are described.
///   - omissions: what may be described besides, and could not be read.
func lifecycleProblems(
    _ blocks: LifecycleBlocks, _ profiles: [DesiredProfile], _ omissions: Omissions
) -> [Diagnostic] {
    let described = Dictionary(profiles.map { ($0.address, $0) }) { first, _ in first }
    return moveProblems(blocks, described, omissions) + removalProblems(blocks, described)
        + importProblems(blocks, described, omissions)
}

/// A move that leads nowhere is told once; the other rules are about those that lead somewhere.
private func moveProblems(
    _ blocks: LifecycleBlocks, _ described: [Address: DesiredProfile], _ omissions: Omissions
) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    var moves: [AddressMove] = []
    for move in blocks.moves {
        if let problem = movedToItself(move) ?? movedAcrossTypes(move) {
            problems.append(problem)
        } else {
            moves.append(move)
        }
    }
    let rings = movedInARing(moves)
    problems += movedTwice(moves) + rings.diagnostics
    let left = Set(moves.map(\.from))
    let removed = Set(blocks.removals.map(\.address))
    for move in moves where !rings.members.contains(move.from) {
        let stays = stillDescribed(move.from, "moved away", at: move.origin, described)
        let isOnTheWay =
            left.contains(move.to) || removed.contains(move.to) || omissions.mayHideDeparture(of: move.to)
        let missing =
            isOnTheWay || omissions.mayHide(move.to)
            ? nil : notDescribed(move.to, "moved to", at: move.destination, described)
        problems += [stays, missing].compactMap(\.self)
    }
    return problems
}

private func removalProblems(_ blocks: LifecycleBlocks, _ described: [Address: DesiredProfile]) -> [Diagnostic] {
    blocks.removals.compactMap { stillDescribed($0.address, "removed", at: $0.origin, described) }
        + removedTwice(blocks.removals) + movedAndRemoved(blocks.removals, blocks.moves)
}

private func importProblems(
    _ blocks: LifecycleBlocks, _ described: [Address: DesiredProfile], _ omissions: Omissions
) -> [Diagnostic] {
    blocks.imports.flatMap { wanted in
        let missing = notDescribed(wanted.to, "imported as", at: wanted.origin, described)
        return [
            omissions.mayHide(wanted.to) ? nil : missing,
            importedAcrossTypes(wanted),
        ].compactMap(\.self)
    } + importedTwice(blocks.imports)
}

/// The place of an address that is written in a block.
func location(of address: Address, at origin: Origin) -> SourceLocation {
    location(of: address.description, at: origin)
}

/// A place as the range of what stands there.
func location(of text: String, at origin: Origin) -> SourceLocation {
    var place = location(of: Place(line: origin.line, column: origin.column), in: origin.file)
    place.range.end.column = place.range.start.column + max(UInt32(clamping: text.unicodeScalars.count), 1)
    return place
}
