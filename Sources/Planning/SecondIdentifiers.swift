package import ProfileModel

/// An identifier that comes, and those of its type that stay although the manifest does not have them.
package struct SecondIdentifier: Sendable, Hashable {
    package var added: Identifier
    /// Never empty; as live has them.
    package var beside: [Identifier]

    package init(added: Identifier, beside: [Identifier]) {
        self.added = added
        self.beside = beside
    }
}

extension IdentifierDiff {
    /// Where the profile ends up with more identifiers of a type than it had, and the manifest has not all of them.
    /// What was ours is removed; so these are identifiers that no ledger entry tells to be ours.
    func secondIdentifiers(_ desired: DesiredProfile, live: [Identifier]) -> [SecondIdentifier] {
        guard !added.isEmpty else { return [] }
        let wanted = Set((desired.identifiers + removed).map(\.canonical))
        let staying = live.filter { !wanted.contains($0.canonical) }
        guard !staying.isEmpty else { return [] }
        return added.compactMap { identifier in
            let type = identifier.canonical.type
            func isOfType(_ other: Identifier) -> Bool { other.canonical.type.isExactly(type) }
            let beside = staying.filter(isOfType)
            guard !beside.isEmpty, added.count(where: isOfType) > removed.count(where: isOfType) else { return nil }
            return SecondIdentifier(added: identifier, beside: beside)
        }
    }
}
