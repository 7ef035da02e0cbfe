import ProfileModel

/// JSON on its way out. Unlike `AttributeObject` its objects keep the order they are built in,
/// because the service's answers have one (api notes, section 1).
indirect enum Document: Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case text(String)
    case value(AttributeValue)
    case list([Document])
    case object([Member])

    struct Member: Hashable {
        var key: String
        var value: Document
    }

    var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(512)
        append(to: &out)
        return out
    }

    func append(to out: inout [UInt8]) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let number): out.append(contentsOf: String(number).utf8)
        case .text(let text): appendJSON(text, to: &out)
        case .value(let value): appendJSON(value, to: &out)
        case .list(let items):
            appendList(items, open: "[", close: "]", to: &out) { item, out in item.append(to: &out) }
        case .object(let members):
            appendList(members, open: "{", close: "}", to: &out) { member, out in
                appendJSON(member.key, to: &out)
                out.append(UInt8(ascii: ":"))
                member.value.append(to: &out)
            }
        }
    }
}

extension Document: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(dictionaryLiteral elements: (String, Document)...) {
        self = .object(elements.map { Member(key: $0, value: $1) })
    }

    init(arrayLiteral elements: Document...) {
        self = .list(elements)
    }
}

private func appendList<Item>(
    _ items: [Item], open: Unicode.Scalar, close: Unicode.Scalar, to out: inout [UInt8],
    each write: (Item, inout [UInt8]) -> Void
) {
    out.append(UInt8(ascii: open))
    for (index, item) in items.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        write(item, &out)
    }
    out.append(UInt8(ascii: close))
}

private func appendJSON(_ value: AttributeValue, to out: inout [UInt8]) {
    switch value {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(let number): out.append(contentsOf: number.text.utf8)
    case .string(let text): appendJSON(text, to: &out)
    case .damaged(let shown, _): appendJSON(shown, to: &out)
    case .array(let items):
        appendList(items, open: "[", close: "]", to: &out) { item, out in appendJSON(item, to: &out) }
    case .object(let object):
        appendList(object.members, open: "{", close: "}", to: &out) { member, out in
            appendJSON(member.key, to: &out)
            out.append(UInt8(ascii: ":"))
            appendJSON(member.value, to: &out)
        }
    }
}

/// Escapes what RFC 8259, section 7, requires and nothing else.
private func appendJSON(_ text: String, to out: inout [UInt8]) {
    let hex = Array("0123456789abcdef".utf8)
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""): out.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): out.append(contentsOf: #"\\"#.utf8)
        case 0x0A: out.append(contentsOf: #"\n"#.utf8)
        case 0x0D: out.append(contentsOf: #"\r"#.utf8)
        case 0x09: out.append(contentsOf: #"\t"#.utf8)
        case 0..<0x20:
            out.append(contentsOf: #"\u00"#.utf8)
            out.append(hex[Int(byte >> 4)])
            out.append(hex[Int(byte & 15)])
        default: out.append(byte)
        }
    }
    out.append(UInt8(ascii: "\""))
}
