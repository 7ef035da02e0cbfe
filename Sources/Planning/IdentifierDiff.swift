import ProfileModel

/// What becomes of a profile's identifiers. They are a set of (type, folded value); order is kept, but means nothing.
struct IdentifierDiff {
    /// As live has them.
    private(set) var removed: [Identifier] = []
    /// As they are sent.
    private(set) var added: [Identifier] = []
    private(set) var fields: [FieldChange] = []
    /// All that the profile holds afterwards: in live order, a new one in the place of a removed one of
    /// its type, others at the end. Never empty, for a manifest always has one.
    private(set) var result: [Identifier]

    /// - Parameter lastApplied: nil when the ledger does not know the profile.
    init(desired: DesiredProfile, lastApplied: ProfileValues?, live: [Identifier], ignored: Bool) {
        result = live
        guard !ignored || live.isEmpty, !areSame(desired.identifiers, live) else { return }
        var present = Set(live.map(\.canonical))
        added = desired.identifiers.filter { present.insert($0.canonical).inserted }.map(\.sent)
        let wanted = Set(desired.identifiers.map(\.canonical))
        let extra = live.filter { !wanted.contains($0.canonical) }
        guard !added.isEmpty || !extra.isEmpty else { return }

        let applied = Set((lastApplied?.identifiers ?? []).map(\.canonical))
        let isExclusive = desired.identifiersMode == .exclusive
        removed = extra.filter { isExclusive || applied.contains($0.canonical) }
        let isManaged = lastApplied != nil
        // What is removed was live and is no longer wanted, what is added the other way round; so one look
        // at what was applied tells which side moved.
        fields = removed.map {
            let wasApplied = applied.contains($0.canonical)
            let cause = FieldChange.Cause(
                isManaged: isManaged, wasApplied: wasApplied, manifestAsApplied: !wasApplied, liveAsApplied: wasApplied)
            return FieldChange(.identifierRemoved($0), cause)
        }
        fields += added.map {
            let wasApplied = applied.contains($0.canonical)
            let cause = FieldChange.Cause(
                isManaged: isManaged, wasApplied: wasApplied, manifestAsApplied: wasApplied, liveAsApplied: !wasApplied)
            return FieldChange(.identifierAdded($0), cause)
        }
        result = placed(in: live)
    }

    private func placed(in live: [Identifier]) -> [Identifier] {
        let gone = Set(removed.map(\.canonical))
        var seen: Set<Identifier> = []
        var pending = added
        var placed: [Identifier] = []
        for identifier in live where seen.insert(identifier.canonical).inserted {
            if !gone.contains(identifier.canonical) {
                placed.append(identifier)
            } else if let index = pending.firstIndex(where: { $0.type.isExactly(identifier.type) }) {
                placed.append(pending.remove(at: index))
            }
        }
        return placed + pending
    }
}
