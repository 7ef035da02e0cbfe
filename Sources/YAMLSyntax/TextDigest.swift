/// A number that differs for most texts that differ. Whoever uses it must stand texts chosen to be alike.
struct TextDigest {
    private(set) var bits: UInt64

    init(_ bytes: UnsafeRawBufferPointer) {
        bits = UInt64(bytes.count)
        if bytes.count < ByteWord.size {
            mix(Self.word(ofFew: bytes))
            return
        }
        var offset = 0
        while offset + ByteWord.size < bytes.count {
            mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += ByteWord.size
        }
        mix(bytes.loadUnaligned(fromByteOffset: bytes.count - ByteWord.size, as: UInt64.self))
    }

    /// All bytes of a text that is shorter than a word; some may be in it twice.
    private static func word(ofFew bytes: UnsafeRawBufferPointer) -> UInt64 {
        let count = bytes.count
        if count >= 4 {
            let (first, last) = (
                bytes.loadUnaligned(as: UInt32.self), bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            )
            return UInt64(first) << 32 | UInt64(last)
        }
        guard count > 0 else { return 0 }
        return UInt64(bytes[0]) << 16 | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1])
    }

    private mutating func mix(_ word: UInt64) {
        let product = (bits ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        bits = product.high ^ product.low
    }
}
