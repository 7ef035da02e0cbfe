/// A JSON number by its value: 1, 1.0 and 10e-1 are one number, -0 is 0, and no digit is lost.
struct CanonicalNumber: Hashable {
    private let isNegative: Bool
    /// Without zeros at either end; empty for zero.
    private let digits: String
    /// The power of ten of the last digit.
    private let exponent: Int

    /// Nil for what is no number by RFC 8259, or has an exponent beyond all reason.
    init?(_ text: String) {
        var parser = Parser(rest: Array(text.utf8)[...])
        guard let parsed = parser.parse() else { return nil }
        var digits = parsed.digits.drop { $0 == zero }
        var exponent = parsed.exponent
        while digits.last == zero {
            digits.removeLast()
            let (sum, overflow) = exponent.addingReportingOverflow(1)
            guard !overflow else { return nil }
            exponent = sum
        }
        self.isNegative = parsed.isNegative && !digits.isEmpty
        self.digits = String(decoding: digits, as: UTF8.self)
        self.exponent = digits.isEmpty ? 0 : exponent
    }

    /// The same text for the same number, itself a JSON number.
    var text: String {
        guard !digits.isEmpty else { return "0" }
        return (isNegative ? "-" : "") + digits + (exponent == 0 ? "" : "e\(exponent)")
    }
}

private let zero = UInt8(ascii: "0")

private struct Parser {
    var rest: ArraySlice<UInt8>

    mutating func parse() -> (isNegative: Bool, digits: [UInt8], exponent: Int)? {
        let isNegative = take(UInt8(ascii: "-"))
        var digits = takeDigits()
        guard !digits.isEmpty else { return nil }
        var exponent = 0
        if take(UInt8(ascii: ".")) {
            let fraction = takeDigits()
            digits += fraction
            exponent = -fraction.count
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            let (sum, overflow) = exponent.addingReportingOverflow(takeExponent() ?? .min)
            guard !overflow, sum > Int.min / 2 else { return nil }
            exponent = sum
        }
        return rest.isEmpty ? (isNegative, digits, exponent) : nil
    }

    private mutating func takeExponent() -> Int? {
        let isNegative = take(UInt8(ascii: "-"))
        if !isNegative { _ = take(UInt8(ascii: "+")) }
        guard let value = Int(String(decoding: takeDigits(), as: UTF8.self)) else { return nil }
        return isNegative ? -value : value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func takeDigits() -> [UInt8] {
        let digits = rest.prefix { (zero...UInt8(ascii: "9")).contains($0) }
        rest = rest[digits.endIndex...]
        return Array(digits)
    }
}
