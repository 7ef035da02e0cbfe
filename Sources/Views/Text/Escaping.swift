/// Values from manifests, live profiles and service answers are text of strangers. Shown to people,
/// nothing in them may move the cursor, turn the reading order, hide, or pass for something else:
/// every scalar that is not plainly visible is written as an escape.
package enum Escaping {
    /// The value with every hidden scalar made visible. Backslashes stay single, so use `quoted`
    /// where two different values must never look alike.
    package static func escaped(_ value: String) -> String {
        guard !isPlain(value) else { return value }
        var text = ""
        for scalar in value.unicodeScalars { append(scalar, to: &text) }
        return text
    }

    /// The value between quotes; different values have different forms.
    package static func quoted(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { text += "\\" }
            append(scalar, to: &text)
        }
        return "\"" + text + "\""
    }

    /// The value as it is when it can stand so in a sentence of ours without doubt about where it begins and
    /// ends, else in quotes. Words need quotes, or they could go on in our name; digits in groups do not.
    package static func bareOrQuoted(_ value: String) -> String {
        if let first = value.unicodeScalars.first, isCombining(first) { return quoted(value) }
        var previous: Unicode.Scalar = " "
        var (hasSpace, hasLetter) = (false, false)
        for scalar in value.unicodeScalars {
            if isHidden(scalar) || scalar == "\"" || scalar == "\\" { return quoted(value) }
            if scalar == " ", previous == " " { return quoted(value) }
            if scalar == " " { hasSpace = true } else if scalar.properties.isAlphabetic { hasLetter = true }
            previous = scalar
        }
        return previous == " " || (hasSpace && hasLetter) ? quoted(value) : value
    }

    /// JSON text in which hidden scalars inside strings are written as `\uXXXX`; it means the same.
    package static func visibleJSON(_ json: String) -> String {
        guard !json.utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == newline }) else { return json }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(json.utf8.count)
        for scalar in json.unicodeScalars {
            if scalar == "\n" || !isHidden(scalar) {
                bytes.append(contentsOf: UTF8.encode(scalar)!)
            } else {
                for unit in UTF16.encode(scalar)! {
                    bytes.append(contentsOf: "\\u\(hex(UInt32(unit), digits: 4))".utf8)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// JSON text without anything but printable ASCII: the rest of its strings is written as `\uXXXX`. It means the same.
    static func asciiJSON(_ json: String) -> String {
        guard !json.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return json }
        var bytes: [UInt8] = []
        for unit in json.utf16 {
            if unit >= 0x20, unit < 0x7F {
                bytes.append(UInt8(unit))
            } else {
                bytes += "\\u\(hex(UInt32(unit), digits: 4))".utf8
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a scalar would be invisible, ambiguous or active in a terminal: controls, format
    /// characters (bidirectional ones, zero-width ones, tags), separators, fillers, unassigned and
    /// private ones, and spaces that look like the usual one.
    package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return true }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            return true
        case .spaceSeparator:
            return scalar != ideographicSpace
        default:
            return false
        }
    }

    /// How a hidden scalar is written: `\n`, `\e`, `\u{202E}`.
    static func escape(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x00: "\\0"
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x1B: "\\e"
        default: "\\u{" + hex(scalar.value) + "}"
        }
    }

    /// A mark that would sit on what we wrote before the value is shown as an escape too.
    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        if isHidden(scalar) || (text.isEmpty && isCombining(scalar)) {
            text += escape(of: scalar)
        } else {
            text.unicodeScalars.append(scalar)
        }
    }

    static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        let category = scalar.properties.generalCategory
        return category == .nonspacingMark || category == .enclosingMark
    }

    private static func isPlain(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    private static func hex(_ number: UInt32, digits: Int = 1) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

/// Two columns wide and common in Japanese names, so nobody takes it for the usual space.
private let ideographicSpace: Unicode.Scalar = "\u{3000}"
private let newline = UInt8(ascii: "\n")
