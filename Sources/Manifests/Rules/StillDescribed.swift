import Diagnostics
import ProfileModel

/// What is moved away or removed is not described any more.
/// - Parameter fate: as in "moved away".
func stillDescribed(
    _ address: Address, _ fate: String, at origin: Origin, _ described: [Address: DesiredProfile]
) -> Diagnostic? {
    guard let profile = described[address] else { return nil }
    return Diagnostic(
        .stillDescribed, "\(address) is \(fate), but a manifest still describes it",
        at: location(of: address, at: origin),
        notes: [Diagnostic.Note("it is described here", at: nameLocation(of: profile))],
        help: "remove the one or the other")
}
