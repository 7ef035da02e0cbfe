import HeapModule
import ProfileModel

/// Which step must wait for which, because it takes an identifier that the other lets go: release before claim.
///
/// Within one source and type an identifier selects one profile, so there the order always matters. Across
/// them a standard identifier may sit on many profiles, but all of one user; there it matters when the two
/// steps concern different users.
struct ReleaseGraph {
    /// For each step those that wait for it.
    private let waiting: [[Int]]
    private let releases: Releases

    /// - Parameter extra: pairs of which the second waits for the first for another reason.
    init(_ steps: [Step], extra: [(first: Int, then: Int)] = []) {
        releases = Releases(steps)
        var waiting = Array(repeating: [Int](), count: steps.count)
        if !releases.isEmpty {
            for index in steps.indices {
                for identifier in steps[index].claimedIdentifiers {
                    for release in releases.awaited(by: steps[index], over: identifier, steps)
                    where waiting[release].last != index {
                        waiting[release].append(index)
                    }
                }
            }
        }
        for (first, pairs) in Dictionary(grouping: extra, by: \.first) {
            var known = Set(waiting[first])
            waiting[first] += pairs.map(\.then).filter { known.insert($0).inserted }
        }
        self.waiting = waiting
    }

    /// Whether some step lets go what this one would have to wait for to take it.
    func isReleased(_ identifier: Identifier, for step: Step) -> Bool { releases.mayConcern(step, identifier) }

    func waiting(for index: Int) -> [Int] { waiting[index] }

    /// The chosen nodes so that each comes after all that it waits for, smaller numbers first where there
    /// is a choice; and those that cannot come at all, being in a ring or behind one.
    func sorted(_ nodes: [Int]) -> (order: [Int], left: [Int]) {
        var missing = Array(repeating: -1, count: waiting.count)
        for node in nodes { missing[node] = 0 }
        for node in nodes {
            for next in waiting[node] where missing[next] >= 0 { missing[next] += 1 }
        }
        var ready = Heap(nodes.filter { missing[$0] == 0 })
        var order: [Int] = []
        order.reserveCapacity(nodes.count)
        while let node = ready.popMin() {
            order.append(node)
            for next in waiting[node] where missing[next] > 0 {
                missing[next] -= 1
                if missing[next] == 0 { ready.insert(next) }
            }
        }
        return (order, order.count == nodes.count ? [] : nodes.filter { missing[$0] > 0 })
    }
}

/// Who lets an identifier go. Kept in two ways, because one that is not standard often has the same value in many
/// sources, where it stands for many people.
private struct Releases {
    private var byQuery: [IdentifierQuery: [Int]] = [:]
    private var standard: [Identifier: [Int]] = [:]

    init(_ steps: [Step]) {
        for index in steps.indices {
            for identifier in steps[index].releasedIdentifiers {
                byQuery[steps[index].address.query(identifier), default: []].append(index)
                if identifier.isStandard { standard[identifier, default: []].append(index) }
            }
        }
    }

    var isEmpty: Bool { byQuery.isEmpty }

    func awaited(by step: Step, over identifier: Identifier, _ steps: [Step]) -> [Int] {
        guard identifier.isStandard else { return byQuery[step.address.query(identifier), default: []] }
        return standard[identifier, default: []].filter { step.mustFollow(steps[$0]) }
    }

    func mayConcern(_ step: Step, _ identifier: Identifier) -> Bool {
        byQuery[step.address.query(identifier)] != nil || standard[identifier] != nil
    }
}

extension Step {
    /// Canonical identifiers that are free, or on their way to another profile, once the step is done.
    var releasedIdentifiers: [Identifier] {
        guard request != nil, let before else { return [] }
        return before.identifiers.canonical(without: after?.identifiers ?? [])
    }

    /// Canonical identifiers that must be free when the step runs.
    var claimedIdentifiers: [Identifier] {
        guard request != nil, let after else { return [] }
        return after.identifiers.canonical(without: before?.identifiers ?? [])
    }

    /// - Parameter identifier: in canonical form.
    func releases(_ identifier: Identifier) -> Bool { releasedIdentifiers.contains(identifier) }

    /// Nil when the service will choose the user, or make one.
    var knownUserID: String? {
        if case .putUnderUser(let userID, _, _) = request { return userID }
        return before?.userID
    }

    /// Whether it must, where it takes a standard identifier that the other lets go.
    fileprivate func mustFollow(_ other: Step) -> Bool {
        if address.source.isExactly(other.address.source), address.type.isExactly(other.address.type) { return true }
        guard let user = knownUserID, let otherUser = other.knownUserID else { return false }
        return user != otherUser
    }
}

extension [Identifier] {
    /// Each once. A profile has so few that comparing them is quicker than hashing them.
    fileprivate func canonical(without others: [Identifier]) -> [Identifier] {
        var found: [Identifier] = []
        for identifier in self {
            let canonical = identifier.canonical
            if !found.contains(canonical), !others.contains(where: { $0.canonical == canonical }) {
                found.append(canonical)
            }
        }
        return found
    }
}
