import Testing

@testable import Planning

struct RingBreakingTests {
    @Test func noRingNeedsNothing() {
        #expect(fewest([[1], [2], []]) == [])
    }

    @Test func oneMemberBreaksARingOfAnyLength() {
        for length in [2, 3, 10, 100, 5000] {
            #expect(fewest((0..<length).map { [($0 + 1) % length] }) == [0])
        }
    }

    @Test func theMemberThatTwoRingsShareBreaksBoth() {
        #expect(fewest([[1], [2], [0, 3], [4], [2]]) == [2])
    }

    @Test func onlyMembersThatMayAreChosen() {
        #expect(fewest([[1], [2], [0]], mayBreak: [false, false, true]) == [2])
        #expect(fewest([[1], [2], [0]], mayBreak: [false, false, false]) == nil)
        #expect(fewest([[1], [0, 2], [1]], mayBreak: [true, false, true]) == [0, 2])
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func noSmallerChoiceBreaksAllRings(seed: UInt64) {
        var random = SeededRandom(seed)
        let count = Int.random(in: 2...7, using: &random)
        let next = (0..<count).map { node in
            (0..<count).filter { $0 != node && Int.random(in: 0..<3, using: &random) == 0 }
        }
        let mayBreak = (0..<count).map { _ in Int.random(in: 0..<5, using: &random) > 0 }
        let choices = (0..<(1 << count)).filter { choice in
            (0..<count).allSatisfy { choice >> $0 & 1 == 0 || mayBreak[$0] } && isAcyclic(next, without: choice)
        }
        let least = choices.map(\.nonzeroBitCount).min()
        let found = fewest(next, mayBreak: mayBreak)
        #expect(found?.count == least, "seed \(seed)")
        if let found {
            #expect(isAcyclic(next, without: found.reduce(0) { $0 | 1 << $1 }), "seed \(seed)")
            #expect(found.allSatisfy { mayBreak[$0] }, "seed \(seed)")
        }
    }

    @Test func aKnotTooLargeForTheSearchIsBrokenAllTheSame() throws {
        let count = 120
        let next = (0..<count).map { node in (0..<count).filter { $0 != node } }
        #expect(try #require(fewest(next)).count == count - 1)
    }

    private func fewest(_ next: [[Int]], mayBreak: [Bool]? = nil) -> [Int]? {
        var breaking = RingBreaking(next: next, mayBreak: mayBreak ?? next.map { _ in true })
        return breaking.fewest()
    }

    /// By taking away, again and again, those whom nobody keeps waiting.
    private func isAcyclic(_ next: [[Int]], without out: Int) -> Bool {
        var left = Set(next.indices.filter { out >> $0 & 1 == 0 })
        while let free = left.first(where: { node in !left.contains { next[$0].contains(node) } }) { left.remove(free) }
        return left.isEmpty
    }
}
