import Diagnostics

/// `defaults` hold for the profiles of their document, not for those of the next one.
func defaultsWithoutProfiles(at location: SourceLocation) -> Diagnostic {
    withoutEffect(
        "the defaults block", because: "this document has no profiles", at: location,
        help: "write them in each document that has profiles; a document ends at ---")
}
