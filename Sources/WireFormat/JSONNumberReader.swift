import ProfileModel

// RFC 8259, section 6. The text is kept as it is: 1e3 stays 1e3.
extension JSONReader {
    mutating func readNumber() throws(JSONError) -> JSONNumber {
        let start = offset
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        if try currentByte() == UInt8(ascii: "0") { offset += 1 } else { try readDigits() }
        if at(".") {
            offset += 1
            try readDigits()
        }
        if at("e") || at("E") {
            offset += 1
            if at("+") || at("-") { offset += 1 }
            try readDigits()
        }
        return JSONNumber(text: String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    /// At least one.
    private mutating func readDigits() throws(JSONError) {
        let first = try currentByte()
        guard isDigit(first) else { throw unexpected(first) }
        repeat { offset += 1 } while offset < bytes.count && isDigit(bytes[offset])
    }

    private func at(_ character: Unicode.Scalar) -> Bool {
        offset < bytes.count && bytes[offset] == UInt8(ascii: character)
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
