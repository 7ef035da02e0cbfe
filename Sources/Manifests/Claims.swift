import ProfileModel

/// Who was first to claim an identifier: a table of few bytes a place, since a workspace may hold
/// some hundred thousand. Hashed with the seed of the process, so that no file can be made to clog it.
struct Claims {
    /// Whose claim it is, and the place among the profile's identifiers.
    struct Claim {
        var profile: UInt32
        var identifier: UInt32
    }

    /// What an identifier must share with another to be taken for it: its source and type (or the profile,
    /// where only that counts) and its normalised type.
    private struct Kind: Hashable {
        var scope: Int
        var type: String
    }

    /// A part of the hash, which spares most looks at profiles, and the index into `claims` plus one; 0 is free.
    private struct Slot {
        var tag: UInt32 = 0
        var number: UInt32 = 0
    }

    private var claims: [Claim] = []
    private var slots: [Slot]
    private let mask: Int
    private var kinds: [Kind: Int] = [:]
    /// The kind last seen at each place of a profile: mostly the same in the next one.
    private var latest: [(scope: Int, type: String, kind: Int)] = []

    /// - Parameter expected: at most so many claims are added.
    init(expected: Int) {
        var capacity = 16
        while capacity < expected * 3 / 2 { capacity *= 2 }
        slots = [Slot](repeating: Slot(), count: capacity)
        mask = capacity - 1
        claims.reserveCapacity(expected)
    }

    /// Returns the earlier claim to the same identifier, or adds this one.
    /// - Parameter scopeOf: a number for the source and type of a profile.
    mutating func add(
        _ claim: Claim, among profiles: [DesiredProfile], scopeOf: (Int) -> Int
    ) -> Claim? {
        let scope = scopeOf(Int(claim.profile))
        let hash = hash(of: profiles[claim], in: scope, at: Int(claim.identifier))
        let tag = UInt32(truncatingIfNeeded: hash >> 32)
        var place = hash & mask
        while slots[place].number != 0 {
            if slots[place].tag == tag {
                let other = claims[Int(slots[place].number) - 1]
                if scopeOf(Int(other.profile)) == scope, Normalised.areSame(profiles[other], profiles[claim]) {
                    return other
                }
            }
            place = (place + 1) & mask
        }
        claims.append(claim)
        slots[place] = Slot(tag: tag, number: UInt32(claims.count))
        return nil
    }

    private mutating func hash(of identifier: Identifier, in scope: Int, at place: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(kind(of: identifier.type, in: scope, at: place))
        hasher.combine(Normalised.value(identifier))
        return hasher.finalize()
    }

    /// A number for scope and type, which is hashed in less time.
    private mutating func kind(of type: String, in scope: Int, at place: Int) -> Int {
        if place < latest.count, latest[place].scope == scope, latest[place].type == type { return latest[place].kind }
        let found = Kind(scope: scope, type: Normalised.type(type))
        let kind = kinds[found] ?? kinds.count
        kinds[found] = kind
        if place == latest.count {
            latest.append((scope, type, kind))
        } else if place < latest.count {
            latest[place] = (scope, type, kind)
        }
        return kind
    }
}

extension [DesiredProfile] {
    fileprivate subscript(claim: Claims.Claim) -> Identifier {
        self[Int(claim.profile)].identifiers[Int(claim.identifier)]
    }
}
