/// A scalar key of a mapping, with enough of its text at hand that most comparisons need no more.
struct MappingKey {
    var node: UInt32
    /// Whose text it is: the node, or the target of an alias.
    var content: UInt32
    var isMerge: Bool
    /// Differs for most texts that differ. No defence against texts chosen to be alike is needed: keys are
    /// sorted, not hashed into buckets.
    var digest: UInt64

    init(node: UInt32, content: UInt32, text: UnsafeBufferPointer<UInt8>, mayMerge: Bool) {
        self.node = node
        self.content = content
        isMerge = mayMerge && text.count == 2 && text[0] == UInt8(ascii: "<") && text[1] == UInt8(ascii: "<")
        digest = TextDigest(UnsafeRawBufferPointer(text)).bits
    }
}

extension Tree {
    func haveSameText(_ a: MappingKey, _ b: MappingKey) -> Bool {
        a.digest == b.digest && text(of: a.content) == text(of: b.content)
    }

    /// Any total order in which keys with the same text are neighbours, the first written first.
    func isOrdered(_ a: MappingKey, _ b: MappingKey) -> Bool {
        if a.digest != b.digest { return a.digest < b.digest }
        let (textA, textB) = (text(of: a.content), text(of: b.content))
        return textA == textB ? a.node < b.node : textA.lexicographicallyPrecedes(textB)
    }
}
