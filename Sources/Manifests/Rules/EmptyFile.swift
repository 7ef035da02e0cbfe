import Diagnostics

/// A manifest without a word is more often a lost file than a wish to delete its profiles.
func emptyFile(named file: String) -> Diagnostic {
    let start = SourcePosition(line: 1, column: 1)
    return Diagnostic(
        .missingValue, "this manifest is empty",
        at: SourceLocation(file: file, range: SourceRange(start, start)),
        help: "write `version: 1` and `profiles: {}`, or remove the file")
}
