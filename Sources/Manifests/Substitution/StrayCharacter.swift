/// A character that got into a value on the way and that nobody sees: a line break from a file, a control
/// character from a terminal. Line breaks and tabs inside a text are no strays.
package enum StrayCharacter: Sendable, Hashable {
    case lineBreakAtEnd, lineBreakAtStart
    /// Of the control characters and of those that mark the order of bytes or take no room.
    case hidden(Unicode.Scalar)

    /// The first one of a text; nil when it has none.
    package init?(in text: String) {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return nil }
        if let scalar = text.unicodeScalars.first(where: Self.isHidden) {
            self = .hidden(scalar)
        } else if Self.isLineBreak(last) {
            self = .lineBreakAtEnd
        } else if Self.isLineBreak(first) {
            self = .lineBreakAtStart
        } else {
            return nil
        }
    }

    /// Completes a sentence: "… ends with a line break".
    package var words: String {
        switch self {
        case .lineBreakAtEnd: "ends with a line break"
        case .lineBreakAtStart: "begins with a line break"
        case .hidden(let scalar): "holds the invisible character \(codePoint(scalar))"
        }
    }

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x200B, 0x2060, 0xFEFF: true
        // They turn the direction of the text, as address books put them around telephone numbers.
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// `U+0430`.
package func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
