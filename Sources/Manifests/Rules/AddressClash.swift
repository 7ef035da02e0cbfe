import Diagnostics
import ProfileModel

/// An address names one profile of the workspace, whatever file it stands in.
/// - Parameter order: indices in address order, nil when the profiles are sorted and no two are alike.
/// - Returns: the problems, and the indices of all but the first profile of each address.
func addressClashes(
    _ profiles: [DesiredProfile], in order: [Int]?
) -> (diagnostics: [Diagnostic], losers: Set<Int>) {
    guard let order else { return ([], []) }
    var found: [(loser: Int, first: Int)] = []
    var first = 0
    for place in order.indices.dropFirst() {
        if profiles[order[place]].address == profiles[order[first]].address {
            found.append((order[place], order[first]))
        } else {
            first = place
        }
    }
    found.sort { $0.loser < $1.loser }
    let diagnostics = found.map { addressClash(profiles[$0.loser], first: profiles[$0.first]) }
    return (diagnostics, Set(found.map(\.loser)))
}

private func addressClash(_ profile: DesiredProfile, first: DesiredProfile) -> Diagnostic {
    Diagnostic(
        .addressClash, "\(profile.address) is described twice",
        at: nameLocation(of: profile),
        notes: [Diagnostic.Note("it is described here first", at: nameLocation(of: first))],
        help: "give one of them another name, or remove it")
}

/// The place of the profile's name under `profiles`.
func nameLocation(of profile: DesiredProfile) -> SourceLocation {
    location(of: profile.address.name, at: profile.origin)
}
