import Diagnostics
import ProfileModel

/// A standard identifier belongs to one user, and so do all identifiers of a profile (reference,
/// "Standard identifiers"): profiles that share one, directly or through others, are of one user.
/// Where the manifests name different users for such profiles, the service would refuse one of them.
func standardIdentifiersOfTwoUsers(_ profiles: [DesiredProfile]) -> [Diagnostic] {
    guard namesTwoUsers(profiles) else { return [] }
    var people = People(profiles)
    var firsts: [Identifier: (profile: Int, place: Int)] = [:]
    var diagnostics: [Diagnostic] = []
    for (index, profile) in profiles.enumerated() {
        for (place, identifier) in profile.identifiers.enumerated() where Normalised.isStandard(type: identifier.type) {
            let normal = Identifier(type: Normalised.type(identifier.type), value: Normalised.value(identifier))
            guard let first = firsts[normal] else {
                firsts[normal] = (index, place)
                continue
            }
            guard let users = people.join(index, first.profile) else { continue }
            diagnostics.append(
                identifierOfTwoUsers(profile, place, users.0, rival: profiles[first.profile], first.place, users.1))
        }
    }
    return diagnostics
}

private func namesTwoUsers(_ profiles: [DesiredProfile]) -> Bool {
    var first: String?
    for profile in profiles {
        guard let userID = profile.userID else { continue }
        if let first, first != userID { return true }
        first = userID
    }
    return false
}

private func identifierOfTwoUsers(
    _ profile: DesiredProfile, _ place: Int, _ user: String, rival: DesiredProfile, _ rivalPlace: Int,
    _ rivalUser: String
) -> Diagnostic {
    let type = profile.identifiers[place].type
    return Diagnostic(
        .identifierClaimedTwice,
        "\(profile.address) and \(rival.address) have the same \(type), but belong to users \(user) and \(rivalUser)",
        at: identifierLocation(of: profile, place),
        notes: [Diagnostic.Note("\(rival.address) has it here", at: identifierLocation(of: rival, rivalPlace))],
        help: "email, phone_number, facebook, twitter, sdk and external_id belong to one user across all sources; "
            + "remove it from one profile, or write the same user_id")
}

/// Profiles grouped into those of one user.
private struct People {
    private var parents: [Int]
    private var users: [String?]

    init(_ profiles: [DesiredProfile]) {
        parents = Array(profiles.indices)
        users = profiles.map(\.userID)
    }

    private mutating func root(of index: Int) -> Int {
        var index = index
        while parents[index] != index {
            parents[index] = parents[parents[index]]
            index = parents[index]
        }
        return index
    }

    /// Makes two profiles one person's, or returns the two users that this would mix.
    mutating func join(_ a: Int, _ b: Int) -> (String, String)? {
        let (a, b) = (root(of: a), root(of: b))
        guard a != b else { return nil }
        if let user = users[a], let other = users[b], user != other { return (user, other) }
        parents[a] = b
        users[b] = users[b] ?? users[a]
        return nil
    }
}
