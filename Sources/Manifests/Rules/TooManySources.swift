import Diagnostics
import ProfileModel

/// An account has at most 50 profile sources (api notes, section 4).
func tooManySources(_ profiles: [DesiredProfile], _ scopes: Scopes) -> Diagnostic? {
    guard let firstOver = scopes.sources.firstOver else { return nil }
    return Diagnostic(
        .tooManySources,
        "the manifests use \(scopes.sources.seen.count) sources; the service allows \(ServiceLimits.sources)",
        at: nameLocation(of: profiles[firstOver]), help: "a source is a system, not a kind of person; kinds are types")
}
