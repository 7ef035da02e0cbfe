/// Which bytes a text has that scalars may need a closer look for.
struct YAMLBytes {
    let holdDollar: Bool
    let holdBackslash: Bool
    /// Some byte is not ASCII, or an escape may write what is not.
    let mayLeaveASCII: Bool

    /// Every file is searched, and nearly all in vain: without a branch the compiler looks at many bytes at once.
    init(_ bytes: [UInt8]) {
        let found = bytes.withUnsafeBufferPointer { bytes in
            var found: UInt8 = 0
            for byte in bytes {
                found |= (byte == UInt8(ascii: "$") ? 1 : 0) | (byte == UInt8(ascii: "\\") ? 2 : 0) | (byte & 0x80)
            }
            return found
        }
        holdDollar = found & 1 != 0
        holdBackslash = found & 2 != 0
        mayLeaveASCII = found & 0x82 != 0
    }
}
