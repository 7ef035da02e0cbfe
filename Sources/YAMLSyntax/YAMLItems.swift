/// The items of a sequence, in written order.
package struct YAMLItems: Collection, Sendable {
    package struct Index: Comparable, Sendable {
        fileprivate let node: UInt32

        package static func < (a: Index, b: Index) -> Bool { a.node < b.node }
    }

    private let arena: YAMLArena
    package let startIndex: Index
    package let endIndex: Index

    init(arena: YAMLArena, sequence: UInt32) {
        self.arena = arena
        let record = arena.tree.nodes[sequence]
        startIndex = Index(node: sequence + 1)
        endIndex = Index(node: record.kind == .sequence ? record.payload : sequence + 1)
    }

    package var isEmpty: Bool { startIndex == endIndex }

    package subscript(position: Index) -> YAMLNode { YAMLNode(arena: arena, index: position.node) }

    package func index(after i: Index) -> Index { Index(node: arena.tree.next(after: i.node)) }
}
