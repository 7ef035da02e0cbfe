import Diagnostics

/// Whether a profile lives on is never left to a default.
func destroyNotSaid(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .missingValue, "this entry does not say whether to destroy the profile", at: location,
        help:
            "destroy: false lets go of it and leaves it as it is; destroy: true deletes it, as far as the policy allows"
    )
}
