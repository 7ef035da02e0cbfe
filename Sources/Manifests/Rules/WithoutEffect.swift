import Diagnostics

/// Nothing that is written is ignored in silence: a setting that another one leaves nothing to do gets a warning.
/// - Parameters:
///   - setting: as it is written, as in `max_delete_floor`.
///   - why: completes the sentence, as in "there is no max_delete".
func withoutEffect(
    _ setting: String, because why: String, at location: SourceLocation?, help: String
) -> Diagnostic {
    Diagnostic(
        .withoutEffect, "\(setting) has no effect, because \(why)", severity: .warning, at: location, help: help)
}
