/// libyaml takes all directives of a document at one go and compares each with each, so that a text of nothing
/// else would keep it busy for hours.
let mostTagDirectives = 100

func hasTooManyTagDirectives(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
        var count = 0
        var offset = 0
        while offset < bytes.count, count <= mostTagDirectives {
            let isWord = offset + ByteWord.size <= bytes.count
            if isWord, ByteWord(bytes, at: offset).places(of: UInt8(ascii: "%")) == 0 {
                offset += ByteWord.size
            } else {
                if isTagDirective(bytes, at: offset) { count += 1 }
                offset += 1
            }
        }
        return count > mostTagDirectives
    }
}

private func isTagDirective(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    guard bytes[offset] == UInt8(ascii: "%"), bytes[offset...].starts(with: "%TAG".utf8) else { return false }
    return offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n") || bytes[offset - 1] == UInt8(ascii: "\r")
}
