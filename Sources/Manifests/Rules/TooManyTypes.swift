import Diagnostics
import ProfileModel

/// An account has at most 2,500 profile types (api notes, section 4).
func tooManyTypes(_ profiles: [DesiredProfile]) -> [Diagnostic] {
    guard let (count, profile) = distinct(profiles, over: ServiceLimits.types, \.type) else { return [] }
    return [
        Diagnostic(
            .tooManyTypes, "the manifests use \(count) profile types; the service allows \(ServiceLimits.types)",
            at: nameLocation(of: profile),
            help: "a type is a kind of person; what differs from person to person is an attribute")
    ]
}
