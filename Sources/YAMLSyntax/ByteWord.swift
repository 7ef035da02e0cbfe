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
}
