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

    private var claims: [(hash: Int, claim: Claim)] = []
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
    mutating func add(_ claim: Claim, _ identifier: Identifier, among profiles: [DesiredProfile]) -> Claim? {
        let hash = Self.hash(claim.scope, identifier)
        var slot = hash & mask
        while slots[slot] != 0 {
            let other = claims[Int(slots[slot]) - 1]
            if other.hash == hash, other.claim.scope == claim.scope,
                Normalised.areSame(profiles[other.claim.profile].identifiers[other.claim.identifier], identifier)
            {
                return other.claim
            }
            slot = (slot + 1) & mask
        }
        claims.append((hash, claim))
        slots[slot] = UInt32(claims.count)
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
