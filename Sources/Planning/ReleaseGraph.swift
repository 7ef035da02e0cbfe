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
    /// For each canonical identifier that a step lets go, those steps.
    private let releases: [Identifier: [Int]]

    /// - Parameter extra: pairs of which the second waits for the first for another reason.
    init(_ steps: [Step], extra: [(first: Int, then: Int)] = []) {
        var releases: [Identifier: [Int]] = [:]
        for (index, step) in steps.enumerated() {
            for identifier in step.releasedIdentifiers { releases[identifier, default: []].append(index) }
        }
        var waiting = Array(repeating: [Int](), count: steps.count)
        if !releases.isEmpty {
            for (index, step) in steps.enumerated() {
                for identifier in step.claimedIdentifiers {
                    for release in releases[identifier, default: []]
                    where step.mustFollow(steps[release], over: identifier) && waiting[release].last != index {
                        waiting[release].append(index)
                    }
                }
            }
        }
        for pair in extra where !waiting[pair.first].contains(pair.then) { waiting[pair.first].append(pair.then) }
        self.waiting = waiting
        self.releases = releases
    }

    func isReleased(_ identifier: Identifier) -> Bool { releases[identifier] != nil }

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

extension Step {
    /// Canonical identifiers that are free, or on their way to another profile, once the step is done.
    var releasedIdentifiers: Set<Identifier> {
        guard request != nil, let before else { return [] }
        return Set(before.identifiers.map(\.canonical)).subtracting((after?.identifiers ?? []).map(\.canonical))
    }

    /// Canonical identifiers that must be free when the step runs.
    var claimedIdentifiers: Set<Identifier> {
        guard request != nil, let after else { return [] }
        return Set(after.identifiers.map(\.canonical)).subtracting((before?.identifiers ?? []).map(\.canonical))
    }

    /// Nil when the service will choose the user, or make one.
    var knownUserID: String? {
        if case .putUnderUser(let userID, _, _) = request { return userID }
        return before?.userID
    }

    func mustFollow(_ other: Step, over identifier: Identifier) -> Bool {
        if address.source.isExactly(other.address.source), address.type.isExactly(other.address.type) { return true }
        guard identifier.isStandard, let user = knownUserID, let otherUser = other.knownUserID else { return false }
        return user != otherUser
    }
}
