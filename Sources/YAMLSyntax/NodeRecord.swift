import Diagnostics

/// A node as it lies in the arena: 24 bytes. Nodes stand in written order, a collection before its members.
struct NodeRecord: Sendable {
    enum Kind: UInt8 { case scalar, sequence, mapping, alias }

    enum Style: UInt8 { case plain, quoted, block }

    /// What else the payload and the side tables of the tree say of the node.
    struct Marks: OptionSet {
        let rawValue: UInt8
        /// The text differs from the bytes of the source and was copied.
        static let textIsCopied = Marks(rawValue: 1)
        /// The pairs of the mapping are not its members as written: keys were merged or left out.
        static let hasPairList = Marks(rawValue: 2)
        /// The mapping has so many pairs that they were counted once for all.
        static let hasPairCount = Marks(rawValue: 4)
    }

    var span: Span
    /// A scalar: the length of its text, or the place in the table of copied texts.
    /// A collection: the index of the first node after it. An alias: the index of its target.
    var payload: UInt32
    var kind: Kind
    var style: Style = .plain
    var tag: TagMeaning = .none
    var marks: Marks = []

    var start: UInt32 { span.start }
    var end: UInt32 { span.end }
}

/// Where something is written.
struct Span: Sendable {
    /// Byte offsets into the source.
    var start: UInt32
    var end: UInt32
    /// Of the start, as libyaml counts them: from 1.
    var line: UInt32
    var column: UInt32

    var position: SourcePosition { SourcePosition(line: line, column: column) }
}
