import Diagnostics

/// A character that libyaml reads otherwise than editors and code hosts show it, so that a reviewer would approve
/// something else than what is read.
struct HiddenCharacter {
    enum Kind {
        /// NEL, LS or PS: a line break of YAML 1.1 that editors do not show.
        case lineBreak(Unicode.Scalar)
        /// A CR without LF in a text whose lines end with LF.
        case carriageReturn
        /// At the beginning of a later line, or a second one at that of the text.
        case byteOrderMark
        /// JSON strings may hold it, YAML may not.
        case control(Unicode.Scalar)
    }

    var kind: Kind
    var bytes: Range<Int>

    /// The next one; nil when there is none.
    /// - Parameter offset: where the search begins, and then where it may go on.
    init?(in source: SourceText, from offset: inout Int) {
        let found = source.bytes.withUnsafeBufferPointer { bytes in
            while offset < bytes.count {
                let byte = bytes[offset]
                // Lead bytes of the characters in question are few.
                if byte == 0xC2 || byte == 0xE2 || byte == 0xEF || byte == 0x0D || byte == 0x7F,
                    let found = HiddenCharacter(at: offset, bytes, source.lineEnd)
                {
                    offset = found.bytes.upperBound
                    return found as HiddenCharacter?
                }
                offset += 1
            }
            return nil
        }
        guard let found else { return nil }
        self = found
    }

    /// The one that begins at a byte; nil when none does.
    init?(in source: SourceText, at offset: Int) {
        guard
            let found = source.bytes.withUnsafeBufferPointer({ HiddenCharacter(at: offset, $0, source.lineEnd) })
        else { return nil }
        self = found
    }

    private init?(at offset: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ lineEnd: UInt8) {
        func byte(_ distance: Int) -> UInt8 { offset + distance < bytes.count ? bytes[offset + distance] : 0 }
        switch (bytes[offset], byte(1), byte(2)) {
        case (0x0D, let next, _) where lineEnd != 0x0D && next != 0x0A: self.init(.carriageReturn, offset, 1)
        case (0x7F, _, _): self.init(.control("\u{7F}"), offset, 1)
        case (0xC2, 0x85, _): self.init(.lineBreak("\u{85}"), offset, 2)
        case (0xC2, let low, _) where (0x80...0x9F).contains(low):
            self.init(.control(Unicode.Scalar(low)), offset, 2)
        case (0xE2, 0x80, 0xA8): self.init(.lineBreak("\u{2028}"), offset, 3)
        case (0xE2, 0x80, 0xA9): self.init(.lineBreak("\u{2029}"), offset, 3)
        case (0xEF, 0xBB, 0xBF)
        where offset > 0 && bytes[offset - 1] == lineEnd
            || offset == byteOrderMark.count && bytes.starts(with: byteOrderMark):
            self.init(.byteOrderMark, offset, 3)
        case (0xEF, 0xBB, 0xBF): self.init(.control("\u{FEFF}"), offset, 3)
        case (0xEF, 0xBF, 0xBE): self.init(.control("\u{FFFE}"), offset, 3)
        case (0xEF, 0xBF, 0xBF): self.init(.control("\u{FFFF}"), offset, 3)
        default: return nil
        }
    }

    private init(_ kind: Kind, _ offset: Int, _ count: Int) {
        self.kind = kind
        bytes = offset..<(offset + count)
    }
}

extension HiddenCharacter.Kind {
    /// The character as a part of a text, where a JSON string may have it.
    var textInJSON: Unicode.Scalar? {
        switch self {
        case .lineBreak(let scalar), .control(let scalar): scalar
        case .carriageReturn, .byteOrderMark: nil
        }
    }

    /// What stands for it while the rest is read; nil where libyaml has the right word for it.
    var formInYAML: ReaderText.Replacement.Form? {
        switch self {
        case .lineBreak, .carriageReturn: .space
        case .byteOrderMark: .nothing
        case .control: nil
        }
    }
}

extension HiddenCharacter {
    func diagnostic(at location: SourceLocation) -> Diagnostic {
        switch kind {
        case .lineBreak(let scalar):
            let escape = yamlEscape(of: scalar)
            return Diagnostic(
                .hiddenCharacter,
                "\(scalar.codePoint) (\(scalar.lineBreakName)) begins a new line in YAML, but editors do not show one",
                at: location,
                help:
                    "remove it, or write \"\(escape)\" in double quotes, as `jq -a` and other encoders do when asked for ASCII"
            )
        case .carriageReturn:
            return Diagnostic(
                .hiddenCharacter,
                "U+000D (carriage return) without a line feed begins a new line in YAML, but editors do not show one",
                at: location,
                help: "remove it, or write \"\\r\" in double quotes; save the file with LF or CRLF line ends")
        case .byteOrderMark:
            return Diagnostic(
                .hiddenCharacter, "U+FEFF (byte order mark) in the middle of the text", at: location,
                help: "remove it; it comes from joining files, and only the first line of a file may begin with it")
        case .control(let scalar):
            return Diagnostic(
                .invalidYAML, "control characters are not allowed: \(scalar.codePoint)", at: location,
                help: "write it as an escape in double quotes: \"\(yamlEscape(of: scalar))\"")
        }
    }
}

extension Unicode.Scalar {
    /// `U+00A0`.
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    fileprivate var lineBreakName: String {
        switch value {
        case 0x85: "next line"
        case 0x2028: "line separator"
        default: "paragraph separator"
        }
    }
}

/// Characters beyond U+FFFF as JSON escapes them, in two halves: `\ud83d\udeb2`.
func surrogatePairs(in bytes: [UInt8], from start: Int) -> [(bytes: Range<Int>, scalar: Unicode.Scalar)] {
    var pairs: [(bytes: Range<Int>, scalar: Unicode.Scalar)] = []
    var offset = start
    while let backslash = bytes[offset...].firstIndex(of: UInt8(ascii: "\\")) {
        if let high = codeUnit(at: backslash, of: bytes), UTF16.isLeadSurrogate(high),
            let low = codeUnit(at: backslash + 6, of: bytes), UTF16.isTrailSurrogate(low)
        {
            let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
            if let scalar = Unicode.Scalar(value) { pairs.append((backslash..<(backslash + 12), scalar)) }
            offset = backslash + 12
        } else {
            // An escaped backslash begins no escape.
            offset = min(backslash + 2, bytes.count)
        }
    }
    return pairs
}

/// The number of an escape `\uXXXX`.
func codeUnit(at offset: Int, of bytes: [UInt8]) -> UInt16? {
    guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
    else { return nil }
    let digits = bytes[(offset + 2)..<(offset + 6)]
    guard !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
}
