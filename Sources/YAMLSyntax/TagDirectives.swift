/// libyaml takes all directives of a document at one go and compares each with each, so that a text of nothing
/// else would keep it busy for hours.
let mostTagDirectives = 100

/// Counts the `%TAG` lines before the next document, comments and empty lines between them.
/// - Parameter start: where the text begins, or where a document ended.
func countTagDirectives(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var count = 0
    var offset = start
    // A line that a document ended on may have more to say, which does not matter here.
    var isLineStart = start == 0 || isLineBreak(bytes[start - 1])
    while offset < bytes.count, count <= mostTagDirectives {
        let byte = bytes[offset]
        if isLineStart, !isLineBreak(byte) {
            guard byte == UInt8(ascii: "%") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: " ") else { break }
            if bytes[offset...].starts(with: "%TAG".utf8) { count += 1 }
        }
        isLineStart = isLineBreak(byte)
        offset += 1
    }
    return count
}

private func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
