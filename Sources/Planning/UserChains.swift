import ProfileModel

/// Steps that write to one user, chained so that they never run at the same time.
///
/// A create without a user falls to whoever has one of its standard identifiers, or to the user that an
/// earlier create makes; so steps that share a standard identifier are taken to share a user.
struct UserChains {
    /// For each position its predecessor in the chain, or nil.
    let predecessor: [Int?]

    /// - Parameters:
    ///   - steps: in an order that must hold anyway; chains follow it.
    ///   - users: who is seen to have a standard identifier, in canonical form.
    init(_ steps: [Step], users: [Identifier: Set<String>]) {
        var groups = DisjointSets(count: steps.count)
        var first: [Touch: Int] = [:]
        first.reserveCapacity(steps.count)
        for position in steps.indices {
            for touch in steps[position].touches(users) {
                if let other = first[touch] { groups.join(position, other) } else { first[touch] = position }
            }
        }
        var last: [Int: Int] = [:]
        predecessor = steps.indices.map { position in
            guard steps[position].request != nil else { return nil }
            return last.updateValue(position, forKey: groups.representative(of: position))
        }
    }
}

private enum Touch: Hashable {
    case user(String)
    case identifier(Identifier)
}

extension Step {
    var standardIdentifiers: [Identifier] {
        var found: [Identifier] = []
        for identifier in before?.identifiers ?? [] where identifier.isStandard { found.append(identifier.canonical) }
        for identifier in after?.identifiers ?? [] where identifier.isStandard { found.append(identifier.canonical) }
        return found
    }

    fileprivate func touches(_ users: [Identifier: Set<String>]) -> [Touch] {
        guard request != nil else { return [] }
        let identifiers = standardIdentifiers
        var touches = identifiers.map { Touch.identifier($0) }
        if let knownUserID {
            touches.append(.user(knownUserID))
        } else {
            touches += identifiers.flatMap { users[$0, default: []] }.map { .user($0) }
        }
        return touches
    }
}
