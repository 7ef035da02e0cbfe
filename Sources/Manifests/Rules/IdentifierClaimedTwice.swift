import Diagnostics
import ProfileModel

/// Within a source and type an identifier selects at most one profile (reference, "Identifier queries"),
/// so no two profiles may have it, and none has it twice. Compared as the service does: see `Normalised`.
/// - Parameter losers: profiles whose address is taken; only what they repeat themselves is reported.
func identifiersClaimedTwice(
    _ profiles: [DesiredProfile], _ scopes: Scopes, except losers: Set<Int>
) -> [Diagnostic] {
    let claims = Claims(profiles, count: scopes.identifierCount) { profile in
        let isLoser = !losers.isEmpty && losers.contains(profile)
        return isLoser ? -1 - profile : Int(scopes.numbers[profile])
    }
    return claims.repeated().map { again, first in
        let profile = profiles[again.profile]
        return again.profile == first.profile
            ? duplicateIdentifier(profile, again.identifier, first: first.identifier)
            : identifierClaimedTwice(profile, again.identifier, rival: profiles[first.profile], first.identifier)
    }
}

private func identifierClaimedTwice(
    _ profile: DesiredProfile, _ place: Int, rival: DesiredProfile, _ rivalPlace: Int
) -> Diagnostic {
    let type = profile.identifiers[place].type
    let isSpelledAlike = profile.identifiers[place] == rival.identifiers[rivalPlace]
    return Diagnostic(
        .identifierClaimedTwice, "\(profile.address) and \(rival.address) have the same \(type)",
        at: identifierLocation(of: profile, place),
        notes: [Diagnostic.Note("\(rival.address) has it here", at: identifierLocation(of: rival, rivalPlace))],
        help: isSpelledAlike
            ? "an identifier selects one profile of a source and type; remove it from one of them"
            : "the service compares email, twitter and external_id without case, and google as email; "
                + "remove it from one of them")
}

/// The place of an identifier, or of the profile's name where none was recorded.
func identifierLocation(of profile: DesiredProfile, _ place: Int) -> SourceLocation {
    guard profile.identifierPlaces.indices.contains(place) else { return nameLocation(of: profile) }
    return location(of: profile.identifierPlaces[place], in: profile.origin.file)
}
