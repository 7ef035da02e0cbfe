package import ProfileModel

/// Equal values give equal texts: members come sorted by key, nothing is escaped that RFC 8259 does
/// not demand. A damaged value is written as it is shown. The pretty form indents by two spaces; neither form ends
/// with a line break.
package func writeJSON(_ value: AttributeValue, pretty: Bool = false) -> String {
    var writer = JSONWriter(pretty: pretty)
    writer.write(value)
    return String(decoding: writer.bytes, as: UTF8.self)
}

private struct JSONWriter {
    let pretty: Bool
    var bytes: [UInt8] = []
    private var depth = 0

    init(pretty: Bool) {
        self.pretty = pretty
        bytes.reserveCapacity(512)
    }

    mutating func write(_ value: AttributeValue) {
        switch value {
        case .null: append("null")
        case .bool(true): append("true")
        case .bool(false): append("false")
        case .number(let number): append(number.text)
        case .string(let text): writeString(text)
        case .damaged(let shown, _): write(shown)
        case .array(let items):
            writeElements(items, open: "[", close: "]") { writer, item in writer.write(item) }
        case .object(let object):
            writeElements(object.members, open: "{", close: "}") { writer, member in
                writer.writeString(member.key)
                writer.append(writer.pretty ? ": " : ":")
                writer.write(member.value)
            }
        }
    }

    private mutating func writeElements<Element>(
        _ elements: [Element], open: String, close: String, write: (inout JSONWriter, Element) -> Void
    ) {
        append(open)
        depth += 1
        for index in elements.indices {
            if index > 0 { append(",") }
            startLine()
            write(&self, elements[index])
        }
        depth -= 1
        if !elements.isEmpty { startLine() }
        append(close)
    }

    private mutating func startLine() {
        guard pretty else { return }
        append("\n")
        for _ in 0..<depth { append("  ") }
    }

    private mutating func writeString(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = utf8.startIndex
            for index in utf8.indices where mustBeEscaped(utf8[index]) {
                bytes.append(contentsOf: utf8[start..<index])
                writeEscape(utf8[index])
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(_ byte: UInt8) {
        switch byte {
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0C: append("\\f")
        case 0x0D: append("\\r")
        case 0..<0x20:
            append("\\u00")
            bytes.append(hexDigit(byte >> 4))
            bytes.append(hexDigit(byte & 0xF))
        default: bytes += [UInt8(ascii: "\\"), byte]
        }
    }

    private func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
