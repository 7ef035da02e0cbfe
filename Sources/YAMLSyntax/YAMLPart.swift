package import Diagnostics

/// A document, or a part of a large one: a mapping like the document's root, with some of its members. One of them,
/// itself a mapping, comes in pieces: each part has the next of its members under the same key.
package struct YAMLPart: Sendable {
    package var root: YAMLNode
    /// No part of the document was there before.
    package var isFirst = true
    /// The document has no further part.
    package var isLast = true

    /// A document that is not parted.
    package init(whole root: YAMLNode) { self.root = root }
}

/// Reads a text as `parseYAML` does, but hands over each document while it is read, a large one in parts, so that
/// a text of many megabytes is never there as one tree.
///
/// - Parameters:
///   - key: in the root of a document: its mapping is what comes in pieces.
///   - nodes: so many, keys and values and all inside them, make a part.
///   - use: false when it cannot use a part without the others.
/// - Returns: whether that was all and nothing is wrong with it. Else what was handed over does not count, and the
///   text must be read as a whole: it has a problem, or `use` said so.
package func parseYAML(
    _ source: SourceText, inPartsBy key: String, nodes: UInt32, limits: YAMLLimits = .standard,
    _ use: (YAMLPart) -> Bool
) -> Bool {
    guard refusal(of: source, limits: limits) == nil else { return false }
    let text = ReaderText(source)
    guard text.isSource else { return false }
    var builder = TreeBuilder(
        source: source, limits: limits, parting: TreeBuilder.Parting(by: key, nodes: nodes))
    readEvents(of: text, into: &builder) { $0.handOver(to: use) }
    return builder.diagnostics.isEmpty && !builder.parting.isRefused
}

extension TreeBuilder {
    fileprivate mutating func handOver(to use: (YAMLPart) -> Bool) {
        guard diagnostics.isEmpty else { return refuseParts() }
        let isFirst = !parting.isUnderWay
        let isLast = parting.documentIsOver
        let head = isLast ? nil : endPart()
        guard isLast || head != nil, let root = roots.popLast() else { return }
        let arena = YAMLArena(takeTree())
        let chunk = arena.tree.nodes.firstChunk
        var part = YAMLPart(whole: YAMLNode(arena: arena, index: root))
        (part.isFirst, part.isLast) = (isFirst, isLast)
        if !use(consume part) { return refuseParts() }
        _ = consume arena
        tree.nodes = NodeStore(in: chunk)
        if let head { beginPart(head) } else { finishParts() }
    }
}
