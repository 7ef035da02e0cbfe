import Diagnostics

/// A name that looks like another one than it is will be written otherwise the next time.
/// - Parameter subject: begins the message, as in `the source "shop"`.
func disguisedName(_ subject: String, _ disguise: Disguise, at location: SourceLocation) -> Diagnostic {
    switch disguise {
    case .invisible(let scalar):
        Diagnostic(
            .disguisedName, "\(subject) holds the invisible character \(codePoint(scalar))", severity: .warning,
            at: location, help: "remove it; it mostly comes along when a text is copied from a page or a chat")
    case .spaceAtTheEdge:
        Diagnostic(
            .disguisedName, "\(subject) begins or ends with a space", severity: .warning, at: location,
            help: "remove it; another spelling is another name")
    case .mixedAlphabets(let alphabet, let scalars):
        Diagnostic(
            .disguisedName,
            "\(subject) mixes Latin letters with \(alphabet.rawValue) ones that look like them: "
                + SpellingDifference.words(scalars),
            severity: .warning, at: location, help: "write the word in one alphabet")
    }
}
