/// Eight bytes of a text looked at together.
struct ByteWord {
    static let size = 8

    private let bits: UInt64

    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    var isASCII: Bool { bits & 0x8080_8080_8080_8080 == 0 }

    /// The highest bit of each byte that equals this one; the lowest byte is the first of the text.
    func places(of byte: UInt8) -> UInt64 {
        let differences = bits ^ (0x0101_0101_0101_0101 * UInt64(byte))
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((differences & low) + low) | differences | low)
    }
}
