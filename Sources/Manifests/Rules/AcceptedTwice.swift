import Diagnostics
import ProfileModel

/// Two acceptances of one field could say two things.
func acceptedTwice(_ first: AcceptedDrift, in file: String, at location: SourceLocation) -> Diagnostic {
    let start = SourcePosition(line: first.origin.line, column: first.origin.column)
    return Diagnostic(
        .acceptedTwice, "this field of \(first.address) is accepted twice", at: location,
        notes: [Diagnostic.Note("the first is here", at: SourceLocation(file: file, range: SourceRange(start, start)))],
        help: "keep one of them")
}
