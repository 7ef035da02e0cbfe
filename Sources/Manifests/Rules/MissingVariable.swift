import Diagnostics

/// A `${…}` without a value is an error where it is written; it never becomes an empty text.
func missingVariable(_ reference: Substitution.Reference, at location: SourceLocation?) -> Diagnostic {
    let name = reference.name
    switch reference.space {
    case .environment:
        return Diagnostic(
            .missingVariable, "environment variable \(name) is not set", at: location,
            help: "set it, or give a default: ${env:\(name):-default}")
    case .variable:
        return Diagnostic(
            .missingVariable, "variable \(name) has no value", at: location,
            help: "add it to the vars of the environment in profilectl.yaml, or give a default: ${var:\(name):-default}"
        )
    }
}
