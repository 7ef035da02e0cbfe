import Diagnostics

/// Line and column of places that libyaml does not tell, counted from one that it does. Lines break where libyaml
/// breaks them: at LF, CR, CRLF, NEL, LS and PS.
extension SourcePosition {
    /// Of the first byte. A byte order mark takes no column.
    static func start(of bytes: [UInt8]) -> SourcePosition {
        SourcePosition(line: 1, column: bytes.starts(with: byteOrderMark) ? 0 : 1)
    }

    /// Where one gets to over some bytes, this being the position of the first of them.
    func moved(over range: Range<UInt32>, of bytes: [UInt8]) -> SourcePosition {
        var position = self
        for offset in range.clamped(to: 0..<UInt32(bytes.count)) { position.step(over: Int(offset), of: bytes) }
        return position
    }

    /// A character counts with its first byte and breaks the line with its last.
    private mutating func step(over offset: Int, of bytes: [UInt8]) {
        let byte = bytes[offset]
        if byte >= 0x20, byte < 0x80 {
            column += 1
        } else if isLineBreak(byte, at: offset, of: bytes) {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }
}

private func isLineBreak(_ byte: UInt8, at offset: Int, of bytes: [UInt8]) -> Bool {
    switch byte {
    case 0x0A: true
    case 0x0D: offset + 1 == bytes.count || bytes[offset + 1] != 0x0A
    case 0x85: offset >= 1 && bytes[offset - 1] == 0xC2
    case 0xA8, 0xA9: offset >= 2 && bytes[offset - 1] == 0x80 && bytes[offset - 2] == 0xE2
    default: false
    }
}

/// U+FEFF in UTF-8.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
