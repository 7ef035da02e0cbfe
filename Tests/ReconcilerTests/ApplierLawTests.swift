import Ledger
import Planning
import ProfileModel
import Reconciler
import Sandbox
import Testing

/// What holds for every graph of steps, whatever fails on the way.
@Suite struct ApplierLawTests {
    @Test(arguments: 0..<25)
    func stepsFollowWhatTheyDependOnAndClassesAddUp(seed: UInt64) async throws {
        var random = Dice(seed: seed)
        let steps = (1...30).map { number in
            creation(number, dependsOn: (1..<number).filter { _ in random.next(below: 12) == 0 })
        }
        let faults =
            random.next(below: 3) == 0
            ? [] : ["400,rate=0.05,method=PUT", "cut-after,rate=0.05,method=PUT", "cut-before,rate=0.03,method=GET"]
        let stage = try Stage(faults: faults)
        let report = try await stage.apply(stage.plan(of: steps), parallelism: 1 + random.next(below: 12))

        let counts = report.counts
        #expect(counts.done + counts.failed + counts.stale + counts.unknown + counts.notAttempted == 30, "seed \(seed)")
        #expect(report.lines.map(\.step.number) == Array(1...30), "seed \(seed)")
        var order: [Int: Int] = [:]
        for (index, write) in stage.sandbox.writes.enumerated() {
            let number = try #require(Int(write.split(separator: "b").last ?? ""), "seed \(seed): \(write)")
            #expect(order[number] == nil, "seed \(seed): step \(number) was made twice")
            order[number] = index
        }
        for line in report.lines {
            guard let position = order[line.step.number] else { continue }
            for dependency in line.step.dependsOn {
                let before = try #require(order[dependency], "seed \(seed)")
                #expect(before < position, "seed \(seed): \(line.step.number) before \(dependency)")
            }
        }
        try expectTruth(report, stage, seed)
    }

    /// The ledger knows exactly what was done, and the service has nothing that the report does not admit.
    private func expectTruth(_ report: ApplyReport, _ stage: Stage, _ seed: UInt64) throws {
        var done: Set<String> = []
        var possible: Set<String> = []
        for line in report.lines {
            switch line.outcome {
            case .done: done.insert(line.step.address.name)
            case .unknown: possible.insert(line.step.address.name)
            case .failed, .stale, .notAttempted: break
            }
        }
        #expect(try Set(stage.ledger.entries().map(\.address.name)) == done, "seed \(seed)")
        let live = Set(stage.sandbox.world().profiles.map { "rider-\($0.identifiers[0].value.dropFirst())" })
        #expect(done.isSubset(of: live), "seed \(seed)")
        #expect(live.isSubset(of: done.union(possible)), "seed \(seed)")
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct Dice {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(limit))
    }
}
