import ProfileModel

/// A strict reader of RFC 8259. Numbers keep their text, so that no digit is lost;
/// of members with the same key the last one stays.
struct JSONReader: ~Copyable {
    struct Fault: Error, Hashable {
        /// In bytes from the start.
        var offset: Int
        var problem: String
    }

    private let bytes: [UInt8]
    private let depthLimit: Int
    private var position = 0

    private init(_ bytes: [UInt8], depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    static func read(_ bytes: [UInt8], depthLimit: Int = 512) throws(Fault) -> AttributeValue {
        var reader = JSONReader(bytes, depthLimit: depthLimit)
        reader.skipSpace()
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.fault("text after the document's end") }
        return value
    }

    private func fault(_ problem: String) -> Fault { Fault(offset: position, problem: problem) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Fault) -> AttributeValue {
        guard depth <= depthLimit else { throw fault("nested deeper than \(depthLimit)") }
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"): return .number(try number())
        case let digit? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit): return .number(try number())
        case nil: throw fault("the document ends where a value is due")
        default: throw fault("no value starts like this")
        }
    }

    private mutating func word(_ word: StaticString, _ value: AttributeValue) throws(Fault) -> AttributeValue {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: expected) else { throw fault("expected \(word)") }
        position += expected.count
        return value
    }

    private mutating func object(depth: Int) throws(Fault) -> AttributeObject {
        var members: [(String, AttributeValue)] = []
        position += 1
        skipSpace()
        if take("}") { return AttributeObject() }
        while true {
            guard next == UInt8(ascii: "\"") else { throw fault("expected a member's name in quotes") }
            let key = try string()
            skipSpace()
            guard take(":") else { throw fault("expected ':'") }
            skipSpace()
            members.append((key, try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return AttributeObject(members) }
            guard take(",") else { throw fault("expected ',' or '}'") }
            skipSpace()
        }
    }

    private mutating func array(depth: Int) throws(Fault) -> [AttributeValue] {
        var items: [AttributeValue] = []
        position += 1
        skipSpace()
        if take("]") { return items }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return items }
            guard take(",") else { throw fault("expected ',' or ']'") }
            skipSpace()
        }
    }

    private mutating func number() throws(Fault) -> JSONNumber {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return JSONNumber(text: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() throws(Fault) {
        let start = position
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        guard position > start else { throw fault("expected a digit") }
    }

    private mutating func string() throws(Fault) -> String {
        position += 1
        let start = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        var text = Array(bytes[start..<position])
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try checked(text, start: start)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw Fault(offset: position - 1, problem: "a control character in a string")
            default: text.append(byte)
            }
        }
        throw fault("a string without end")
    }

    private func checked(_ text: [UInt8], start: Int) throws(Fault) -> String {
        guard let string = String(validating: text, as: UTF8.self) else {
            throw Fault(offset: start, problem: "a string that is not UTF-8")
        }
        return string
    }

    private mutating func escape(into text: inout [UInt8]) throws(Fault) {
        guard let byte = next else { throw fault("a string without end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: Array(String(try escapedScalar()).utf8))
        default: throw Fault(offset: position - 1, problem: "an unknown escape")
        }
    }

    private mutating func escapedScalar() throws(Fault) -> Unicode.Scalar {
        let start = position
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(UInt16(first)), take("\\"), take("u") else {
            throw Fault(offset: start, problem: "half of a surrogate pair")
        }
        let second = try hexadecimal()
        guard UTF16.isTrailSurrogate(UInt16(second)) else {
            throw Fault(offset: start, problem: "half of a surrogate pair")
        }
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))!
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = hexDigit(byte) else { throw fault("expected four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}

func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
