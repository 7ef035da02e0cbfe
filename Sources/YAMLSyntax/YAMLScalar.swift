/// What a scalar means by the YAML 1.2 core schema (YAML 1.2.2, section 10.3).
package enum YAMLScalar: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A JSON number without fraction and exponent: `0o17` is 15, `+07` is 7. Of any size, exact.
    case integer(String)
    /// A JSON number: `.5` is 0.5. Infinity and "not a number", which JSON cannot write, are
    /// `.inf`, `-.inf` and `.nan`.
    case float(String)
    case string(String)
}

extension YAMLScalar {
    /// Nil when the text does not fit the tag.
    static func meaning(of text: ArraySlice<UInt8>, isPlain: Bool, tag: TagMeaning) -> YAMLScalar? {
        switch tag {
        case .none: isPlain ? special(text) ?? .text(text) : .text(text)
        case .nonSpecific, .string, .timestamp, .unknown, .sequence, .mapping: .text(text)
        case .merge: text.isOne(of: ["<<"]) ? .text(text) : nil
        case .integer: wholeNumber(text)
        case .float: float(text)
        case .boolean: boolean(text)
        case .null: nothing(text)
        }
    }

    /// False for a plain text that is a string beyond doubt, told from its first and last byte.
    static func mayBeSpecial(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        return switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"): text.count <= 4
        case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"): text.count <= 5
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            // A digit of any base, the point of "1.", or the end of ".inf" or ".nan".
            switch last {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
            case UInt8(ascii: "n"), UInt8(ascii: "N"): true
            default: false
            }
        default: false
        }
    }

    /// Nil for a string.
    private static func special(_ text: ArraySlice<UInt8>) -> YAMLScalar? {
        guard let first = text.first else { return .null }
        return switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            nothing(text)
        case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
            boolean(text)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            wholeNumber(text) ?? float(text)
        default:
            nil
        }
    }

    private static func text(_ text: ArraySlice<UInt8>) -> YAMLScalar {
        .string(String(decoding: text, as: UTF8.self))
    }

    private static func nothing(_ text: ArraySlice<UInt8>) -> YAMLScalar? {
        text.isEmpty || text.isOne(of: ["~", "null", "Null", "NULL"]) ? .null : nil
    }

    private static func boolean(_ text: ArraySlice<UInt8>) -> YAMLScalar? {
        if text.isOne(of: ["true", "True", "TRUE"]) { return .bool(true) }
        return text.isOne(of: ["false", "False", "FALSE"]) ? .bool(false) : nil
    }
}

extension ArraySlice<UInt8> {
    func isOne(of words: [StaticString]) -> Bool {
        words.contains { word in word.withUTF8Buffer { count == $0.count && elementsEqual($0) } }
    }
}
