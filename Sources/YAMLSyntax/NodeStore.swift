/// The records in chunks, so that growing never copies what is there: the peak of memory is what is kept.
struct NodeStore: Sendable {
    private static let shift: UInt32 = 14
    private static let mask: UInt32 = (1 << shift) - 1

    private var chunks: [ContiguousArray<NodeRecord>] = [[]]
    private(set) var count: UInt32 = 0

    mutating func append(_ record: NodeRecord) {
        if count & Self.mask == 0, count > 0 {
            var chunk = ContiguousArray<NodeRecord>()
            chunk.reserveCapacity(1 << Self.shift)
            chunks.append(chunk)
        }
        chunks[chunks.count - 1].append(record)
        count += 1
    }

    subscript(index: UInt32) -> NodeRecord {
        get { chunks[Int(index >> Self.shift)][Int(index & Self.mask)] }
        _modify { yield &chunks[Int(index >> Self.shift)][Int(index & Self.mask)] }
    }
}
