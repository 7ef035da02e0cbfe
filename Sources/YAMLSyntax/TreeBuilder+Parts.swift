/// A large document in parts, each a tree of its own whose memory serves the next one: what was written is
/// read again while it is still in the processor's caches, and the peak of memory is that of a part.
///
/// The members of one mapping, a value of the root, are spread over the parts. Each part is a document like the
/// whole: the root, the key, and as much of the mapping as was read since the part before.
extension TreeBuilder {
    /// How documents are parted, and what has to be known of the parts that were handed over.
    struct Parting {
        /// The key in the root whose mapping may be spread; nil when documents are kept whole.
        var key: String?
        /// So many nodes make a part.
        var nodes: UInt32
        /// Where the next part may end: at this many nodes, or nowhere in a document with anchors.
        var threshold: UInt32
        var documentIsOver = false
        /// Some members of the mapping were handed over, and not the last of them.
        var isUnderWay = false
        /// What was handed over does not count: the parts do not hold without each other.
        var isRefused = false
        /// The keys of the root and of the mapping, in all parts of the document so far.
        var keys = (root: KeysOfParts(), mapping: KeysOfParts())

        init(by key: String, nodes: UInt32) {
            self.key = key
            self.nodes = nodes
            threshold = nodes
        }

        private init() {
            nodes = .max
            threshold = .max
        }

        /// Documents are kept whole.
        static let none = Parting()
    }

    /// The keys of a mapping that lies in several trees.
    struct KeysOfParts {
        private var digests: [UInt64] = []
        private var latest: [UInt8] = []
        /// Mostly they do, and then none is there twice.
        private var ascend = true

        /// May say so of keys that only look alike.
        var hasRepeats: Bool {
            guard !ascend else { return false }
            let sorted = digests.sorted()
            return zip(sorted, sorted.dropFirst()).contains { $0 == $1 }
        }

        mutating func add(_ keys: ArraySlice<MappingKey>, of tree: borrowing Tree) {
            digests.append(contentsOf: keys.lazy.map(\.digest))
            guard ascend else { return }
            var previous = latest[...]
            for key in keys {
                let text = tree.text(of: key.content)
                ascend = ascend && previous.lexicographicallyPrecedes(text)
                previous = text
            }
            latest = Array(previous)
        }
    }

    /// What the next part begins with.
    struct PartHead {
        var root: NodeRecord
        var key: NodeRecord
        var mapping: NodeRecord
    }

    @inline(__always)
    var mayHandOver: Bool { tree.nodes.count >= parting.threshold || parting.documentIsOver }

    /// Ends the part if it can end here; nil otherwise.
    mutating func endPart() -> PartHead? {
        guard outerFrames.count == 2, frame.isMapping, frame.expectsKey, isPartedByKey else { return nil }
        let (root, mapping) = (outerFrames[1].node, frame.node)
        guard anchors.isEmpty, !frame.needsPairList, !outerFrames[1].needsPairList,
            !tree.nodes[mapping - 1].marks.contains(.textIsCopied)
        else {
            parting.threshold = .max
            return nil
        }
        let head = PartHead(root: tree.nodes[root], key: tree.nodes[mapping - 1], mapping: tree.nodes[mapping])
        parting.isUnderWay = true
        frame.isParted = true
        outerFrames[1].isParted = true
        endCollection(end: nil)
        endCollection(end: nil)
        return head
    }

    /// Whether the innermost collection is the value of the key.
    private var isPartedByKey: Bool {
        if frame.isParted { return true }
        let root = outerFrames[1]
        guard let wanted = parting.key, root.isMapping, let key = keys[root.firstKey..<frame.firstKey].last,
            key.node == frame.node - 1
        else { return false }
        return tree.text(of: key.content).elementsEqual(wanted.utf8)
    }

    /// Opens the collections that the part before has left open.
    mutating func beginPart(_ head: PartHead) {
        roots.append(0)
        tree.nodes.append(head.root)
        tree.nodes.append(head.key)
        tree.nodes.append(head.mapping)
        var root = Frame(node: 0, isMapping: true, members: 1, firstKey: 0, lastEnd: head.root.start)
        var mapping = Frame(node: 2, isMapping: true, firstKey: 0, lastEnd: head.mapping.start)
        root.isParted = true
        mapping.isParted = true
        outerFrames = [.document, root]
        frame = mapping
    }

    /// Ends a document that was handed over, in parts or as a whole.
    mutating func finishParts() {
        if parting.isUnderWay, parting.keys.root.hasRepeats || parting.keys.mapping.hasRepeats { refuseParts() }
        parting.documentIsOver = false
        parting.isUnderWay = false
        parting.threshold = parting.nodes
        parting.keys = (KeysOfParts(), KeysOfParts())
    }

    mutating func refuseParts() {
        parting.isRefused = true
        isStopped = true
    }

    /// Of the innermost mapping, which ends, wholly or in part.
    mutating func keepKeysOfPart() {
        let own = keys[frame.firstKey...]
        if outerFrames.isEmpty {
            parting.keys.root.add(own, of: tree)
        } else {
            parting.keys.mapping.add(own, of: tree)
        }
        if frame.needsPairList { refuseParts() }
    }

    /// The tree, in whose place there is an empty one.
    mutating func takeTree() -> Tree {
        var other = Tree(after: tree)
        swap(&tree, &other)
        return other
    }
}
