import Diagnostics

/// A profile has at most 20 identifiers (api notes, section 4).
/// - Parameter location: of the first one too many.
func tooManyIdentifiers(_ count: Int, at location: @autoclosure () -> SourceLocation) -> Diagnostic? {
    guard count > ServiceLimits.identifiersOfProfile else { return nil }
    return Diagnostic(
        .tooManyIdentifiers,
        "this profile has \(count) identifiers; the service allows \(ServiceLimits.identifiersOfProfile)",
        at: location(), help: "keep those that are used to find the person")
}
