package import Diagnostics

/// A node of a YAML text: an index into a tree that never changes. Cheap to copy.
///
/// An alias shows what it stands for, except for its place, which is its own.
package struct YAMLNode: Sendable {
    package enum Kind: Sendable { case scalar, sequence, mapping }

    private let arena: YAMLArena
    private let index: UInt32
    private let target: UInt32

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

    /// Where `range` begins, at less than half its cost.
    package var start: SourcePosition {
        let tree = arena.tree
        return tree.positions.position(of: tree.nodes[index].start)
    }

    package var location: SourceLocation { arena.tree.location(of: index) }

    /// A scalar's text after quoting and folding, whatever it means; empty for a collection.
    package var text: String { arena.tree.string(of: target) }

    /// `text` in UTF-8, without a copy.
    package var textBytes: ArraySlice<UInt8> { arena.tree.text(of: target) }

    /// Compares without a copy.
    package func textEquals(_ other: StaticString) -> Bool {
        let bytes = textBytes
        return other.withUTF8Buffer { bytes.count == $0.count && bytes.elementsEqual($0) }
    }

    /// A scalar without quotes that is no block scalar either.
    package var isPlain: Bool {
        let record = arena.tree.nodes[target]
        return record.kind == .scalar && record.style == .plain
    }

    /// The meaning of a scalar; null for a collection.
    package var scalar: YAMLScalar { arena.tree.scalar(of: target) }

    /// The members of a sequence; empty for anything else.
    package var items: YAMLItems { YAMLItems(arena: arena, sequence: target) }

    /// The members of a mapping; empty for anything else. Every key is a scalar and there only once.
    package var pairs: YAMLPairs { YAMLPairs(arena: arena, mapping: target) }

    /// The value of a key of a mapping. Takes time with the number of keys.
    package subscript(key: String) -> YAMLNode? {
        let found = pairs.indices.first { index in
            let bytes = arena.tree.text(of: pairs.key(at: index))
            return bytes.count == key.utf8.count && bytes.elementsEqual(key.utf8)
        }
        return found.map { pairs[$0].value }
    }
}
