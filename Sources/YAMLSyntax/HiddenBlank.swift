import Diagnostics

/// A blank that YAML takes for text: U+00A0 looks like a space, U+200B and U+FEFF look like nothing. At the edge of a
/// plain scalar or beside an indicator nobody wants it as text.
struct HiddenBlank {
    var scalar: Unicode.Scalar
    var bytes: Range<Int>

    /// The first one in a plain scalar that can only be a slip.
    init?(inScalar range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            guard let found = HiddenBlank(at: offset, bytes) else {
                offset += 1
                continue
            }
            let run = found.run(in: range, of: bytes)
            if run.isSlip(in: range, of: bytes) {
                self = found
                return
            }
            offset = run.upperBound
        }
        return nil
    }

    /// The first one in a stretch that libyaml could not read.
    init?(inUnreadable range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) {
        for offset in range.clamped(to: bytes.indices) {
            guard let found = HiddenBlank(at: offset, bytes) else { continue }
            let run = found.run(in: bytes.indices, of: bytes)
            guard run.isSlip(in: bytes.indices, of: bytes) || run.isBesideBracketOrQuote(bytes) else { continue }
            self = found
            return
        }
        return nil
    }

    private init?(at offset: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        func has(_ wanted: UInt8...) -> Bool {
            offset + wanted.count <= bytes.count && wanted.indices.allSatisfy { bytes[offset + $0] == wanted[$0] }
        }
        switch bytes[offset] {
        case 0xC2 where has(0xC2, 0xA0): (scalar, self.bytes) = ("\u{A0}", offset..<(offset + 2))
        case 0xE2 where has(0xE2, 0x80, 0x8B): (scalar, self.bytes) = ("\u{200B}", offset..<(offset + 3))
        case 0xEF where has(0xEF, 0xBB, 0xBF): (scalar, self.bytes) = ("\u{FEFF}", offset..<(offset + 3))
        default: return nil
        }
    }

    /// This one with the blanks around it.
    private func run(in range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var (start, end) = (self.bytes.lowerBound, self.bytes.upperBound)
        while start > range.lowerBound, isSpace(bytes[start - 1]) { start -= 1 }
        while end < range.upperBound {
            if isSpace(bytes[end]) {
                end += 1
            } else if let next = HiddenBlank(at: end, bytes) {
                end = next.bytes.upperBound
            } else {
                break
            }
        }
        return start..<end
    }

    func diagnostic(at location: SourceLocation) -> Diagnostic {
        let name =
            switch scalar {
            case "\u{A0}": "no-break space"
            case "\u{200B}": "zero width space"
            default: "byte order mark"
            }
        return Diagnostic(
            .hiddenCharacter, "\(scalar.codePoint) (\(name)) is not a space in YAML, but a part of the text",
            at: location,
            help: "write a space instead, or \"\(yamlEscape(of: scalar))\" in double quotes if it is meant")
    }
}

extension Range<Int> {
    /// At an edge of the scalar or of a line, after an indicator, or before a comment.
    fileprivate func isSlip(in scalar: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard lowerBound > scalar.lowerBound, upperBound < scalar.upperBound else { return true }
        let (before, after) = (bytes[lowerBound - 1], bytes[upperBound])
        if isLineBreak(before) || isLineBreak(after) || before == UInt8(ascii: ":") || after == UInt8(ascii: "#") {
            return true
        }
        let isFirst = lowerBound - 1 == scalar.lowerBound
        return isFirst && (before == UInt8(ascii: "-") || before == UInt8(ascii: "?"))
    }

    fileprivate func isBesideBracketOrQuote(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let neighbours = [lowerBound - 1, upperBound].filter { bytes.indices.contains($0) }.map { bytes[$0] }
        return neighbours.contains { "[]{},\"'|>-".utf8.contains($0) }
    }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

private func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
