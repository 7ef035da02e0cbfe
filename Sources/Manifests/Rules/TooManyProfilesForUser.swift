import Diagnostics
import ProfileModel

/// A user has at most 20 profiles (api notes, section 4). Only users that the manifests name are counted.
func tooManyProfilesForUser(_ profiles: [DesiredProfile]) -> [Diagnostic] {
    var counts: [String: Int] = [:]
    var firstOver: [(userID: String, profile: DesiredProfile)] = []
    for profile in profiles {
        guard let userID = profile.userID else { continue }
        counts[userID, default: 0] += 1
        if counts[userID] == ServiceLimits.profilesOfUser + 1 { firstOver.append((userID, profile)) }
    }
    return firstOver.map { userID, profile in
        Diagnostic(
            .tooManyProfilesForUser,
            "user \(userID) has \(counts[userID] ?? 0) profiles here; the service allows \(ServiceLimits.profilesOfUser)",
            at: nameLocation(of: profile), help: "join profiles of one source into one")
    }
}
