import Diagnostics

/// Aliases refer to their target and copy nothing. What they would add to the text, written out, is
/// counted all the same, so that no reader of the tree gets lost in it.
extension TreeBuilder {
    mutating func alias(_ name: String, at span: Span) {
        let index = tree.nodes.count
        guard let anchor = anchors[name], let extent = anchor.extent else {
            addPlaceholder(at: span)
            report(unusableAlias(name, at: index))
            return
        }
        tree.nodes.append(NodeRecord(span: span, payload: anchor.node, kind: .alias))
        aliasedNodes += extent.nodes
        guard aliasedNodes <= aliasAllowance else {
            let message = "the aliases stand for more than \(aliasAllowance) nodes"
            return stop(Diagnostic(.aliasLimit, message, at: tree.location(of: index)))
        }
        guard outerFrames.count + extent.height <= limits.maximumDepth else { return stopForDepth(at: index) }
        frame.add(height: extent.height, aliasedNodes: extent.nodes)
        if frame.expectsKey { addKey(index, content: anchor.node) }
        frame.add(end: span.end)
    }

    var aliasAllowance: Int { limits.maximumAliasedNodes + limits.aliasedNodesPerNode * Int(tree.nodes.count) }

    /// An empty scalar in the place of an alias that leads nowhere.
    private mutating func addPlaceholder(at span: Span) {
        let index = tree.nodes.count
        tree.nodes.append(NodeRecord(span: span, payload: 0, kind: .scalar))
        if frame.expectsKey { addKey(index, content: index) }
        frame.add(end: span.end)
    }

    private func unusableAlias(_ name: String, at index: UInt32) -> Diagnostic {
        let location = tree.location(of: index)
        guard let open = anchors[name] else {
            return Diagnostic(
                .unknownAlias, "no anchor &\(name) before this alias", at: location,
                help: "anchors hold until the end of their document")
        }
        let start = tree.nodes[open.node].span.position
        let place = SourceRange(start, start)
        return Diagnostic(
            .unknownAlias, "the alias *\(name) stands inside the node that it names", at: location,
            notes: [
                Diagnostic.Note("the anchor is here", at: SourceLocation(file: tree.source.name, range: place))
            ])
    }
}
