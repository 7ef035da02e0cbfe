import Diagnostics

/// Makes the tree from the events of a text, one after the other and without recursion.
///
/// The limits are kept here, at each event: libyaml's time grows with the square of the depth, so a text
/// that is too deep must stop at once.
struct TreeBuilder {
    /// What may stand before a node.
    struct Properties {
        var anchor: String?
        /// With its handle resolved.
        var tag: String?
    }

    /// A collection that is not finished.
    struct Frame {
        var node: UInt32
        var anchor: String?
        var members = 0
        /// Where its keys begin among `keys`.
        var firstKey: Int
        var lastEnd: UInt32
        /// Levels of collections inside, aliases followed.
        var height = 0
        /// Nodes that aliases inside add.
        var aliasedNodes = 0
        /// Keys must be merged or left out.
        var needsPairList = false
    }

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

    let limits: YAMLLimits
    var tree: Tree
    var roots: [UInt32] = []
    var diagnostics: [Diagnostic] = []
    /// A limit is broken: no further event is wanted.
    var isStopped = false
    var frames: [Frame] = []
    /// The scalar keys of all unfinished mappings.
    var keys: [MappingKey] = []
    var anchors: [String: Anchor] = [:]
    var aliasedNodes = 0

    init(source: SourceText, limits: YAMLLimits) {
        self.limits = limits
        tree = Tree(source)
    }

    mutating func startDocument() {
        anchors.removeAll()
        frames.removeAll()
        keys.removeAll()
        roots.append(tree.nodes.count)
    }

    /// A document that was started and not ended is no document.
    mutating func abandonDocument() {
        roots.removeLast()
    }

    mutating func scalar(
        _ text: UnsafeBufferPointer<UInt8>, style: NodeRecord.Style, properties: Properties,
        start: UInt32, end: UInt32
    ) {
        let index = tree.nodes.count
        var record = NodeRecord(
            start: start, end: end, payload: UInt32(text.count), kind: .scalar, style: style)
        if !isInSource(text, style: style, end: end) {
            record.payload = copy(text)
            record.marks = .textIsCopied
        }
        if style == .block { record.end = trimmedEnd(from: start, to: end) }
        if properties.tag != nil || start + record.payload < end, style == .plain || properties.tag != nil {
            record.tag = tag(of: record, properties)
        }
        tree.nodes.append(record)
        if text.count > limits.maximumScalarBytes { reportLength(text.count, of: index) }
        if record.tag != .none { checkTag(of: index, properties) }
        if let anchor = properties.anchor {
            anchors[anchor] = Anchor(node: index, extent: Extent(nodes: 1, height: 0))
        }
        addMember(index, content: index, end: record.end)
    }

    mutating func startCollection(_ kind: NodeRecord.Kind, properties: Properties, start: UInt32, end: UInt32) {
        let index = tree.nodes.count
        tree.nodes.append(NodeRecord(start: start, end: end, payload: index + 1, kind: kind))
        if properties.tag != nil {
            tree.nodes[index].tag = tag(of: tree.nodes[index], properties)
            checkTag(of: index, properties)
        }
        guard frames.count < limits.maximumDepth else {
            stop(Diagnostic(.nestingTooDeep, depthMessage, at: tree.location(of: index)))
            return
        }
        if let anchor = properties.anchor { anchors[anchor] = Anchor(node: index) }
        frames.append(Frame(node: index, anchor: properties.anchor, firstKey: keys.count, lastEnd: end))
    }

    /// - Parameter end: the end of the closing bracket; nil when the collection has none.
    mutating func endCollection(end: UInt32?) {
        guard let frame = frames.popLast() else { return }
        let end = end ?? frame.lastEnd
        tree.nodes[frame.node].end = end
        tree.nodes[frame.node].payload = tree.nodes.count
        if tree.nodes[frame.node].kind == .mapping { finishMapping(frame) }
        let height = frame.height + 1
        if let anchor = frame.anchor, anchors[anchor]?.node == frame.node {
            let nodes = Int(tree.nodes.count - frame.node) + frame.aliasedNodes
            anchors[anchor]?.extent = Extent(nodes: nodes, height: height)
        }
        if !frames.isEmpty {
            frames[frames.count - 1].height = max(frames[frames.count - 1].height, height)
            frames[frames.count - 1].aliasedNodes += frame.aliasedNodes
        }
        addMember(frame.node, content: frame.node, end: end)
    }

    /// - Parameter content: what the node stands for; for all but aliases, itself.
    mutating func addMember(_ index: UInt32, content: UInt32, end: UInt32) {
        guard !frames.isEmpty else { return }
        let top = frames.count - 1
        frames[top].lastEnd = max(frames[top].lastEnd, end)
        if frames[top].members & 1 == 0, tree.nodes[frames[top].node].kind == .mapping {
            addKey(index, content: content)
        }
        frames[top].members += 1
    }

    var depthMessage: String { "more than \(limits.maximumDepth) collections inside each other" }

    mutating func report(_ diagnostic: Diagnostic) {
        guard !isStopped else { return }
        diagnostics.append(diagnostic)
        guard diagnostics.count >= limits.maximumDiagnostics else { return }
        diagnostics[diagnostics.count - 1].notes.append(
            Diagnostic.Note("reading stops here: \(limits.maximumDiagnostics) problems"))
        isStopped = true
    }

    mutating func stop(_ diagnostic: Diagnostic) {
        report(diagnostic)
        isStopped = true
    }
}
