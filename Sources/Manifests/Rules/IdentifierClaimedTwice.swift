import Diagnostics
import ProfileModel

/// Within a source and type an identifier selects at most one profile (reference, "Identifier queries"),
/// so no two profiles may have it, and none has it twice. Compared as the service does: see `Normalised`.
/// - Parameter losers: profiles whose address is taken; only what they repeat themselves is reported.
func identifiersClaimedTwice(
    _ profiles: [DesiredProfile], _ scopes: Scopes, except losers: Set<Int>
) -> [Diagnostic] {
    var claims = Claims(expected: scopes.identifierCount)
    var diagnostics: [Diagnostic] = []
    // Only the fields that are needed: a copy of a whole profile costs more than the rest of this.
    for index in profiles.indices {
        let isLoser = !losers.isEmpty && losers.contains(index)
        let scope = isLoser ? -1 - index : Int(scopes.numbers[index])
        for place in profiles[index].identifiers.indices {
            let claim = Claims.Claim(scope: scope, profile: index, identifier: place)
            let identifier = profiles[index].identifiers[place]
            guard let earlier = claims.add(claim, identifier, among: profiles) else { continue }
            diagnostics.append(
                earlier.profile == index
                    ? duplicateIdentifier(profiles[index], place, first: earlier.identifier)
                    : identifierClaimedTwice(
                        profiles[index], place, rival: profiles[earlier.profile], earlier.identifier))
        }
    }
    return diagnostics
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
