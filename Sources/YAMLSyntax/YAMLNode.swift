package import Diagnostics

/// A node of a YAML text: an index into a tree that never changes. Cheap to copy.
///
/// An alias shows what it stands for, except for its place, which is its own.
package struct YAMLNode: Sendable {
    package enum Kind: Sendable { case scalar, sequence, mapping }

    private let arena: YAMLArena
    private var index: UInt32
    private var target: UInt32

    @inline(__always)
    init(arena: YAMLArena, index: UInt32) {
        self.arena = arena
        self.index = index
        target = arena.tree.target(of: index)
    }

    package var kind: Kind {
        switch arena.tree.nodes[target].kind {
        case .scalar, .alias: .scalar
        case .sequence: .sequence
        case .mapping: .mapping
        }
    }

    package var isAlias: Bool { index != target }

    /// From the node's tag, anchor or first character to the end of its last character.
    package var range: SourceRange { arena.tree.range(of: index) }

    /// Where `range` begins, at no cost.
    package var start: SourcePosition { arena.tree.nodes[index].span.position }

    package var location: SourceLocation { arena.tree.location(of: index) }

    /// A scalar's text after quoting and folding, whatever it means; empty for a collection.
    package var text: String { withTextBytes { String(decoding: $0, as: UTF8.self) } }

    /// `text` in UTF-8, without a copy.
    package var textBytes: ArraySlice<UInt8> { arena.tree.text(of: target) }

    /// `text` in UTF-8, for the time of a call. Does not even count a reference.
    @inline(__always)
    func withTextBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        arena.tree.withText(of: target, body)
    }

    /// Compares without a copy.
    package func textEquals(_ other: StaticString) -> Bool {
        withTextBytes { bytes in other.withUTF8Buffer { bytes.count == $0.count && bytes.elementsEqual($0) } }
    }

    /// A scalar without quotes that is no block scalar either.
    package var isPlain: Bool {
        let record = arena.tree.nodes[target]
        return record.kind == .scalar && record.style == .plain
    }

    /// The meaning of a scalar; null for a collection.
    package var scalar: YAMLScalar { arena.tree.scalar(of: target) }

    /// Whether `scalar` is certainly the string `text`: most are, and this is told from a byte or two.
    var isText: Bool {
        let record = arena.tree.nodes[target]
        guard record.kind == .scalar, record.tag == .none else { return false }
        guard record.style == .plain else { return true }
        return withTextBytes { !YAMLScalar.mayBeSpecial($0) }
    }

    /// Whether nothing is written, or one of the words for nothing.
    package var isNull: Bool {
        guard isPlain else { return false }
        let isShort = withTextBytes { $0.count <= 4 && ($0.isEmpty || YAMLScalar.mayBeSpecial($0)) }
        return isShort && scalar == .null
    }

    /// The members of a sequence; empty for anything else.
    package var items: YAMLItems { YAMLItems(arena: arena, sequence: target) }

    /// The members of a mapping; empty for anything else. Every key is a scalar and there only once.
    package var pairs: YAMLPairs { YAMLPairs(arena: arena, mapping: target) }

    /// Calls `body` with each of `pairs`. Two nodes are moved along: making one for each key and value would
    /// count millions of references to the arena.
    package func forEachPair(_ body: (_ key: YAMLNode, _ value: YAMLNode) -> Void) {
        var (key, value) = (self, self)
        let (places, isListed) = arena.tree.pairExtent(of: target)
        var place = places.lowerBound
        while place < places.upperBound {
            let pair = arena.tree.pair(at: place, isListed: isListed)
            key.move(to: pair.key)
            value.move(to: pair.value)
            body(key, value)
            place = isListed ? place + 1 : arena.tree.next(after: pair.value)
        }
    }

    /// Calls `body` with each of `items`, as `forEachPair` does.
    package func forEachItem(_ body: (YAMLNode) -> Void) {
        var item = self
        let record = arena.tree.nodes[target]
        var place = target + 1
        while record.kind == .sequence, place < record.payload {
            item.move(to: place)
            body(item)
            place = arena.tree.next(after: place)
        }
    }

    @inline(__always)
    private mutating func move(to index: UInt32) {
        self.index = index
        target = arena.tree.target(of: index)
    }

    /// The value of a key of a mapping. Takes time with the number of keys.
    package subscript(key: String) -> YAMLNode? {
        let found = pairs.indices.first { index in
            let bytes = arena.tree.text(of: pairs.key(at: index))
            return bytes.count == key.utf8.count && bytes.elementsEqual(key.utf8)
        }
        return found.map { pairs[$0].value }
    }
}
