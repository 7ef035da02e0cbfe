import ProfileModel

// A scoped plan looks at the chosen lines, and at those that they depend on: release before claim.

extension Roster {
    /// With only the chosen lines inside, and those that hold, as far as the ledger and the answers so far
    /// tell, what a line inside takes.
    /// - Returns: also those that came along, in address order.
    func narrowed(
        to selection: PlanSelection, _ live: LiveState, _ scope: PlanScope
    ) -> (Roster, included: [PlanScope.Inclusion]) {
        var roster = self
        for index in lines.indices { roster.lines[index].isOutside = !selection.chosen.contains(address(of: index)) }
        let holders = Holders(self)
        var neededBy: [Int: Int] = [:]
        var fresh = roster.lines.indices.filter { !roster.lines[$0].isOutside }
        while !fresh.isEmpty {
            var needs = fresh.flatMap { line in holders.needs(of: line, self).map { (line: $0, by: line) } }
            if needs.allSatisfy({ !roster.lines[$0.line].isOutside }) {
                needs = holders.needs(shownBy: live, roster, scope)
            }
            fresh = []
            for need in needs where roster.lines[need.line].isOutside {
                roster.lines[need.line].isOutside = false
                neededBy[need.line] = need.by
                fresh.append(need.line)
            }
        }
        let included = neededBy.sorted { $0.key < $1.key }
            .map { PlanScope.Inclusion(address(of: $0.key), neededBy: address(of: $0.value)) }
        return (roster, included)
    }
}

/// Which line holds what, by the ledger.
private struct Holders {
    private var byIdentifier: [Identifier: [Int]] = [:]
    private var byProfileID: [String: [Int]] = [:]
    /// Manifests without an entry, by their key.
    private var byKey: [IdentifierQuery: [Int]] = [:]

    init(_ roster: Roster) {
        for (index, line) in roster.lines.enumerated() {
            guard let entry = line.entry.map({ roster.entries[$0] }) else {
                if let desired = roster.desired(line) { byKey[desired.keyQuery.canonical, default: []].append(index) }
                continue
            }
            byProfileID[entry.profileID, default: []].append(index)
            for identifier in Set(entry.lastApplied.identifiers.map(\.canonical)) {
                byIdentifier[identifier, default: []].append(index)
            }
        }
    }

    /// The lines that hold an identifier which this one's manifest claims.
    func needs(of index: Int, _ roster: Roster) -> [Int] {
        guard let claimant = roster.desired(roster.lines[index]) else { return [] }
        let userID = claimant.userID ?? roster.entry(roster.lines[index])?.userID
        return claimant.identifiers.flatMap { identifier in
            byIdentifier[identifier.canonical, default: []].filter { holder in
                holder != index && excludes(roster, holder, identifier, claimant.address, userID)
            }
        }
    }

    /// Within one source and type an identifier selects one profile; across them all profiles with a
    /// standard identifier are of one user.
    private func excludes(
        _ roster: Roster, _ holder: Int, _ identifier: Identifier, _ address: Address, _ userID: String?
    ) -> Bool {
        let other = roster.address(of: holder)
        if other.source == address.source, other.type == address.type { return true }
        let otherUser = roster.entry(roster.lines[holder])?.userID
        guard identifier.isStandard, let userID, let otherUser else { return false }
        return userID != otherUser
    }

    /// What only the answers tell: a line inside came upon a profile of a line outside.
    func needs(shownBy live: LiveState, _ roster: Roster, _ scope: PlanScope) -> [(line: Int, by: Int)] {
        var needs: [(line: Int, by: Int)] = []
        var claimants: [Identifier: Int] = [:]
        for (index, reading) in roster.readings(live, scope: scope).enumerated() where !roster.lines[index].isOutside {
            for identifier in roster.desired(roster.lines[index])?.identifiers ?? [] {
                claimants[identifier.canonical] = index
            }
            guard let profile = reading.profile else { continue }
            needs += byProfileID[profile.id, default: []].map { ($0, index) }
            guard roster.lines[index].entry == nil else { continue }
            for identifier in profile.identifiers {
                let query = IdentifierQuery(
                    source: profile.source, type: profile.type, identifier: identifier.canonical)
                needs += byKey[query, default: []].map { ($0, index) }
            }
        }
        for (lookup, profiles) in live.answers {
            guard case .query(let query) = lookup, let claimant = claimants[query.identifier.canonical] else {
                continue
            }
            for profile in profiles { needs += byProfileID[profile.id, default: []].map { ($0, claimant) } }
        }
        return needs.sorted { ($0.line, $0.by) < ($1.line, $1.by) }
    }
}
