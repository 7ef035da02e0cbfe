/// The records in chunks, so that growing never copies what is there: the peak of memory is what is kept.
struct NodeStore: ~Copyable, Sendable {
    private static let shift: UInt32 = 14
    private static let mask: UInt32 = (1 << shift) - 1

    private var full: [ContiguousArray<NodeRecord>] = []
    private var last: ContiguousArray<NodeRecord>
    private(set) var count: UInt32 = 0

    /// - Parameter chunk: its memory is used, what is in it is not.
    init(in chunk: consuming ContiguousArray<NodeRecord> = []) {
        chunk.removeAll(keepingCapacity: true)
        last = chunk
    }

    /// The first chunk, for the memory of a store that comes after this one.
    var firstChunk: ContiguousArray<NodeRecord> { full.first ?? last }

    @inline(__always)
    mutating func append(_ record: NodeRecord) {
        if last.count == 1 << Self.shift {
            full.append(last)
            last = []
            last.reserveCapacity(1 << Self.shift)
        }
        last.append(record)
        count += 1
    }

    subscript(index: UInt32) -> NodeRecord {
        @inline(__always) get {
            let chunk = Int(index >> Self.shift)
            return chunk < full.count ? full[chunk][Int(index & Self.mask)] : last[Int(index & Self.mask)]
        }
        @inline(__always) set {
            let chunk = Int(index >> Self.shift)
            if chunk < full.count {
                full[chunk][Int(index & Self.mask)] = newValue
            } else {
                last[Int(index & Self.mask)] = newValue
            }
        }
    }
}
