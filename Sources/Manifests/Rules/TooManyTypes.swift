import Diagnostics
import ProfileModel

/// An account has at most 2,500 profile types (api notes, section 4).
func tooManyTypes(_ profiles: [DesiredProfile], _ scopes: Scopes) -> Diagnostic? {
    guard let firstOver = scopes.types.firstOver else { return nil }
    return Diagnostic(
        .tooManyTypes,
        "the manifests use \(scopes.types.seen.count) profile types; the service allows \(ServiceLimits.types)",
        at: nameLocation(of: profiles[firstOver]),
        help: "a type is a kind of person; what differs from person to person is an attribute")
}
