import Diagnostics

/// Makes the tree from the events of a text, one after the other and without recursion.
///
/// The limits are kept here, at each event: libyaml's time grows with the square of the depth, so a text
/// that is too deep must stop at once.
struct TreeBuilder: ~Copyable {
    /// What may stand before a node.
    struct Properties {
        var anchor: String?
        /// With its handle resolved.
        var tag: String?
    }

    /// A collection that is not finished, or the document around it.
    struct Frame {
        var node: UInt32
        var isMapping: Bool
        var members: UInt32 = 0
        /// Where its keys begin among `keys`.
        var firstKey: Int
        var lastEnd: UInt32
        /// Levels of collections inside, aliases followed.
        var height = 0
        /// Nodes that aliases inside add.
        var aliasedNodes = 0
        /// Keys must be merged or left out.
        var needsPairList = false
        /// Only a part of the collection is in this tree.
        var isParted = false

        static let document = Frame(node: 0, isMapping: false, firstKey: 0, lastEnd: 0)

        var expectsKey: Bool { isMapping && members & 1 == 0 }

        mutating func add(end: UInt32) {
            lastEnd = max(lastEnd, end)
            members &+= 1
        }

        mutating func add(height: Int, aliasedNodes: Int) {
            self.height = max(self.height, height)
            self.aliasedNodes += aliasedNodes
        }
    }

    /// More keys and values than anyone likes to count again, spread over as much memory as they are.
    private static let manyMembers = 512

    let limits: YAMLLimits
    var tree: Tree
    var roots: [UInt32] = []
    var diagnostics: [Diagnostic] = []
    private var warningCount = 0
    /// A limit is broken: no further event is wanted.
    var isStopped = false
    var frame = Frame.document
    var outerFrames: [Frame] = []
    /// The scalar keys of all unfinished mappings.
    var keys: [MappingKey] = []
    var anchors = Anchors()
    var aliasedNodes = 0
    var mergedPairs = 0
    var parting: Parting

    init(source: SourceText, limits: YAMLLimits, parting: Parting = .none) {
        self.limits = limits
        self.parting = parting
        tree = Tree(source)
    }

    mutating func startDocument() {
        anchors = Anchors()
        roots.append(tree.nodes.count)
    }

    mutating func endDocument() {
        parting.documentIsOver = parting.key != nil
    }

    /// A document that was started and not ended is no document. A part that was refused is gone already.
    mutating func abandonDocument() {
        _ = roots.popLast()
    }

    /// - Parameter isInSource: the source holds the text as it is, at the end of the scalar.
    mutating func scalar(
        _ text: UnsafeBufferPointer<UInt8>, isInSource: Bool, style: NodeRecord.Style, properties: Properties?,
        at span: Span
    ) {
        let index = tree.nodes.count
        var record = NodeRecord(span: span, payload: UInt32(text.count), kind: .scalar, style: style)
        if !isInSource {
            record.payload = copy(text)
            record.marks = .textIsCopied
        }
        if style == .block {
            record.span.end = trimmedEnd(from: span.start, to: span.end)
        } else if span.start == span.end {
            record.span = emptySpan(before: span.end)
            if style == .plain { warnOfCommentAsValue(at: span.start) }
        }
        if properties?.tag != nil || style == .plain && span.start + UInt32(text.count) < span.end {
            record.tag = tag(of: record, properties)
        }
        tree.nodes.append(record)
        if text.count > limits.maximumScalarBytes { reportLength(text.count, of: index) }
        if record.tag != .none { checkTag(of: index, properties) }
        if let anchor = properties?.anchor { anchors.add(anchor, scalar: index) }
        if frame.expectsKey {
            let mayMerge = style == .plain && record.tag.mayMerge
            addKey(MappingKey(node: index, content: index, text: text, mayMerge: mayMerge))
        }
        frame.add(end: record.end)
    }

    mutating func startCollection(_ kind: NodeRecord.Kind, properties: Properties?, at span: Span) {
        let index = tree.nodes.count
        tree.nodes.append(NodeRecord(span: span, payload: index + 1, kind: kind))
        if properties?.tag != nil {
            tree.nodes[index].tag = tag(of: tree.nodes[index], properties)
            checkTag(of: index, properties)
        }
        guard outerFrames.count < limits.maximumDepth else { return stopForDepth(at: index) }
        if let anchor = properties?.anchor { anchors.open(anchor, collection: index) }
        outerFrames.append(frame)
        frame = Frame(node: index, isMapping: kind == .mapping, firstKey: keys.count, lastEnd: span.end)
    }

    /// - Parameter end: the end of the closing bracket; nil when the collection has none.
    mutating func endCollection(end: UInt32?) {
        guard let outer = outerFrames.popLast() else { return }
        let end = end ?? frame.lastEnd
        var record = tree.nodes[frame.node]
        record.span.end = end
        record.payload = tree.nodes.count
        if frame.isMapping, frame.members > Self.manyMembers {
            record.marks.insert(.hasPairCount)
            tree.pairCounts[frame.node] = Int(frame.members / 2)
        }
        tree.nodes[frame.node] = record
        if frame.isMapping { finishMapping() }
        let finished = frame
        let written = Int(tree.nodes.count - finished.node)
        anchors.close(
            finished.node,
            Anchors.Extent(nodes: written + finished.aliasedNodes, height: finished.height + 1))
        frame = outer
        frame.add(height: finished.height + 1, aliasedNodes: finished.aliasedNodes)
        if frame.expectsKey { addKey(finished.node, content: finished.node) }
        frame.add(end: end)
    }

    mutating func stopForDepth(at index: UInt32) {
        stop(
            Diagnostic(
                .nestingTooDeep, "more than \(limits.maximumDepth) collections inside each other",
                at: tree.location(of: index)))
    }

    mutating func report(_ diagnostic: Diagnostic) {
        guard !isStopped else { return }
        guard diagnostic.severity == .error else { return warn(diagnostic) }
        diagnostics.append(diagnostic)
        guard diagnostics.count - warningCount >= limits.maximumDiagnostics else { return }
        diagnostics[diagnostics.count - 1].notes.append(
            Diagnostic.Note("reading stops here, after \(limits.maximumDiagnostics) problems"))
        isStopped = true
    }

    /// Warnings end no reading, however many they are: what follows would be missing without an error.
    private mutating func warn(_ diagnostic: Diagnostic) {
        guard warningCount < limits.maximumDiagnostics else { return }
        diagnostics.append(diagnostic)
        warningCount += 1
        guard warningCount == limits.maximumDiagnostics else { return }
        diagnostics[diagnostics.count - 1].notes.append(
            Diagnostic.Note("no more warnings of this kind are shown, after \(warningCount)"))
    }

    mutating func stop(_ diagnostic: Diagnostic) {
        report(diagnostic)
        isStopped = true
    }
}
