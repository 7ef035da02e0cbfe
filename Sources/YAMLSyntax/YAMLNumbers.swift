/// The numbers of the core schema, rewritten as JSON writes them. No digit is lost.
extension YAMLScalar {
    static func wholeNumber(_ text: ArraySlice<UInt8>) -> YAMLScalar? {
        if text.starts(with: "0o".utf8) { return .wholeNumber(text.dropFirst(2), bitsPerDigit: 3) }
        if text.starts(with: "0x".utf8) { return .wholeNumber(text.dropFirst(2), bitsPerDigit: 4) }
        let (isNegative, digits) = splitSign(text)
        guard !digits.isEmpty, digits.allSatisfy(isDecimalDigit) else { return nil }
        let magnitude = withoutLeadingZeros(digits)
        return .integer(isNegative && magnitude != "0" ? "-" + magnitude : magnitude)
    }

    static func float(_ text: ArraySlice<UInt8>) -> YAMLScalar? {
        if text.isOne(of: [".nan", ".NaN", ".NAN"]) { return .float(".nan") }
        let (isNegative, unsigned) = splitSign(text)
        let sign = isNegative ? "-" : ""
        if unsigned.isOne(of: [".inf", ".Inf", ".INF"]) { return .float(sign + ".inf") }
        guard let magnitude = decimalFraction(unsigned) else { return nil }
        return .float(sign + magnitude)
    }

    /// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` as a JSON number.
    private static func decimalFraction(_ text: ArraySlice<UInt8>) -> String? {
        let whole = text.prefix(while: isDecimalDigit)
        var rest = text[whole.endIndex...]
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDecimalDigit)
            rest = text[fraction.endIndex...]
        }
        guard !whole.isEmpty || !fraction.isEmpty, let exponent = exponent(rest) else { return nil }
        var number = withoutLeadingZeros(whole)
        if !fraction.isEmpty {
            number += "." + String(decoding: fraction, as: UTF8.self)
        } else if exponent.isEmpty {
            number += ".0"
        }
        return number + exponent
    }

    /// Empty when there is none; nil when it is something else.
    private static func exponent(_ text: ArraySlice<UInt8>) -> String? {
        guard let mark = text.first else { return "" }
        let digits = splitSign(text.dropFirst()).digits
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E"), !digits.isEmpty,
            digits.allSatisfy(isDecimalDigit)
        else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    private static func splitSign(_ text: ArraySlice<UInt8>) -> (isNegative: Bool, digits: ArraySlice<UInt8>) {
        switch text.first {
        case UInt8(ascii: "-"): (true, text.dropFirst())
        case UInt8(ascii: "+"): (false, text.dropFirst())
        default: (false, text)
        }
    }

    private static func isDecimalDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func withoutLeadingZeros(_ digits: ArraySlice<UInt8>) -> String {
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        return significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
    }
}

extension YAMLScalar {
    /// Longer octal and hexadecimal numbers are read as strings: the conversion takes the square of the length.
    private static let mostConvertedDigits = 4_096

    /// A whole number to the base 8 or 16, exact.
    private static func wholeNumber(_ digits: ArraySlice<UInt8>, bitsPerDigit: UInt64) -> YAMLScalar? {
        guard !digits.isEmpty, digits.count <= mostConvertedDigits else { return nil }
        // To the base of 1,000,000,000, the lowest first.
        var limbs: [UInt64] = [0]
        for byte in digits {
            guard let value = digitValue(byte), value < 1 << bitsPerDigit else { return nil }
            var carry = value
            for place in limbs.indices {
                let shifted = limbs[place] << bitsPerDigit + carry
                limbs[place] = shifted % 1_000_000_000
                carry = shifted / 1_000_000_000
            }
            if carry > 0 { limbs.append(carry) }
        }
        let text = limbs.reversed().map { String($0 + 1_000_000_000).dropFirst() }.joined()
        return .integer(withoutLeadingZeros(Array(text.utf8)[...]))
    }

    private static func digitValue(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
