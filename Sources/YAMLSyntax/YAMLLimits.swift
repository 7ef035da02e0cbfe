/// How much of a text is accepted. A text beyond a limit gets a diagnostic, never a hang or a crash.
package struct YAMLLimits: Sendable, Hashable {
    /// Collections inside each other, aliases followed; the outermost is the first.
    package var maximumDepth = 64
    /// Bytes of one scalar, after quoting and folding.
    package var maximumScalarBytes = 1 << 20
    /// Nodes that the aliases of one text add to those written, for a reader that follows them all.
    package var maximumAliasedNodes = 100_000
    /// So many more are allowed for each node that is written: a large file may use one anchor everywhere.
    package var aliasedNodesPerNode = 8
    /// Bytes of the whole text. Offsets are kept in 32 bits: never more than `UInt32.max`.
    package var maximumBytes = 1 << 30
    /// Problems told of one text; reading stops there.
    package var maximumDiagnostics = 1_000

    package init(
        maximumDepth: Int = 64, maximumScalarBytes: Int = 1 << 20, maximumAliasedNodes: Int = 100_000,
        aliasedNodesPerNode: Int = 8, maximumBytes: Int = 1 << 30, maximumDiagnostics: Int = 1_000
    ) {
        self.maximumDepth = maximumDepth
        self.maximumScalarBytes = maximumScalarBytes
        self.maximumAliasedNodes = maximumAliasedNodes
        self.aliasedNodesPerNode = aliasedNodesPerNode
        self.maximumBytes = maximumBytes
        self.maximumDiagnostics = maximumDiagnostics
    }

    package static let standard = YAMLLimits()
}
