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
        while offset + Self.stride <= bytes.count {
            landmarks.append(position)
            if !Self.passPlainBlock(at: offset, of: bytes, &position) {
                for passed in offset..<(offset + Self.stride) { Self.step(over: passed, of: bytes, &position) }
                if isASCII { isASCII = Self.isASCII(bytes[offset..<(offset + Self.stride)]) }
            }
            offset += Self.stride
        }
        landmarks.append(position)
        if isASCII { isASCII = Self.isASCII(bytes[offset...]) }
    }

    private static func isASCII(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

    /// Eight bytes at a time, in a block without CR and without characters of several bytes.
    /// False, and nothing done, for any other block.
    @inline(__always)
    private static func passPlainBlock(
        at start: Int, of bytes: [UInt8], _ position: inout SourcePosition
    ) -> Bool {
        bytes.withUnsafeBytes { bytes in
            let block = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + stride)])
            var passed = position
            for index in 0..<(stride / ByteWord.size) {
                let word = ByteWord(block, at: index * ByteWord.size)
                guard word.isPlain else { return false }
                passed.step(over: word, ByteWord.size)
            }
            position = passed
            return true
        }
    }

    func position(of offset: UInt32) -> SourcePosition {
        let target = min(Int(offset), bytes.count)
        let landmark = min(target / Self.stride, landmarks.count - 1)
        var position = landmarks[landmark]
        var passed = landmark * Self.stride
        bytes.withUnsafeBytes { bytes in
            while passed + ByteWord.size <= target {
                let word = ByteWord(bytes, at: passed)
                guard word.isPlain else { return }
                position.step(over: word, ByteWord.size)
                passed += ByteWord.size
            }
            guard passed < target, passed + ByteWord.size <= bytes.count else { return }
            let word = ByteWord(bytes, at: passed).prefix(target - passed)
            guard word.isPlain else { return }
            position.step(over: word, target - passed)
            passed = target
        }
        for rest in passed..<target { Self.step(over: rest, of: bytes, &position) }
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

extension ByteWord {
    /// No CR, which may be half of a line break, and no character of several bytes.
    fileprivate var isPlain: Bool { isASCII && places(of: 0x0D) == 0 }
}

extension SourcePosition {
    /// - Parameter length: how many bytes of a plain word count.
    @inline(__always)
    fileprivate mutating func step(over word: ByteWord, _ length: Int) {
        let breaks = word.places(of: 0x0A)
        if breaks == 0 {
            column &+= UInt32(truncatingIfNeeded: length)
        } else {
            let last = (UInt64.bitWidth - 1 - breaks.leadingZeroBitCount) / 8
            line &+= UInt32(truncatingIfNeeded: breaks.nonzeroBitCount)
            column = UInt32(truncatingIfNeeded: length - last)
        }
    }
}

/// U+FEFF in UTF-8.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
