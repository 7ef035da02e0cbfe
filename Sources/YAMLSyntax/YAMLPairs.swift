/// The keys and values of a mapping in written order, merge keys replaced by what they bring.
package struct YAMLPairs: Collection, Sendable {
    package typealias Element = (key: YAMLNode, value: YAMLNode)

    package struct Index: Comparable, Sendable {
        /// A place in the tree's list of pairs, or the key's node.
        fileprivate let place: UInt32

        package static func < (a: Index, b: Index) -> Bool { a.place < b.place }
    }

    private let arena: YAMLArena
    private let isListed: Bool
    package let startIndex: Index
    package let endIndex: Index

    init(arena: YAMLArena, mapping: UInt32) {
        let record = arena.tree.nodes[mapping]
        self.arena = arena
        isListed = record.marks.contains(.hasPairList)
        if isListed {
            let places = arena.tree.listedPlaces(of: mapping)
            startIndex = Index(place: places.lowerBound)
            endIndex = Index(place: places.upperBound)
        } else {
            let isMapping = record.kind == .mapping
            startIndex = Index(place: isMapping ? mapping + 1 : 0)
            endIndex = Index(place: isMapping ? record.payload : 0)
        }
    }

    package subscript(position: Index) -> Element {
        let pair = arena.tree.pair(at: position.place, isListed: isListed)
        return (YAMLNode(arena: arena, index: pair.key), YAMLNode(arena: arena, index: pair.value))
    }

    package func index(after i: Index) -> Index {
        Index(place: arena.tree.place(after: i.place, isListed: isListed))
    }

    package var isEmpty: Bool { startIndex == endIndex }

    /// As many as `count`, or some more where that is told at once: for the room that is reserved.
    package var roomNeeded: Int {
        let places = Int(endIndex.place - startIndex.place)
        // A mapping of few nodes has no more pairs than half of them.
        return !isListed && places <= fewNodes ? places / 2 : count
    }

    package var count: Int { arena.tree.countOfPairs(startIndex.place..<endIndex.place, isListed: isListed) }

    /// The node that holds the text of a key.
    func key(at position: Index) -> UInt32 {
        arena.tree.target(of: arena.tree.pair(at: position.place, isListed: isListed).key)
    }
}

extension Tree {
    /// Where the pairs of a mapping are: in the list of pairs, or among the nodes. Empty for other nodes.
    func pairExtent(of index: UInt32) -> (places: Range<UInt32>, isListed: Bool) {
        let record = nodes[index]
        guard record.kind == .mapping else { return (0..<0, false) }
        if record.marks.contains(.hasPairList) { return (listedPlaces(of: index), true) }
        return ((index + 1)..<record.payload, false)
    }

    func countOfPairs(_ places: Range<UInt32>, isListed: Bool) -> Int {
        if isListed || places.isEmpty { return places.count }
        let mapping = places.lowerBound - 1
        if nodes[mapping].marks.contains(.hasPairCount) { return pairCounts[mapping] ?? 0 }
        var count = 0
        var place = places.lowerBound
        while place < places.upperBound {
            count += 1
            place = self.place(after: place, isListed: false)
        }
        return count
    }

    /// Where in the list of pairs those of a mapping marked `hasPairList` are.
    func listedPlaces(of index: UInt32) -> Range<UInt32> { pairLists[index] ?? 0..<0 }

    @inline(__always)
    func pair(at place: UInt32, isListed: Bool) -> Pair {
        isListed ? listedPairs[Int(place)] : Pair(key: place, value: next(after: place))
    }

    @inline(__always)
    func place(after place: UInt32, isListed: Bool) -> UInt32 {
        isListed ? place + 1 : next(after: next(after: place))
    }
}

private let fewNodes = 32
