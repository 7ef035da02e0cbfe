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
        for index in lines.indices {
            roster.lines[index].isOutside = lines[index].isLeftOut || !selection.chosen.contains(address(of: index))
        }
        let holders = Holders(self)
        var neededBy: [Int: Int] = [:]
        var fresh = roster.lines.indices.filter { !roster.lines[$0].isOutside }
        while !fresh.isEmpty {
            var needs = fresh.flatMap { line in holders.needs(of: line, self).map { (line: $0, by: line) } }
            if needs.allSatisfy({ !roster.lines[$0.line].isOutside || lines[$0.line].isLeftOut }) {
                needs = holders.needs(shownBy: live, roster, scope)
            }
            fresh = []
            for need in needs where roster.lines[need.line].isOutside && !lines[need.line].isLeftOut {
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
        return claimant.identifiers.flatMap { identifier in
            byIdentifier[identifier.canonical, default: []].filter { holder in
                holder != index && collides(roster, holder, identifier, with: index)
            }
        }
    }

    /// Within one source and type an identifier selects one profile; across them all profiles with a
    /// standard identifier are of one user.
    private func collides(_ roster: Roster, _ holder: Int, _ identifier: Identifier, with claimant: Int) -> Bool {
        let (mine, theirs) = (roster.address(of: claimant), roster.address(of: holder))
        if mine.source.isExactly(theirs.source), mine.type.isExactly(theirs.type) { return true }
        let (line, other) = (roster.lines[claimant], roster.lines[holder])
        let user = roster.desired(line)?.userID ?? roster.entry(line)?.userID
        guard identifier.isStandard, let user, let otherUser = roster.entry(other)?.userID else { return false }
        return user != otherUser
    }

    /// What only the answers tell: a line inside came upon a profile of a line outside, or takes what such a
    /// profile is seen to hold.
    func needs(shownBy live: LiveState, _ roster: Roster, _ scope: PlanScope) -> [(line: Int, by: Int)] {
        var needs: [(line: Int, by: Int)] = []
        var claimants: [Identifier: [Int]] = [:]
        for (index, reading) in roster.readings(live, scope: scope).enumerated() where !roster.lines[index].isOutside {
            for identifier in roster.desired(roster.lines[index])?.identifiers ?? [] {
                claimants[identifier.canonical, default: []].append(index)
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
        for profile in live.answers.values.joined() {
            for holder in byProfileID[profile.id, default: []] {
                for identifier in profile.identifiers {
                    needs += claimants[identifier.canonical, default: []].filter { claimant in
                        claimant != holder && collides(roster, holder, identifier, with: claimant)
                    }.map { (holder, $0) }
                }
            }
        }
        return needs.sorted { ($0.line, $0.by) < ($1.line, $1.by) }
    }
}
