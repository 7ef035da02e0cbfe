import Diagnostics

/// From a byte offset to line and column, without a record for every node.
///
/// The position of every 64th byte is kept; the rest is counted from there. Lines break where libyaml
/// breaks them: at LF, CR, CRLF, NEL, LS and PS.
struct LinePositions: Sendable {
    private static let stride = 64

    private let bytes: [UInt8]
    private var landmarks: [SourcePosition] = []
    /// No byte above 127: characters and bytes are counted alike.
    private(set) var isASCII = true

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        landmarks.reserveCapacity(bytes.count / Self.stride + 1)
        var position = Self.start(of: bytes)
        var offset = 0
        repeat {
            landmarks.append(position)
            let end = min(offset + Self.stride, bytes.count)
            if !Self.passPlainBlock(from: offset, to: end, of: bytes, &position) {
                for passed in offset..<end { Self.step(over: passed, of: bytes, &position) }
                if isASCII { isASCII = bytes[offset..<end].allSatisfy { $0 < 0x80 } }
            }
            offset = end
        } while offset < bytes.count
    }

    /// Eight bytes at a time, in a block without CR and without characters of several bytes.
    /// False, and nothing done, for any other block.
    @inline(__always)
    private static func passPlainBlock(
        from start: Int, to end: Int, of bytes: [UInt8], _ position: inout SourcePosition
    ) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var passed = position
            var offset = start
            while offset < end {
                let length = min(end - offset, ByteWord.size)
                // The last word of a text is not read beyond its end.
                guard offset + ByteWord.size <= bytes.count else { return false }
                guard step(over: ByteWord(bytes, at: offset).prefix(length), length, &passed) else { return false }
                offset += length
            }
            position = passed
            return true
        }
    }

    @inline(__always)
    private static func step(over word: ByteWord, _ length: Int, _ position: inout SourcePosition) -> Bool {
        guard word.isASCII, word.places(of: 0x0D) == 0 else { return false }
        let breaks = word.places(of: 0x0A)
        if breaks == 0 {
            position.column += UInt32(truncatingIfNeeded: length)
        } else {
            let last = (UInt64.bitWidth - 1 - breaks.leadingZeroBitCount) / 8
            position.line += UInt32(truncatingIfNeeded: breaks.nonzeroBitCount)
            position.column = UInt32(truncatingIfNeeded: length - last)
        }
        return true
    }

    func position(of offset: UInt32) -> SourcePosition {
        let target = min(Int(offset), bytes.count)
        let landmark = min(target / Self.stride, landmarks.count - 1)
        var position = landmarks[landmark]
        let start = landmark * Self.stride
        if !Self.passPlainBlock(from: start, to: target, of: bytes, &position) {
            for passed in start..<target { Self.step(over: passed, of: bytes, &position) }
        }
        return position
    }

    func range(from start: UInt32, to end: UInt32) -> SourceRange {
        SourceRange(position(of: start), position(of: end))
    }

    /// A byte order mark takes no column.
    private static func start(of bytes: [UInt8]) -> SourcePosition {
        SourcePosition(line: 1, column: bytes.starts(with: byteOrderMark) ? 0 : 1)
    }

    /// A character counts with its first byte and breaks the line with its last, so that a landmark may
    /// stand inside a character.
    @inline(__always)
    private static func step(over offset: Int, of bytes: [UInt8], _ position: inout SourcePosition) {
        let byte = bytes[offset]
        if byte >= 0x20, byte < 0x80 {
            position.column += 1
        } else if isLineBreak(byte, at: offset, of: bytes) {
            position.line += 1
            position.column = 1
        } else if byte & 0xC0 != 0x80 {
            position.column += 1
        }
    }

    @inline(__always)
    private static func isLineBreak(_ byte: UInt8, at offset: Int, of bytes: [UInt8]) -> Bool {
        switch byte {
        case 0x0A: true
        case 0x0D: offset + 1 == bytes.count || bytes[offset + 1] != 0x0A
        case 0x85: offset >= 1 && bytes[offset - 1] == 0xC2
        case 0xA8, 0xA9: offset >= 2 && bytes[offset - 1] == 0x80 && bytes[offset - 2] == 0xE2
        default: false
        }
    }
}

/// U+FEFF in UTF-8.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
