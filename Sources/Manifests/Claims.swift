import ProfileModel

/// Who was first to claim an identifier: a table of few bytes a place, since a workspace may hold
/// some hundred thousand. Hashed with the seed of the process, so that no file can be made to clog it.
struct Claims {
    struct Claim {
        /// Tells sources and types apart.
        var scope: Int
        var profile: Int
        /// The place among the profile's identifiers.
        var identifier: Int
    }

    /// A part of the hash, which spares most looks at claims, and the index into `claims` plus one; 0 is free.
    private struct Slot {
        var tag: UInt32
        var number: UInt32
    }

    private var claims: [Claim] = []
    private var slots: [Slot]
    private let mask: Int

    /// - Parameter expected: at most so many claims are added.
    init(expected: Int) {
        var capacity = 16
        while capacity < expected * 2 { capacity *= 2 }
        slots = [Slot](repeating: Slot(tag: 0, number: 0), count: capacity)
        mask = capacity - 1
        claims.reserveCapacity(expected)
    }

    /// Returns the earlier claim to the same identifier, or adds this one.
    mutating func add(_ claim: Claim, _ identifier: Identifier, among profiles: [DesiredProfile]) -> Claim? {
        let hash = Self.hash(claim.scope, identifier)
        let tag = UInt32(truncatingIfNeeded: hash >> 32)
        var place = hash & mask
        while slots[place].number != 0 {
            if slots[place].tag == tag {
                let other = claims[Int(slots[place].number) - 1]
                if other.scope == claim.scope,
                    Normalised.areSame(profiles[other.profile].identifiers[other.identifier], identifier)
                {
                    return other
                }
            }
            place = (place + 1) & mask
        }
        claims.append(claim)
        slots[place] = Slot(tag: tag, number: UInt32(claims.count))
        return nil
    }

    private static func hash(_ scope: Int, _ identifier: Identifier) -> Int {
        var hasher = Hasher()
        hasher.combine(scope)
        hasher.combine(Normalised.type(identifier.type))
        hasher.combine(Normalised.value(identifier))
        return hasher.finalize()
    }
}
