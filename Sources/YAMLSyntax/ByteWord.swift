/// Whether two texts are the same, eight bytes at a time.
@inline(__always)
func haveSameBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    let (a, b) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
    guard a.count >= ByteWord.size else {
        for offset in a.indices where a[offset] != b[offset] { return false }
        return true
    }
    // The last word may overlap the one before it.
    let last = a.count - ByteWord.size
    for offset in stride(from: 0, to: last, by: ByteWord.size) where ByteWord(a, at: offset) != ByteWord(b, at: offset)
    {
        return false
    }
    return ByteWord(a, at: last) == ByteWord(b, at: last)
}

/// Eight bytes of a text looked at together.
struct ByteWord: Equatable {
    static let size = 8

    private let bits: UInt64

    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private init(bits: UInt64) {
        self.bits = bits
    }

    /// The first bytes; the others become zero.
    /// - Parameter length: 1 to 8.
    @inline(__always)
    func prefix(_ length: Int) -> ByteWord {
        ByteWord(bits: bits & (UInt64.max >> UInt64(truncatingIfNeeded: (Self.size - length) * 8)))
    }

    var isASCII: Bool { bits & 0x8080_8080_8080_8080 == 0 }

    /// The highest bit of each byte that equals this one; the lowest byte is the first of the text.
    func places(of byte: UInt8) -> UInt64 {
        let differences = bits ^ (0x0101_0101_0101_0101 * UInt64(byte))
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((differences & low) + low) | differences | low)
    }
}
