import Diagnostics

/// Line and column of places that libyaml does not tell, counted from one that it does.
extension SourcePosition {
    /// Of the first byte. A byte order mark takes no column.
    static func start(of source: SourceText) -> SourcePosition {
        SourcePosition(line: 1, column: source.bytes.starts(with: byteOrderMark) ? 0 : 1)
    }

    /// Where one gets to over some bytes, this being the position of the first of them.
    func moved(over range: Range<UInt32>, of source: SourceText) -> SourcePosition {
        let (bytes, lineEnd) = (source.bytes, source.lineEnd)
        var position = self
        for offset in range.clamped(to: 0..<UInt32(bytes.count)) { position.step(over: bytes[Int(offset)], lineEnd) }
        return position
    }

    /// A character counts with its first byte.
    private mutating func step(over byte: UInt8, _ lineEnd: UInt8) {
        if byte == lineEnd {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }
}

/// U+FEFF in UTF-8.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
