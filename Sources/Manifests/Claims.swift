import ProfileModel

/// All identifiers of a workspace, some hundred thousand, and which of them say the same.
///
/// They are hashed first and put into a table afterwards: the table is too large for the processor's caches,
/// and a loop that does nothing else waits for many of its places at a time. Hashed with the seed of the
/// process, so that no file can be made to clog it.
struct Claims {
    struct Claim {
        fileprivate let hash: Int
        private let profileNumber: UInt32
        private let identifierNumber: UInt32

        fileprivate init(hash: Int, profile: Int, identifier: Int) {
            self.hash = hash
            profileNumber = UInt32(profile)
            identifierNumber = UInt32(identifier)
        }

        var profile: Int { Int(profileNumber) }
        /// The place among the profile's identifiers.
        var identifier: Int { Int(identifierNumber) }
    }

    /// A part of the hash, which spares most looks at claims, and the index into `claims` plus one; 0 is free.
    private struct Slot {
        var tag: UInt32 = 0
        var number: UInt32 = 0
    }

    private let profiles: [DesiredProfile]
    private let scopeOf: (Int) -> Int
    private var claims: [Claim] = []

    /// - Parameters:
    ///   - count: of all identifiers.
    ///   - scopeOf: a number for each profile; only identifiers of one scope are compared.
    init(_ profiles: [DesiredProfile], count: Int, scopeOf: @escaping (Int) -> Int) {
        self.profiles = profiles
        self.scopeOf = scopeOf
        claims.reserveCapacity(count)
        var hashes = IdentifierHashes()
        // Only the fields that are needed: a copy of a whole profile costs more than the rest of this.
        for profile in profiles.indices {
            let scope = scopeOf(profile)
            for place in profiles[profile].identifiers.indices {
                let hash = hashes.hash(of: profiles[profile].identifiers[place], in: scope, at: place)
                claims.append(Claim(hash: hash, profile: profile, identifier: place))
            }
        }
    }

    /// Each claim that was made before, with the first one.
    func repeated() -> [(again: Claim, first: Claim)] {
        var capacity = 16
        while capacity < claims.count * 3 / 2 { capacity *= 2 }
        let mask = capacity - 1
        var slots = [Slot](repeating: Slot(), count: capacity)
        var repeated: [(again: Claim, first: Claim)] = []
        for number in claims.indices {
            let claim = claims[number]
            let tag = UInt32(truncatingIfNeeded: claim.hash >> 32)
            var place = claim.hash & mask
            while slots[place].number != 0 {
                let other = claims[Int(slots[place].number) - 1]
                if slots[place].tag == tag, areSame(claim, other) {
                    repeated.append((claim, other))
                    break
                }
                place = (place + 1) & mask
            }
            if slots[place].number == 0 { slots[place] = Slot(tag: tag, number: UInt32(number + 1)) }
        }
        return repeated
    }

    private func areSame(_ a: Claim, _ b: Claim) -> Bool {
        scopeOf(a.profile) == scopeOf(b.profile)
            && Normalised.areSame(
                profiles[a.profile].identifiers[a.identifier], profiles[b.profile].identifiers[b.identifier])
    }
}
