import Diagnostics
import ProfileModel

/// An address is given up once.
func removedTwice(_ removals: [AddressRemoval]) -> [Diagnostic] {
    var seen: [Address: AddressRemoval] = [:]
    return removals.compactMap { removal in
        guard let first = seen.updateValue(seen[removal.address] ?? removal, forKey: removal.address) else {
            return nil
        }
        return Diagnostic(
            .contradictoryRemoval, "\(removal.address) is removed twice",
            at: location(of: removal.address, at: removal.origin),
            notes: [Diagnostic.Note("it is removed here first", at: location(of: first.address, at: first.origin))],
            help: "keep one of the two")
    }
}
