package import ProfileModel

// Our own reader, because numbers must keep every digit (a user id does not fit a Double) and because
// answers come by the ten thousand. Strictly RFC 8259: what it accepts, any other reader accepts.

/// The nesting that a text may have; what lies deeper is refused.
package let jsonDepthLimit = 512

/// The nesting that is kept of an answer. It leaves room for the members that documents of ours put around a value.
package let answerDepthLimit = 448

/// Reads one JSON text in UTF-8, as we write it ourselves. Of members with the same key the last one stays.
package func readJSON(_ bytes: [UInt8]) throws(JSONError) -> AttributeValue {
    var reader = JSONReader(bytes: bytes, .ownDocument)
    return try reader.readText()
}

/// Reads a JSON text of the service. What the grammar allows is read; a value that no text of ours can give back is
/// marked as damaged (`AttributeValue.damaged`): halves of UTF-16 pairs, bytes that are not UTF-8, keys that are there
/// more than once, and what is nested deeper than `answerDepthLimit`.
package func readAnswer(_ bytes: [UInt8]) throws(JSONError) -> AttributeValue {
    var reader = JSONReader(bytes: bytes, .answer)
    return try reader.readText()
}

package func readJSON(_ text: String) throws(JSONError) -> AttributeValue {
    try readJSON(Array(text.utf8))
}

struct JSONReader {
    enum Origin {
        case ownDocument
        case answer
    }

    let bytes: [UInt8]
    let origin: Origin
    var offset = 0
    private var depth = 0

    init(bytes: [UInt8], _ origin: Origin) {
        self.bytes = bytes
        self.origin = origin
    }

    mutating func readText() throws(JSONError) -> AttributeValue {
        // RFC 8259, section 8.1: a reader may pass over a byte order mark.
        if origin == .answer, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        let value = try readValue()
        skipWhitespace()
        guard offset == bytes.count else { throw JSONError(offset: offset, problem: .trailingBytes) }
        return value
    }

    private mutating func readValue() throws(JSONError) -> AttributeValue {
        switch try nextToken() {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard origin == .answer, depth >= answerDepthLimit else { return try readNested() }
            let start = offset
            try skipValue()
            return .damaged("…", Damage(.tooDeep, of: bytes[start..<offset]))
        default: return try readScalar()
        }
    }

    private mutating func readNested() throws(JSONError) -> AttributeValue {
        bytes[offset] == UInt8(ascii: "{") ? .object(try readObject()) : .array(try readArray())
    }

    mutating func readScalar() throws(JSONError) -> AttributeValue {
        switch try nextToken() {
        case UInt8(ascii: "\""):
            let (text, damage) = try readString()
            return damage.map { .damaged(.string(text), $0) } ?? .string(text)
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
            let (key, damage) = try readString()
            try readColon()
            let value = try readValue()
            insert((key, damage.map { value.damaged(with: $0) } ?? value), into: &members, origin)
        } while try readComma(orEnd: UInt8(ascii: "}"))
        return AttributeObject(list: origin == .answer ? marked(members) : members)
    }

    mutating func readColon() throws(JSONError) {
        let colon = try nextToken()
        guard colon == UInt8(ascii: ":") else { throw unexpected(colon) }
        offset += 1
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
    mutating func readComma(orEnd end: UInt8) throws(JSONError) -> Bool {
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
    mutating func nextToken() throws(JSONError) -> UInt8 {
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
private func insert(
    _ member: (key: String, AttributeValue), into members: inout [(String, AttributeValue)],
    _ origin: JSONReader.Origin
) {
    guard members.count < longestSorted, let index = members.firstIndex(where: { !$0.0.precedes(member.key) }) else {
        members.append(member)
        return
    }
    if members[index].0.isExactly(member.key) {
        members[index].1 = origin == .answer ? members[index].1.repeated(as: member.1) : member.1
    } else {
        members.insert(member, at: index)
    }
}

private let longestSorted = 24

/// Each key once in a long object too, and those that were there more than once marked.
private func marked(_ members: [(String, AttributeValue)]) -> [(String, AttributeValue)] {
    guard members.count >= longestSorted else { return members }
    var places: [ExactText: Int] = [:]
    var once: [(String, AttributeValue)] = []
    for member in members {
        if let place = places.updateValue(once.count, forKey: ExactText(member.0)) {
            places[ExactText(member.0)] = place
            once[place].1 = once[place].1.repeated(as: member.1)
        } else {
            once.append(member)
        }
    }
    return once
}
