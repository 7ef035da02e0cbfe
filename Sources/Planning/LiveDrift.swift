import ProfileModel

extension Drift {
    /// What others changed of what we last applied; from what we applied to what is live now.
    /// - Parameters:
    ///   - live: the profile with the entry's id; nil when it is gone.
    ///   - ignored: fields that others may change.
    init?(_ entry: LedgerEntry, live: Profile?, ignored: IgnoredPaths) {
        guard let live else {
            self.init(address: entry.address, profileID: entry.profileID, fields: nil)
            return
        }
        var changes: [FieldChange.Change] = []
        let applied = entry.lastApplied(asKeptBy: live)
        if let name = applied.name, !ignored.name,
            live.nameDamage != nil || !name.isExactly(live.name ?? derivedName(of: live.identifiers))
        {
            changes.append(.nameChanged(from: name, to: live.name))
        }
        if !ignored.identifiers, applied.identifiers != live.identifiers {
            let present = Set(live.identifiers.map(\.canonical))
            changes += applied.identifiers.filter { !present.contains($0.canonical) }
                .map { .identifierRemoved($0) }
        }
        changes += attributeChanges(applied.attributes, live.attributes, at: [], ignored)
        guard !changes.isEmpty else { return nil }
        self.init(
            address: entry.address, profileID: live.id, fields: changes.map { FieldChange($0, .changedOutside) })
    }
}

private func attributeChanges(
    _ applied: AttributeObject, _ live: AttributeObject, at path: [String], _ ignored: IgnoredPaths
) -> [FieldChange.Change] {
    guard applied != live else { return [] }
    var changes: [FieldChange.Change] = []
    for sides in ThreeSides([:], applied, live) {
        guard let applied = sides.applied, !sides.applied.isSameMember(as: sides.live) else { continue }
        let path = path + [sides.key]
        if ignored.ignoresAttributes, ignored.extent(ofAttribute: path) == .wholly { continue }
        switch (applied, sides.live) {
        case (_, nil): changes.append(.attributeRemoved(path: path, applied))
        case (.object(let applied), .object(let live)?):
            changes += attributeChanges(applied, live, at: path, ignored)
        case (_, let live?): changes.append(.attributeChanged(path: path, from: applied, to: live))
        }
    }
    return changes
}
