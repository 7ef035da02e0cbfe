import ProfileModel

/// The same numbers for the same seed (SplitMix64), so that a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension SeededGenerator {
    mutating func text() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &self) { scalars.append(scalar()) }
        return String(scalars)
    }

    private mutating func scalar() -> Unicode.Scalar {
        let ranges: [ClosedRange<UInt32>] = [
            0...0x1F, 0x20...0x7F, 0x20...0x7F, 0x22...0x22, 0x5C...0x5C, 0x80...0x7FF, 0x300...0x310, 0x2028...0x2029,
            0xE000...0xFFFF, 0x10000...0x10FFFF,
        ]
        let range = ranges.randomElement(using: &self)!
        return Unicode.Scalar(UInt32.random(in: range, using: &self)) ?? "?"
    }

    mutating func number() -> JSONNumber {
        let whole = ["0", "-0", "7", "-12", "9007199254740993", "418109427253", "123456789012345678901234567890"]
        let tail = ["", "", ".5", ".000", "e3", "E-07", ".25e+300"]
        return JSONNumber(text: whole.randomElement(using: &self)! + tail.randomElement(using: &self)!)
    }

    mutating func value(depth: Int = 4) -> AttributeValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .number(number())
        case 3, 4: return .string(text())
        case 5: return .array((0..<Int.random(in: 0...4, using: &self)).map { _ in value(depth: depth - 1) })
        default: return .object(object(depth: depth - 1))
        }
    }

    mutating func object(depth: Int) -> AttributeObject {
        var members: [(String, AttributeValue)] = []
        for _ in 0..<Int.random(in: 0...5, using: &self) { members.append((text(), value(depth: depth))) }
        return AttributeObject(members)
    }

    mutating func identifiers() -> [Identifier] {
        (0..<Int.random(in: 0...3, using: &self)).map { _ in Identifier(type: text(), value: text()) }
    }

    mutating func timestamp() -> Timestamp {
        let nanoseconds = [0, 0, 591_000_000, Int32.random(in: 0...999_999_999, using: &self)]
        return Timestamp(
            seconds: Int64.random(in: -62_167_219_200...253_402_300_799, using: &self),
            nanoseconds: nanoseconds.randomElement(using: &self)!)
    }
}
