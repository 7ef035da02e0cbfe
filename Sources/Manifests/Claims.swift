import ProfileModel

/// Who was first to claim an identifier: a table of four bytes a place, since a workspace may hold
/// some hundred thousand. Hashed with the seed of the process, so that no file can be made to clog it.
struct Claims {
    struct Claim {
        var profile: Int
        var identifier: Int
    }

    private var claims: [(hash: Int, profile: UInt32, identifier: UInt32)] = []
    /// Index into `claims` plus one; zero is free.
    private var slots: [UInt32]
    private let mask: Int

    /// - Parameter expected: at most so many claims are added.
    init(expected: Int) {
        var capacity = 16
        while capacity < expected * 2 { capacity *= 2 }
        slots = [UInt32](repeating: 0, count: capacity)
        mask = capacity - 1
        claims.reserveCapacity(expected)
    }

    /// Returns the earlier claim to the same identifier, or adds this one.
    /// - Parameter isSame: whether an earlier claim is to what this one claims.
    mutating func add(
        _ claim: Claim, scope: Int, _ identifier: Identifier, isSame: (Claim) -> Bool
    ) -> Claim? {
        let hash = Self.hash(scope: scope, identifier)
        var slot = hash & mask
        while slots[slot] != 0 {
            let other = claims[Int(slots[slot]) - 1]
            let earlier = Claim(profile: Int(other.profile), identifier: Int(other.identifier))
            if other.hash == hash, isSame(earlier) { return earlier }
            slot = (slot + 1) & mask
        }
        claims.append((hash, UInt32(claim.profile), UInt32(claim.identifier)))
        slots[slot] = UInt32(claims.count)
        return nil
    }

    private static func hash(scope: Int, _ identifier: Identifier) -> Int {
        var hasher = Hasher()
        hasher.combine(scope)
        hasher.combine(Normalised.type(identifier.type))
        hasher.combine(Normalised.value(identifier))
        return hasher.finalize()
    }
}
