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
    func scope(of profile: Int) -> Int {
        let isLoser = !losers.isEmpty && losers.contains(profile)
        return isLoser ? -1 - profile : Int(scopes.numbers[profile])
    }
    // Only the fields that are needed: a copy of a whole profile costs more than the rest of this.
    for index in profiles.indices {
        for place in profiles[index].identifiers.indices {
            let claim = Claims.Claim(profile: UInt32(index), identifier: UInt32(place))
            guard let earlier = claims.add(claim, among: profiles, scopeOf: scope) else { continue }
            let (rival, rivalPlace) = (Int(earlier.profile), Int(earlier.identifier))
            diagnostics.append(
                rival == index
                    ? duplicateIdentifier(profiles[index], place, first: rivalPlace)
                    : identifierClaimedTwice(profiles[index], place, rival: profiles[rival], rivalPlace))
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
