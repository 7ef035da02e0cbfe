/// From libyaml's marks, which count characters, to byte offsets.
///
/// Marks come nearly in order, so each is found by walking on from the one before.
struct OffsetCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isASCII: Bool
    private let base: Int
    private var character = 0
    private var offset: Int

    /// - Parameter base: the offset of the first character.
    init(_ bytes: UnsafeBufferPointer<UInt8>, base: Int, isASCII: Bool) {
        self.bytes = bytes
        self.base = base
        self.isASCII = isASCII
        offset = base
    }

    @inline(__always)
    mutating func offset(ofCharacter target: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: isASCII ? base + target : walk(toCharacter: target))
    }

    private mutating func walk(toCharacter target: Int) -> Int {
        while character < target, offset < bytes.count {
            offset += 1
            while offset < bytes.count, isContinuation(bytes[offset]) { offset += 1 }
            character += 1
        }
        while character > target, offset > base {
            offset -= 1
            while offset > base, isContinuation(bytes[offset]) { offset -= 1 }
            character -= 1
        }
        return offset
    }

    private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
