import ProfileModel

// RFC 8259, section 7. Invalid UTF-8 and halves of UTF-16 pairs are refused in documents of ours. In an answer they are
// replaced by U+FFFD, and the text is marked, so that it is never written back.
extension JSONReader {
    mutating func readString() throws(JSONError) -> (text: String, damage: Damage?) {
        offset += 1
        let start = offset
        var hasEscapes = false
        var isASCII = true
        while true {
            switch try currentByte() {
            case UInt8(ascii: "\""):
                let raw = start..<offset
                offset += 1
                return try text(raw, hasEscapes: hasEscapes, isASCII: isASCII)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                offset += 1
                _ = try currentByte()
                offset += 1
            case let byte where byte < 0x20:
                throw JSONError(offset: offset, problem: .unescapedControlCharacter(byte))
            case let byte:
                isASCII = isASCII && byte < 0x80
                offset += 1
            }
        }
    }

    private func text(
        _ raw: Range<Int>, hasEscapes: Bool, isASCII: Bool
    ) throws(JSONError) -> (String, Damage?) {
        let isUTF8 = isASCII || String(validating: bytes[raw], as: UTF8.self) != nil
        if !isUTF8, origin == .ownDocument { try validate(raw) }
        guard hasEscapes || !isUTF8 else { return (String(decoding: bytes[raw], as: UTF8.self), nil) }
        let (unescaped, hasHalves) = try unescape(raw)
        guard hasHalves || !isUTF8 else { return (String(decoding: unescaped, as: UTF8.self), nil) }
        let damage = Damage(hasHalves ? .loneSurrogate : .invalidUTF8, of: unescaped)
        return (String(decoding: withoutHalves(unescaped), as: UTF8.self), damage)
    }

    private func validate(_ range: Range<Int>) throws(JSONError) {
        guard String(validating: bytes[range], as: UTF8.self) == nil else { return }
        throw JSONError(offset: firstInvalidByte(in: range), problem: .invalidUTF8)
    }

    private func firstInvalidByte(in range: Range<Int>) -> Int {
        var position = range.lowerBound
        var iterator = bytes[range].makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            position += UTF8.width(scalar)
        }
        return position
    }

    /// Halves of pairs come as three bytes each, as UTF-8 would have them if it had them.
    /// - Parameter range: no backslash is its last byte unless it is escaped itself.
    private func unescape(_ range: Range<Int>) throws(JSONError) -> (bytes: [UInt8], hasHalves: Bool) {
        var result: [UInt8] = []
        var hasHalves = false
        result.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            guard bytes[position] == UInt8(ascii: "\\") else {
                result.append(bytes[position])
                position += 1
                continue
            }
            if bytes[position + 1] == UInt8(ascii: "u") {
                let (code, length) = try readUnicodeEscape(at: position, end: range.upperBound)
                if let scalar = Unicode.Scalar(code) {
                    result.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
                } else {
                    hasHalves = true
                    result += [0xED, UInt8(0x80 | code >> 6 & 0x3F), UInt8(0x80 | code & 0x3F)]
                }
                position += length
            } else {
                result.append(try shortEscape(at: position))
                position += 2
            }
        }
        return (result, hasHalves)
    }

    private func shortEscape(at position: Int) throws(JSONError) -> UInt8 {
        switch bytes[position + 1] {
        case UInt8(ascii: "\""): UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): UInt8(ascii: "\\")
        case UInt8(ascii: "/"): UInt8(ascii: "/")
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: throw JSONError(offset: position, problem: .badEscape)
        }
    }

    /// One `\uXXXX`, or two of them that make a pair. In an answer also half of a pair.
    private func readUnicodeEscape(at position: Int, end: Int) throws(JSONError) -> (UInt32, length: Int) {
        let unit = try codeUnit(at: position, end: end)
        if Unicode.Scalar(UInt32(unit)) != nil { return (UInt32(unit), 6) }
        let next = position + 6
        guard UTF16.isLeadSurrogate(unit), next + 1 < end,
            bytes[next] == UInt8(ascii: "\\"), bytes[next + 1] == UInt8(ascii: "u")
        else { return try half(unit, at: position) }
        let trail = try codeUnit(at: next, end: end)
        guard UTF16.isTrailSurrogate(trail) else { return try half(unit, at: position) }
        return (0x10000 + (UInt32(unit) & 0x3FF) << 10 + UInt32(trail) & 0x3FF, 12)
    }

    private func half(_ unit: UInt16, at position: Int) throws(JSONError) -> (UInt32, length: Int) {
        guard origin == .answer else { throw JSONError(offset: position, problem: .loneSurrogate) }
        return (UInt32(unit), 6)
    }

    private func codeUnit(at position: Int, end: Int) throws(JSONError) -> UInt16 {
        guard position + 6 <= end else { throw JSONError(offset: position, problem: .badEscape) }
        var unit: UInt16 = 0
        for byte in bytes[position + 2..<position + 6] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw JSONError(offset: position, problem: .badEscape)
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}

/// Each half of a pair as U+FFFD, which else would become three of them.
private func withoutHalves(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
        let isHalf =
            bytes[position] == 0xED && position + 2 < bytes.count && bytes[position + 1] >= 0xA0
            && bytes[position + 1] & 0xC0 == 0x80 && bytes[position + 2] & 0xC0 == 0x80
        result += isHalf ? [0xEF, 0xBF, 0xBD] : [bytes[position]]
        position += isHalf ? 3 : 1
    }
    return result
}
