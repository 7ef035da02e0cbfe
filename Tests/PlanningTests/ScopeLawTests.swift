import Planning
import ProfileModel
import Testing

/// A scoped plan is the part of the full plan that concerns its lines, and reads no more than it needs.
/// Each case prints its seed.
struct ScopeLawTests {
    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func aScopedPlanIsTheFullPlanRestrictedToItsScope(seed: UInt64) {
        var random = SeededRandom(seed &+ 1000)
        let workspace = Workspace(seed: seed)
        let all = Set(workspace.desired.map(\.address) + workspace.ledger.map(\.address))
        let chosen = all.filter { _ in Bool.random(using: &random) }
        let (full, _) = plan(workspace, nil)
        let (scoped, lookups) = plan(workspace, PlanSelection(chosen: chosen))

        let inside = chosen.union(scoped.scope.included.map(\.address))
        #expect(Set(scoped.scope.included.map(\.address)).isDisjoint(with: chosen), "seed \(seed)")
        #expect(bare(scoped.steps) == bare(full.steps.filter { inside.contains($0.address) }), "seed \(seed)")
        let blocked = full.blocked.filter { inside.contains($0.step.address) }
        #expect(bare(scoped.blocked.map(\.step)) == bare(blocked.map(\.step)), "seed \(seed)")
        #expect(scoped.blocked.map(\.reason) == blocked.map(\.reason), "seed \(seed)")
        #expect(scoped.unchanged == full.unchanged.filter { inside.contains($0) }, "seed \(seed)")
        #expect(scoped.drift == full.drift.filter { inside.contains($0.address) }, "seed \(seed)")
        let moved = Dictionary(uniqueKeysWithValues: workspace.moves.map { ($0.from, $0.to) })
        let known = Set(
            workspace.ledger.filter { inside.contains(moved[$0.address] ?? $0.address) }.map(\.profileID))
        for case .profile(let id) in lookups { #expect(known.contains(id), "seed \(seed): \(id) was read") }
        if inside.isEmpty { #expect(lookups.isEmpty, "seed \(seed)") }
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func whatIsExcludedStaysAsItIs(seed: UInt64) {
        var random = SeededRandom(seed &+ 2000)
        let workspace = Workspace(seed: seed)
        let all = Set(workspace.desired.map(\.address) + workspace.ledger.map(\.address))
        let excluded = all.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
        let (full, _) = plan(workspace, nil)
        let (scoped, _) = plan(workspace, PlanSelection(chosen: all.subtracting(excluded), excluded: excluded))

        #expect(scoped.steps.allSatisfy { !excluded.contains($0.address) }, "seed \(seed)")
        let missing = Set(full.steps.map(\.address)).subtracting(excluded).subtracting(scoped.steps.map(\.address))
        // What cannot go on is told, with the reason.
        #expect(missing.isSubset(of: scoped.blocked.map(\.step.address)), "seed \(seed)")
    }

    private func plan(_ workspace: Workspace, _ selection: PlanSelection?) -> (Plan, lookups: [Lookup]) {
        let planner = workspace.planner(selection)
        let live = workspace.world.answers(to: planner)
        return (planner.plan(live, at: Timestamp(seconds: 1)), Array(live.answers.keys))
    }

    /// Without what the order of execution adds, and what the profiles of others tell of users.
    private func bare(_ steps: [Step]) -> [Step] {
        steps.map { step in
            var step = step
            step.number = 0
            step.dependsOn = []
            step.sideEffects = []
            return step
        }.sorted { $0.address < $1.address }
    }
}
