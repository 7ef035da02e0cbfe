/// The anchors of a document. A name written again stands for the later node from there on.
struct Anchors {
    /// What an anchor stands for.
    struct Anchor {
        var node: UInt32
        /// Nil as long as the node is not finished.
        var extent: Extent?
    }

    /// The size of a finished node for a reader that follows aliases.
    struct Extent {
        var nodes: Int
        var height: Int
    }

    private var byName: [String: Anchor] = [:]
    /// The anchored collections that are not finished, the innermost last.
    private var open: [(node: UInt32, name: String)] = []

    var isEmpty: Bool { byName.isEmpty }

    subscript(name: String) -> Anchor? { byName[name] }

    mutating func add(_ name: String, scalar node: UInt32) {
        byName[name] = Anchor(node: node, extent: Extent(nodes: 1, height: 0))
    }

    mutating func open(_ name: String, collection node: UInt32) {
        byName[name] = Anchor(node: node)
        open.append((node, name))
    }

    mutating func close(_ node: UInt32, _ extent: Extent) {
        guard let innermost = open.last, innermost.node == node else { return }
        open.removeLast()
        if byName[innermost.name]?.node == node { byName[innermost.name]?.extent = extent }
    }
}
