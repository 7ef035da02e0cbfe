import Diagnostics
import ProfileModel

/// An address moves to one other address, and only one moves there.
func movedTwice(_ moves: [AddressMove]) -> [Diagnostic] {
    var leaving: [Address: AddressMove] = [:]
    var arriving: [Address: AddressMove] = [:]
    var problems: [Diagnostic] = []
    for move in moves {
        if let first = leaving[move.from] {
            problems.append(
                Diagnostic(
                    .ambiguousMove, "\(move.from) is moved twice", at: location(of: move.from, at: move.origin),
                    notes: [Diagnostic.Note("it is moved here first", at: location(of: first.from, at: first.origin))],
                    help: "keep one of the two"))
        } else if let first = arriving[move.to] {
            problems.append(
                Diagnostic(
                    .ambiguousMove, "both \(first.from) and \(move.from) are moved to \(move.to)",
                    at: location(of: move.to, at: move.destination),
                    notes: [
                        Diagnostic.Note(
                            "the first of them is here", at: location(of: first.to, at: first.destination))
                    ],
                    help: "an address stands for one profile; keep one of the two"))
        }
        if leaving[move.from] == nil { leaving[move.from] = move }
        if arriving[move.to] == nil { arriving[move.to] = move }
    }
    return problems
}
