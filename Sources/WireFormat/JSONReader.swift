package import ProfileModel

// Our own reader, because numbers must keep every digit (a user id does not fit a Double) and because
// answers come by the ten thousand. Strictly RFC 8259: what it accepts, any other reader accepts.

/// The nesting that a text may have; what lies deeper is refused.
package let jsonDepthLimit = 512

/// Reads one JSON text in UTF-8. Of members with the same key the last one stays.
package func readJSON(_ bytes: [UInt8]) throws(JSONError) -> AttributeValue {
    var reader = JSONReader(bytes: bytes)
    return try reader.readText()
}

package func readJSON(_ text: String) throws(JSONError) -> AttributeValue {
    try readJSON(Array(text.utf8))
}

struct JSONReader {
    let bytes: [UInt8]
    var offset = 0
    private var depth = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func readText() throws(JSONError) -> AttributeValue {
        let value = try readValue()
        skipWhitespace()
        guard offset == bytes.count else { throw JSONError(offset: offset, problem: .trailingBytes) }
        return value
    }

    private mutating func readValue() throws(JSONError) -> AttributeValue {
        switch try nextToken() {
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "{"): return .object(try readObject())
        case UInt8(ascii: "["): return .array(try readArray())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try readNumber())
        case UInt8(ascii: "t"): return try readWord("true", as: .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", as: .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", as: .null)
        case let byte: throw unexpected(byte)
        }
    }

    private mutating func readObject() throws(JSONError) -> AttributeObject {
        try enter()
        defer { depth -= 1 }
        var members: [(String, AttributeValue)] = []
        guard try nextToken() != UInt8(ascii: "}") else {
            offset += 1
            return [:]
        }
        repeat {
            let first = try nextToken()
            guard first == UInt8(ascii: "\"") else { throw unexpected(first) }
            let key = try readString()
            let colon = try nextToken()
            guard colon == UInt8(ascii: ":") else { throw unexpected(colon) }
            offset += 1
            insert((key, try readValue()), into: &members)
        } while try readComma(orEnd: UInt8(ascii: "}"))
        return AttributeObject(list: members)
    }

    private mutating func readArray() throws(JSONError) -> [AttributeValue] {
        try enter()
        defer { depth -= 1 }
        var items: [AttributeValue] = []
        guard try nextToken() != UInt8(ascii: "]") else {
            offset += 1
            return items
        }
        repeat {
            items.append(try readValue())
        } while try readComma(orEnd: UInt8(ascii: "]"))
        return items
    }

    private mutating func enter() throws(JSONError) {
        guard depth < jsonDepthLimit else {
            throw JSONError(offset: offset, problem: .tooDeep(limit: jsonDepthLimit))
        }
        depth += 1
        offset += 1
    }

    /// Whether another element follows.
    private mutating func readComma(orEnd end: UInt8) throws(JSONError) -> Bool {
        let byte = try nextToken()
        guard byte == end || byte == UInt8(ascii: ",") else { throw unexpected(byte) }
        offset += 1
        return byte != end
    }

    private mutating func readWord(_ word: StaticString, as value: AttributeValue) throws(JSONError) -> AttributeValue {
        for index in 0..<word.utf8CodeUnitCount {
            let byte = try currentByte()
            guard byte == word.utf8Start[index] else { throw unexpected(byte) }
            offset += 1
        }
        return value
    }

    /// The first byte of the next token; it is not consumed.
    private mutating func nextToken() throws(JSONError) -> UInt8 {
        skipWhitespace()
        return try currentByte()
    }

    private mutating func skipWhitespace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): offset += 1
            default: return
            }
        }
    }

    func currentByte() throws(JSONError) -> UInt8 {
        guard offset < bytes.count else { throw JSONError(offset: offset, problem: .truncated) }
        return bytes[offset]
    }

    func unexpected(_ byte: UInt8) -> JSONError {
        JSONError(offset: offset, problem: .unexpectedByte(byte))
    }
}

/// Keeps short objects sorted, each key once, so that the model finds nothing to do; long ones it sorts.
private func insert(_ member: (key: String, AttributeValue), into members: inout [(String, AttributeValue)]) {
    guard members.count < 24, let index = members.firstIndex(where: { !$0.0.precedes(member.key) }) else {
        members.append(member)
        return
    }
    if members[index].0.isExactly(member.key) {
        members[index].1 = member.1
    } else {
        members.insert(member, at: index)
    }
}
