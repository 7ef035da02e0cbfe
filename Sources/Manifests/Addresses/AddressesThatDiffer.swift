package import ProfileModel

/// The addresses that one of two states of the manifests describes and the other does not, or not alike; and
/// those that are moved, removed or imported only now.
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
    return differing.union(known.keys).union(addressesOfNewBlocks(from: old, to: new))
}

/// What `moved`, `removed` and `import` say now and did not say before.
private func addressesOfNewBlocks(from old: DesiredState, to new: DesiredState) -> Set<Address> {
    let moves = Set(old.moves.map { [$0.from, $0.to] })
    let removals = Set(old.removals.map { $0.address })
    let imports = Set(old.imports.map { $0.to })
    return Set(new.moves.map { [$0.from, $0.to] }).subtracting(moves).reduce(into: Set()) { $0.formUnion($1) }
        .union(new.removals.map(\.address).filter { !removals.contains($0) })
        .union(new.imports.map(\.to).filter { !imports.contains($0) })
}
