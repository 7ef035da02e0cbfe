/// A scalar key of a mapping, with enough of its text at hand that most comparisons need no more.
struct MappingKey {
    var node: UInt32
    /// Whose text it is: the node, or the target of an alias.
    var content: UInt32
    var length: UInt32
    var isMerge: Bool
    /// The first eight bytes.
    var head: UInt64

    init(node: UInt32, content: UInt32, text: ArraySlice<UInt8>, isMerge: Bool) {
        self.node = node
        self.content = content
        self.isMerge = isMerge
        length = UInt32(text.count)
        head = text.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension Tree {
    func haveSameText(_ a: MappingKey, _ b: MappingKey) -> Bool {
        guard a.length == b.length, a.head == b.head else { return false }
        return a.length <= 8 || text(of: a.content) == text(of: b.content)
    }

    /// Any total order in which keys with the same text are neighbours, the first written first.
    func isOrdered(_ a: MappingKey, _ b: MappingKey) -> Bool {
        if a.length != b.length { return a.length < b.length }
        if a.head != b.head { return a.head < b.head }
        if a.length > 8 {
            let (textA, textB) = (text(of: a.content), text(of: b.content))
            if textA != textB { return textA.lexicographicallyPrecedes(textB) }
        }
        return a.node < b.node
    }
}
