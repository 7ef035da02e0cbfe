import Diagnostics

/// An import says in one way which profile it means.
func notOneSelector(_ written: [String], at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .badImport,
        written.isEmpty
            ? "this import does not say which profile it means"
            : "this import says in \(written.count) ways which profile it means: \(written.joined(separator: ", "))",
        at: location,
        help: "write one of id: PROFILE_ID, identifier: \"source:type:identifier_type:value\" and user_id: \"123\"")
}
