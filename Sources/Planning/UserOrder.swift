import HeapModule
import ProfileModel

/// The steps in the order given, but no create before the one that leads it to its user.
///
/// A create falls to the user who has one of its standard identifiers, and gives that user its others. So
/// profiles of one person are made along the identifiers that they share, beginning with what leads to a
/// user who is there already: one that came before its link would get a user of its own, and the link,
/// whose identifiers then lead to two users, would be refused (api notes, section 3.2). Where nobody is seen there, a user
/// may be all the same whom no profile shows: then the one with most identifiers finds it.
///
/// - Parameter users: who is seen to have a standard identifier, in canonical form.
/// - Returns: also which create must follow which step, by their places in the order.
func stepsInUserOrder(
    _ steps: [Step], users: [Identifier: Set<String>]
) -> (steps: [Step], follows: [(first: Int, then: Int)]) {
    let identifiers = steps.map { $0.leadsToUser ? $0.standardIdentifiers : [] }
    var holders: [Identifier: [Int]] = [:]
    for (index, identifiers) in identifiers.enumerated() {
        for identifier in identifiers { holders[identifier, default: []].append(index) }
    }
    var waits = steps.indices.map { index in
        steps[index].knownUserID == nil && identifiers[index].contains { holders[$0, default: []].count > 1 }
            && !identifiers[index].contains { users[$0] != nil }
    }
    guard waits.contains(true) else { return (steps, []) }
    for start in starts(identifiers, holders, waits) { waits[start] = false }

    var ready = Heap(steps.indices.filter { !waits[$0] })
    var order: [Step] = []
    order.reserveCapacity(steps.count)
    var place = Array(repeating: 0, count: steps.count)
    var follows: [(first: Int, then: Int)] = []
    while let index = ready.popMin() {
        place[index] = order.count
        order.append(steps[index])
        for identifier in identifiers[index] {
            for other in holders.removeValue(forKey: identifier) ?? [] where waits[other] {
                waits[other] = false
                ready.insert(other)
                follows.append((index, other))
            }
        }
    }
    return (order, follows.map { (place[$0.first], place[$0.then]) })
}

/// Of each set of steps that hang together, and in which all wait, the one with most identifiers, or the first of these:
/// it finds a user whom no profile shows by any of them.
private func starts(_ identifiers: [[Identifier]], _ holders: [Identifier: [Int]], _ waits: [Bool]) -> [Int] {
    var sets = DisjointSets(count: identifiers.count)
    for members in holders.values {
        for member in members.dropFirst() { sets.join(member, members[0]) }
    }
    var hasStart: Set<Int> = []
    for index in waits.indices where !waits[index] && !identifiers[index].isEmpty {
        hasStart.insert(sets.representative(of: index))
    }
    return waits.indices.filter { waits[$0] }
        .sorted { (identifiers[$1].count, $0) < (identifiers[$0].count, $1) }
        .filter { hasStart.insert(sets.representative(of: $0)).inserted }
}

extension Step {
    fileprivate var leadsToUser: Bool {
        switch action {
        case .create, .update: request != nil
        case .delete, .adopt, .forget, .move: false
        }
    }
}
