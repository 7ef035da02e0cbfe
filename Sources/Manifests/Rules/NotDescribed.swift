import Diagnostics
import ProfileModel

/// What arrives at an address, by a move or an import, is described there.
/// - Parameter arrival: as in "moved to".
func notDescribed(
    _ address: Address, _ arrival: String, at origin: Origin, _ described: [Address: DesiredProfile]
) -> Diagnostic? {
    guard described[address] == nil else { return nil }
    let names = described.keys.filter { $0.source == address.source && $0.type == address.type }.map(\.name).sorted()
    let meant = nearest(to: address.name, among: names).map {
        "did you mean \(Address(source: address.source, type: address.type, name: $0))? "
    }
    return Diagnostic(
        .notDescribed, "a profile is \(arrival) \(address), but no manifest that was read describes it",
        at: location(of: address, at: origin),
        help: (meant ?? "") + "describe it under profiles, or remove this entry")
}
