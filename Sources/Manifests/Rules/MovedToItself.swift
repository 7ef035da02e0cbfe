import Diagnostics
import ProfileModel

/// A move leads somewhere else.
func movedToItself(_ move: AddressMove) -> Diagnostic? {
    guard move.from == move.to else { return nil }
    return Diagnostic(
        .badMove, "\(move.from) is moved to itself", at: location(of: move.to, at: move.destination),
        help: "write the old address under from and the new one under to")
}
