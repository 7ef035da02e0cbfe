extension ReleaseGraph {
    /// The rings among the nodes: groups in which each waits, directly or not, for every other
    /// (Tarjan's strongly connected components, without recursion). Members and rings in rising order.
    func rings(among nodes: [Int]) -> [[Int]] {
        var search = RingSearch(members: Set(nodes))
        for node in nodes where search.number[node] == nil { search.explore(from: node, self) }
        return search.rings.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }
}

private struct RingSearch {
    let members: Set<Int>
    var number: [Int: Int] = [:]
    var rings: [[Int]] = []
    private var lowest: [Int: Int] = [:]
    private var open: [Int] = []
    private var isOpen: Set<Int> = []

    init(members: Set<Int>) {
        self.members = members
    }

    mutating func explore(from start: Int, _ graph: ReleaseGraph) {
        var path = [enter(start, graph)]
        while var top = path.popLast() {
            guard let next = top.rest.popLast() else {
                leave(top.node, parent: path.last?.node)
                continue
            }
            path.append(top)
            if number[next] == nil {
                path.append(enter(next, graph))
            } else if isOpen.contains(next) {
                lower(top.node, to: number[next])
            }
        }
    }

    private mutating func enter(_ node: Int, _ graph: ReleaseGraph) -> (node: Int, rest: [Int]) {
        lowest[node] = number.count
        number[node] = number.count
        open.append(node)
        isOpen.insert(node)
        return (node, graph.waiting(for: node).filter { members.contains($0) })
    }

    private mutating func leave(_ node: Int, parent: Int?) {
        if let parent { lower(parent, to: lowest[node]) }
        guard lowest[node] == number[node] else { return }
        var ring: [Int] = []
        while let member = open.popLast() {
            isOpen.remove(member)
            ring.append(member)
            if member == node { break }
        }
        if ring.count > 1 { rings.append(ring) }
    }

    private mutating func lower(_ node: Int, to value: Int?) {
        guard let value, let current = lowest[node], value < current else { return }
        lowest[node] = value
    }
}
