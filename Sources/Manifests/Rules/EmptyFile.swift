import Diagnostics

/// A manifest without a word is more often a lost file than a wish to delete its profiles.
func emptyFile(named file: String) -> Diagnostic {
    Diagnostic(
        .missingValue, "this manifest is empty", at: beginning(of: file),
        help: "write `version: 1` and `profiles: {}`, or remove the file")
}

/// The place for what is said of a whole file.
func beginning(of file: String) -> SourceLocation {
    let start = SourcePosition(line: 1, column: 1)
    return SourceLocation(file: file, range: SourceRange(start, start))
}
