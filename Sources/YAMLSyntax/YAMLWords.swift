/// A few words that keys are looked up among, without a String for the key.
package struct YAMLWords: Sendable {
    private let bytes: [UInt8]
    /// Where each word ends in `bytes`.
    private let ends: [Int]

    package init(_ words: [String]) {
        var (bytes, ends): ([UInt8], [Int]) = ([], [])
        for word in words {
            bytes += word.utf8
            ends.append(bytes.count)
        }
        (self.bytes, self.ends) = (bytes, ends)
    }

    /// The place of a scalar's text among the words.
    package func place(of node: YAMLNode) -> Int? {
        node.withTextBytes { text in
            bytes.withUnsafeBufferPointer { bytes in
                var start = 0
                for place in ends.indices {
                    let end = ends[place]
                    if end - start == text.count,
                        haveSameBytes(text, UnsafeBufferPointer(rebasing: bytes[start..<end]))
                    {
                        return place
                    }
                    start = end
                }
                return nil
            }
        }
    }
}
