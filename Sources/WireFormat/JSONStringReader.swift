// RFC 8259, section 7. Invalid UTF-8 and halves of UTF-16 pairs are refused, never replaced:
// a value that was read is written back as it was.
extension JSONReader {
    mutating func readString() throws(JSONError) -> String {
        offset += 1
        let start = offset
        var hasEscapes = false
        var isASCII = true
        while true {
            switch try currentByte() {
            case UInt8(ascii: "\""):
                let raw = start..<offset
                if !isASCII { try validate(raw) }
                offset += 1
                return hasEscapes ? try unescape(raw) : String(decoding: bytes[raw], as: UTF8.self)
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

    /// - Parameter range: valid UTF-8; no backslash is its last byte unless it is escaped itself.
    private func unescape(_ range: Range<Int>) throws(JSONError) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            guard bytes[position] == UInt8(ascii: "\\") else {
                result.append(bytes[position])
                position += 1
                continue
            }
            if bytes[position + 1] == UInt8(ascii: "u") {
                let (scalar, length) = try readUnicodeEscape(at: position, end: range.upperBound)
                result.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
                position += length
            } else {
                result.append(try shortEscape(at: position))
                position += 2
            }
        }
        return String(decoding: result, as: UTF8.self)
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

    /// One `\uXXXX`, or two of them that make a pair.
    private func readUnicodeEscape(at position: Int, end: Int) throws(JSONError) -> (Unicode.Scalar, length: Int) {
        let unit = try codeUnit(at: position, end: end)
        if let scalar = Unicode.Scalar(UInt32(unit)) { return (scalar, 6) }
        let next = position + 6
        guard UTF16.isLeadSurrogate(unit), next + 1 < end,
            bytes[next] == UInt8(ascii: "\\"), bytes[next + 1] == UInt8(ascii: "u")
        else { throw JSONError(offset: position, problem: .loneSurrogate) }
        let trail = try codeUnit(at: next, end: end)
        guard UTF16.isTrailSurrogate(trail) else { throw JSONError(offset: position, problem: .loneSurrogate) }
        let value = 0x10000 + (UInt32(unit) & 0x3FF) << 10 + UInt32(trail) & 0x3FF
        return (Unicode.Scalar(value).unsafelyUnwrapped, 12)
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
