import Diagnostics

/// A profile has at least one identifier (api notes, section 3.4): it could not be found without.
func noIdentifier(_ profile: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .noIdentifier, "profile \(profile) has no identifier", at: location,
        help: "write at least one, for example `identifiers: {external_id: \"1042\"}`")
}
