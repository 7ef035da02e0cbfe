import Diagnostics

/// `key` names the type of one of the profile's identifiers.
func unknownKeyIdentifier(_ key: String, of types: [String], at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .unknownKeyIdentifier, "the profile has no identifier of type \"\(shortened(key))\"", at: location,
        help: suggestion(for: key, among: types, known: "it has"))
}

/// A `key` under `defaults` is for the profiles that have such an identifier; when none has, it is a slip.
func unusedDefaultKey(_ key: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .unknownKeyIdentifier, "no profile of this document has an identifier of type \"\(shortened(key))\"",
        at: location,
        help: "name the identifier type that profiles are looked up by, or leave key out to take the first one written")
}
