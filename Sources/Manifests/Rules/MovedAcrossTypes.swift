import Diagnostics
import ProfileModel

/// Source and type of a profile never change, so only the name can (reference, "JSON format").
func movedAcrossTypes(_ move: AddressMove) -> Diagnostic? {
    guard move.from.source != move.to.source || move.from.type != move.to.type else { return nil }
    return Diagnostic(
        .badMove, "\(move.from) cannot move to \(move.to)", at: location(of: move.to, at: move.destination),
        help: "source and type of a profile cannot change, only its name in the manifests")
}
