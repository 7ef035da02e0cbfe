import Diagnostics

/// A query has four parts, and only the last may hold colons (reference, "Identifier queries").
func badIdentifierQuery(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .badImport, "this is not an identifier query", at: location,
        help: "write source:type:identifier_type:value, such as coolbikes:rider:email:jane@example.com")
}
