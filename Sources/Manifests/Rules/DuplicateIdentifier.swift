import Diagnostics
import ProfileModel

/// An identifier is written once in a profile; two spellings that the service takes for one count as twice.
func duplicateIdentifier(_ profile: DesiredProfile, _ place: Int, first: Int) -> Diagnostic {
    Diagnostic(
        .duplicateIdentifier, "this \(profile.identifiers[place].type) is written twice in \(profile.address)",
        at: identifierLocation(of: profile, place),
        notes: [Diagnostic.Note("it is written here already", at: identifierLocation(of: profile, first))],
        help: "remove one; the service compares email, twitter and external_id without case, and google as email")
}
