package import ProfileModel

/// The addresses that one of two states of the manifests describes and the other does not, or not alike.
/// Where in the files a profile is written makes no difference.
package func addressesThatDiffer(from old: DesiredState, to new: DesiredState) -> Set<Address> {
    var known = Dictionary(old.profiles.map { ($0.address, $0) }) { first, _ in first }
    var differing: Set<Address> = []
    for profile in new.profiles {
        guard let before = known.removeValue(forKey: profile.address), before.isDescribed(like: profile) else {
            differing.insert(profile.address)
            continue
        }
    }
    return differing.union(known.keys)
}
