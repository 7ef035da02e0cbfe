package import Diagnostics

/// What a variable brings along becomes part of the value, although nobody sees it.
func strayCharacter(
    _ stray: StrayCharacter, in reference: Substitution.Reference, at location: SourceLocation?
) -> Diagnostic {
    let what =
        switch reference.space {
        case .environment: "environment variable \(reference.name)"
        case .variable: "variable \(reference.name)"
        }
    return Diagnostic(
        .strayCharacter, "\(what) \(stray.words), which becomes part of this value", severity: .warning, at: location,
        help: "set the variable without it; `NAME=$(cat file)` leaves the line break of a file out")
}

/// A credential, a file name or an address of the workspace file is one line of what is visible.
/// - Parameter what: as in "the bearer token".
package func strayCharacter(in text: String, _ what: String, at location: SourceLocation?) -> Diagnostic? {
    StrayCharacter(in: text).map { stray in
        Diagnostic(
            .strayCharacter, "\(what) \(stray.words)", at: location,
            help: "remove it where the value comes from; `NAME=$(cat file)` leaves the line break of a file out")
    }
}

/// Mostly it comes from a copied text, or from a block scalar (`|`), which ends with a line break.
func strayCharacter(_ stray: StrayCharacter, inWritten what: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .strayCharacter, "\(what) \(stray.words), which is sent as part of it", severity: .warning, at: location,
        help: "write it on one line in quotes, without what is invisible")
}
