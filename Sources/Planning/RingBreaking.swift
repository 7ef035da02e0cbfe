/// The fewest members without which a ring falls apart (a minimum feedback vertex set), or that there are none.
///
/// Each member that is taken out costs a call more in the plan. Rings of real data have one or a few that
/// share members; there the search is complete. For a knot too large for that, members are taken out one
/// by one, the busiest first.
struct RingBreaking {
    private let next: [[Int]]
    private let mayBreak: [Bool]
    private var isOut: [Bool]
    /// How many members may be looked at before the search is given up.
    private var budget = 2_000_000

    /// - Parameters:
    ///   - next: for each member those that wait for it.
    ///   - mayBreak: which members can be taken out.
    init(next: [[Int]], mayBreak: [Bool]) {
        self.next = next
        self.mayBreak = mayBreak
        isOut = Array(repeating: false, count: next.count)
    }

    /// In rising order; nil when no choice of members breaks all rings.
    mutating func fewest() -> [Int]? {
        isOut = mayBreak
        defer { isOut = Array(repeating: false, count: next.count) }
        guard ring() == nil else { return nil }
        isOut = Array(repeating: false, count: next.count)
        for count in 0...next.count {
            if let found = search(count) { return found.sorted() }
            if budget <= 0 { break }
        }
        return many()
    }

    /// At most `count` members that break all rings. Every ring loses one of its members, so it is enough to try
    /// those of any one.
    private mutating func search(_ count: Int) -> [Int]? {
        guard let ring = ring() else { return [] }
        guard count > 0, budget > 0 else { return nil }
        for member in ring.sorted() where mayBreak[member] {
            isOut[member] = true
            if let rest = search(count - 1) { return [member] + rest }
            isOut[member] = false
        }
        return nil
    }

    private mutating func many() -> [Int] {
        isOut = Array(repeating: false, count: next.count)
        var chosen: [Int] = []
        while let ring = ring(), let busiest = ring.filter({ mayBreak[$0] }).max(by: { isLessBusy($0, $1) }) {
            isOut[busiest] = true
            chosen.append(busiest)
        }
        // What was taken out early may have become superfluous.
        for member in chosen {
            isOut[member] = false
            if ring() != nil { isOut[member] = true }
        }
        return chosen.filter { isOut[$0] }.sorted()
    }

    private func isLessBusy(_ a: Int, _ b: Int) -> Bool { (next[a].count, b) < (next[b].count, a) }

    /// Some ring among the members that are left: a short one where there are few, any where there are many.
    private mutating func ring() -> [Int]? {
        guard next.count <= 64 else { return anyRing() }
        var shortest: [Int]?
        for start in next.indices where !isOut[start] {
            if let ring = shortestRing(through: start), ring.count < shortest?.count ?? .max { shortest = ring }
        }
        return shortest
    }

    private mutating func shortestRing(through start: Int) -> [Int]? {
        var previous: [Int: Int] = [:]
        var queue = [start]
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            budget -= 1
            for follower in next[node] where !isOut[follower] {
                if follower == start { return path(to: node, from: start, previous) }
                if previous[follower] == nil {
                    previous[follower] = node
                    queue.append(follower)
                }
            }
        }
        return nil
    }

    private func path(to end: Int, from start: Int, _ previous: [Int: Int]) -> [Int] {
        var path = [end]
        while let last = path.last, last != start, let before = previous[last] { path.append(before) }
        return path
    }

    private mutating func anyRing() -> [Int]? {
        enum Mark { case new, open, closed }
        var marks = Array(repeating: Mark.new, count: next.count)
        for start in next.indices where marks[start] == .new && !isOut[start] {
            var path = [start]
            var tried = [0]
            marks[start] = .open
            while let node = path.last, let place = tried.last {
                guard place < next[node].count else {
                    marks[node] = .closed
                    path.removeLast()
                    tried.removeLast()
                    continue
                }
                tried[tried.count - 1] += 1
                let follower = next[node][place]
                guard !isOut[follower] else { continue }
                budget -= 1
                switch marks[follower] {
                case .closed: break
                case .open: return Array(path[(path.lastIndex(of: follower) ?? 0)...])
                case .new:
                    marks[follower] = .open
                    path.append(follower)
                    tried.append(0)
                }
            }
        }
        return nil
    }
}
