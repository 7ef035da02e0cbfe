/// A number that differs for most texts that differ. Whoever uses it must stand texts chosen to be alike.
struct TextDigest {
    private(set) var bits: UInt64

    init(_ bytes: UnsafeRawBufferPointer) {
        bits = UInt64(bytes.count)
        if bytes.count < ByteWord.size {
            var word: UInt64 = 0
            for byte in bytes { word = word << 8 | UInt64(byte) }
            mix(word)
            return
        }
        var offset = 0
        while offset + ByteWord.size < bytes.count {
            mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += ByteWord.size
        }
        mix(bytes.loadUnaligned(fromByteOffset: bytes.count - ByteWord.size, as: UInt64.self))
    }

    private mutating func mix(_ word: UInt64) {
        let product = (bits ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        bits = product.high ^ product.low
    }
}
