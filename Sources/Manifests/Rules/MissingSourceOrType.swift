import Diagnostics

/// Source and type are part of the address and of every query; they come from the profile or its defaults.
func missingSourceOrType(_ key: ProfileKey, of profile: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .missingSourceOrType, "profile \(profile) has no \(key.rawValue)", at: location,
        help: "write `\(key.rawValue):` in the profile, or under `defaults` for the whole document")
}
