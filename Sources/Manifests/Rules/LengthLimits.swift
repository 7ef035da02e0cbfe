import Diagnostics

/// Source and type have at most 40 characters, identifier types 60 (api notes, section 4).
/// Characters are Unicode scalars.
func tooLong(
    _ text: String, limit: Int, _ what: String, at location: @autoclosure () -> SourceLocation
) -> Diagnostic? {
    guard text.utf8.count > limit else { return nil }
    let count = text.unicodeScalars.count
    guard count > limit else { return nil }
    return Diagnostic(
        .tooLong, "\(what) has \(count) characters; the service allows \(limit)", at: location(),
        help: "shorten it by \(count - limit)")
}
