import Diagnostics
import Synchronization

/// All nodes of a text. Nothing is copied that the source already holds, nor the tree itself, which is large
/// and looked at millions of times.
struct Tree: ~Copyable, Sendable {
    /// A member of a mapping, by the indices of its nodes.
    struct Pair: Sendable {
        var key: UInt32
        var value: UInt32
    }

    let source: SourceText
    /// A place before all nodes, of which the position is known.
    private let origin: Span
    /// Where long nodes end. One that is shared by aliases may be asked for with each of them.
    private let longEnds = Mutex<[UInt32: SourcePosition]>([:])
    var nodes = NodeStore()
    var copiedBytes: [UInt8] = []
    var copiedTexts: [Range<UInt32>] = []
    var listedPairs: [Pair] = []
    /// Where in `listedPairs` the pairs of a mapping are, for those marked `hasPairList`.
    var pairLists: [UInt32: Range<UInt32>] = [:]
    /// How many pairs a mapping has, for those marked `hasPairCount`.
    var pairCounts: [UInt32: Int] = [:]

    init(_ source: SourceText) {
        let start = SourcePosition.start(of: source)
        self.source = source
        origin = Span(start: 0, end: 0, line: start.line, column: start.column)
    }

    /// A tree, empty still, for what comes after another one.
    init(after part: borrowing Tree) {
        source = part.source
        origin = part.lastPlace
    }

    private var lastPlace: Span {
        guard nodes.count > 0 else { return origin }
        let last = nodes[nodes.count - 1].span
        return last.start < origin.start ? origin : last
    }

    /// Where the last node begins that is written, or that one before it: a key may be followed by a value that is not.
    var lastStart: Int? {
        guard nodes.count > 0 else { return nil }
        let last = nodes[nodes.count - 1]
        return Int(last.start == last.end && nodes.count > 1 ? nodes[nodes.count - 2].start : last.start)
    }

    /// Behind the last node that could be read, or behind the beginning of a collection that goes on.
    var lastEnd: Int { nodes.count > 0 ? Int(nodes[nodes.count - 1].end) : 0 }

    /// The node itself, or what it is an alias of.
    @inline(__always)
    func target(of index: UInt32) -> UInt32 {
        let record = nodes[index]
        return record.kind == .alias ? record.payload : index
    }

    /// The first node after this one and all it holds.
    @inline(__always)
    func next(after index: UInt32) -> UInt32 {
        let record = nodes[index]
        switch record.kind {
        case .scalar, .alias: return index + 1
        case .sequence, .mapping: return record.payload
        }
    }

    /// The text of a scalar; empty for a collection.
    /// - Parameter index: not that of an alias.
    @inline(__always)
    func text(of index: UInt32) -> ArraySlice<UInt8> {
        let record = nodes[index]
        guard record.kind == .scalar else { return [] }
        if record.marks.contains(.textIsCopied) {
            let range = copiedTexts[Int(record.payload)]
            return copiedBytes[Int(range.lowerBound)..<Int(range.upperBound)]
        }
        let end = Int(record.end) - (record.style == .quoted ? 1 : 0)
        return source.bytes[(end - Int(record.payload))..<end]
    }

    /// `text` for the time of a call, without a hold on the array.
    @inline(__always)
    func withText<Result>(of index: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let record = nodes[index]
        guard record.kind == .scalar else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        if record.marks.contains(.textIsCopied) { return text(of: index).withUnsafeBufferPointer(body) }
        let end = Int(record.end) - (record.style == .quoted ? 1 : 0)
        return source.bytes.withUnsafeBufferPointer { bytes in
            body(UnsafeBufferPointer(rebasing: bytes[(end - Int(record.payload))..<end]))
        }
    }

    func scalar(of index: UInt32) -> YAMLScalar {
        let record = nodes[index]
        guard record.kind == .scalar else { return .null }
        return YAMLScalar.meaning(of: text(of: index), isPlain: record.style == .plain, tag: record.tag)
            ?? .string(String(decoding: text(of: index), as: UTF8.self))
    }

    func range(of index: UInt32) -> SourceRange {
        SourceRange(nodes[index].span.position, end(of: index))
    }

    private func end(of index: UInt32) -> SourcePosition {
        let span = nodes[index].span
        let fewBytes = 256
        if span.end - span.start <= fewBytes { return counted(to: span.end, from: span) }
        return longEnds.withLock { known in
            let end = known[index] ?? counted(to: span.end, from: span)
            known[index] = end
            return end
        }
    }

    private func counted(to offset: UInt32, from known: Span) -> SourcePosition {
        known.position.moved(over: known.start..<offset, of: source)
    }

    /// Counted from the last node, or from the beginning of the text for a place before it.
    func position(of offset: UInt32) -> SourcePosition {
        let known = lastPlace
        if known.start <= offset { return counted(to: offset, from: known) }
        return SourcePosition.start(of: source).moved(over: 0..<offset, of: source)
    }

    func location(of index: UInt32) -> SourceLocation {
        SourceLocation(file: source.name, range: range(of: index))
    }
}

/// The tree behind the nodes of a text, shared by all of them.
final class YAMLArena: Sendable {
    let tree: Tree

    init(_ tree: consuming Tree) { self.tree = tree }
}
