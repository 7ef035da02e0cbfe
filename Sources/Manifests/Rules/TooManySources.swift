import Diagnostics
import ProfileModel

/// An account has at most 50 profile sources (api notes, section 4).
func tooManySources(_ profiles: [DesiredProfile]) -> [Diagnostic] {
    guard let (count, profile) = distinct(profiles, over: ServiceLimits.sources, \.source) else { return [] }
    return [
        Diagnostic(
            .tooManySources, "the manifests use \(count) sources; the service allows \(ServiceLimits.sources)",
            at: nameLocation(of: profile),
            help: "a source is a system, not a kind of person; kinds are types")
    ]
}

/// The number of different values, and the first profile with one too many; nil within the limit.
func distinct(
    _ profiles: [DesiredProfile], over limit: Int, _ part: (Address) -> String
) -> (count: Int, profile: DesiredProfile)? {
    var seen: Set<String> = []
    var previous: String?
    var firstOver: DesiredProfile?
    for profile in profiles {
        let value = part(profile.address)
        guard value != previous else { continue }
        previous = value
        if seen.insert(value).inserted, seen.count == limit + 1 { firstOver = profile }
    }
    return firstOver.map { (seen.count, $0) }
}
