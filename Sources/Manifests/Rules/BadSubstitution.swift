import Diagnostics

/// `${` begins an expression that must be whole: nothing that looks like one is passed on as text.
func badSubstitution(_ malformation: Substitution.Malformation, at location: SourceLocation?) -> Diagnostic {
    let literal = "write $${ for a literal ${"
    switch malformation {
    case .notClosed:
        return Diagnostic(.badSubstitution, "this ${ has no closing }", at: location, help: literal)
    case .unknownSpace(let text):
        let name = text.isEmpty ? "NAME" : text
        return Diagnostic(
            .badSubstitution, "${ must be followed by env: or var:", at: location,
            help: "write ${env:\(name)} or ${var:\(name)}; \(literal)")
    case .badName:
        return Diagnostic(
            .badSubstitution, "this is not the name of a variable", at: location,
            help: "a name is letters, digits, '_', '-' and '.', and a default follows ':-', as in ${env:NAME:-default}")
    case .nested:
        return Diagnostic(
            .badSubstitution, "a default cannot hold another ${", at: location,
            help: "name one variable at a time, and give it a plain default")
    }
}

/// Keys are never replaced, so that a manifest can be checked and diffed without its variables.
func substitutionInKey(at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
        .badSubstitution, "a key cannot hold ${", at: location,
        help: "variables are replaced in values only; write identifiers as a list of {type, value} to vary a type")
}
