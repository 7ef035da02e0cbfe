import Diagnostics
import ProfileModel

/// Within a source and type an identifier selects at most one profile (reference, "Identifier queries"),
/// so no two profiles may have it. Compared as the service does: see `Normalised`.
/// - Parameter losers: profiles whose address is taken; what they claim is the first one's by intent.
func identifiersClaimedTwice(_ profiles: [DesiredProfile], except losers: Set<Int>) -> [Diagnostic] {
    var claims = Claims(expected: profiles.reduce(0) { $0 + $1.identifiers.count })
    var scopes = Scopes()
    var diagnostics: [Diagnostic] = []
    for (index, profile) in profiles.enumerated() where losers.isEmpty || !losers.contains(index) {
        let scope = scopes.number(of: profile.address)
        for (place, identifier) in profile.identifiers.enumerated() {
            let claim = Claims.Claim(profile: index, identifier: place)
            let earlier = claims.add(claim, scope: scope, identifier) { other in
                let rival = profiles[other.profile]
                return rival.address.source == profile.address.source && rival.address.type == profile.address.type
                    && Normalised.areSame(rival.identifiers[other.identifier], identifier)
            }
            // The same identifier twice in one profile is that profile's own problem.
            guard let earlier, earlier.profile != index else { continue }
            diagnostics.append(
                identifierClaimedTwice(profile, place, rival: profiles[earlier.profile], earlier.identifier))
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
    guard profile.identifierOrigins.indices.contains(place) else { return nameLocation(of: profile) }
    return location(of: profile.identifierOrigins[place])
}

/// Numbers for source and type, found at once while they do not change.
private struct Scopes {
    private struct Scope: Hashable {
        var source: String
        var type: String
    }

    private var numbers: [Scope: Int] = [:]
    private var latest: (scope: Scope, number: Int)?

    mutating func number(of address: Address) -> Int {
        if let latest, latest.scope.source == address.source, latest.scope.type == address.type {
            return latest.number
        }
        let scope = Scope(source: address.source, type: address.type)
        let number = numbers[scope] ?? numbers.count
        numbers[scope] = number
        latest = (scope, number)
        return number
    }
}
