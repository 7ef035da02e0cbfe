import ProfileModel

/// The profile ids: 48 bits of milliseconds and 80 random bits, as 26 characters of Crockford's base 32.
struct ULID: Hashable, Comparable {
    var milliseconds: UInt64
    var high: UInt16
    var low: UInt64

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The next one in order; of no more than 2^80 in one millisecond.
    var successor: ULID {
        var next = self
        (next.low, next.high) = low == .max ? (0, high &+ 1) : (low + 1, high)
        if next.low == 0 && next.high == 0 { next.milliseconds += 1 }
        return next
    }

    var text: String {
        var value = UInt128(milliseconds) << 80 | UInt128(high) << 64 | UInt128(low)
        var digits: [UInt8] = []
        for _ in 0..<26 {
            digits.append(Self.alphabet[Int(value & 31)])
            value >>= 5
        }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }

    init(milliseconds: UInt64, high: UInt16, low: UInt64) {
        self.milliseconds = milliseconds & 0xFFFF_FFFF_FFFF
        self.high = high
        self.low = low
    }

    init?(_ text: String) {
        guard text.utf8.count == 26 else { return nil }
        var value: UInt128 = 0
        for byte in text.utf8 {
            guard let digit = Self.alphabet.firstIndex(of: byte) else { return nil }
            guard value >> 123 == 0 else { return nil }
            value = value << 5 | UInt128(digit)
        }
        self.init(
            milliseconds: UInt64(truncatingIfNeeded: value >> 80), high: UInt16(truncatingIfNeeded: value >> 64),
            low: UInt64(truncatingIfNeeded: value))
    }

    static func < (a: ULID, b: ULID) -> Bool {
        (a.milliseconds, a.high, a.low) < (b.milliseconds, b.high, b.low)
    }
}

/// SplitMix64: small, seedable, and the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Gives out ids that rise even when the clock stands still or goes back, and never the same twice.
struct Issuer {
    private var random: SeededGenerator
    private(set) var lastProfileID: ULID?
    private(set) var lastUserID: Int64

    /// Users' ids start where those of accounts in use are.
    init(seed: UInt64, lastProfileID: ULID? = nil, lastUserID: Int64 = 418_109_400_000) {
        random = SeededGenerator(seed: seed)
        self.lastProfileID = lastProfileID
        self.lastUserID = lastUserID
    }

    mutating func profileID(at moment: Timestamp) -> String {
        let milliseconds = UInt64(max(0, moment.seconds)) &* 1000 &+ UInt64(moment.nanoseconds / 1_000_000)
        let drawn = ULID(
            milliseconds: milliseconds, high: UInt16(truncatingIfNeeded: random.next() >> 1 & 0x7FFF),
            low: random.next())
        let next = lastProfileID.map { $0.milliseconds >= drawn.milliseconds ? $0.successor : drawn } ?? drawn
        lastProfileID = next
        return next.text
    }

    mutating func userID() -> String {
        lastUserID += 1
        return String(lastUserID)
    }

    /// Later ids are above those that came from elsewhere.
    mutating func skip(profileID: String, userID: String?) {
        if let id = ULID(profileID) { lastProfileID = max(lastProfileID ?? id, id) }
        if let userID { skip(userID: userID) }
    }

    mutating func skip(userID: String) {
        if let id = Int64(userID) { lastUserID = max(lastUserID, id) }
    }
}
