import Diagnostics
import Planning
import ProfileModel
import Testing

/// What must hold of every plan, tried on generated workspaces. The argument of a failing case is its seed.
struct PlanLawTests {
    @Test(arguments: 1...400 as ClosedRange<UInt64>)
    func carryingOutAPlanReachesWhatItPromisesAndLeavesNothingToDo(seed: UInt64) throws {
        var workspace = Workspace(seed: seed)
        let planner = workspace.planner()
        let plan = planner.plan(workspace.world.answers(to: planner), at: Timestamp(seconds: 1))
        checkShape(plan, seed)
        guard !plan.errored else {
            // Rings are the only conflict that these workspaces can have.
            #expect(plan.diagnostics.allSatisfy { $0.code == .identifierRing }, "seed \(seed)")
            return
        }
        workspace.carryOut(plan, seed)
        let again = workspace.planner()
        let rest = again.plan(workspace.world.answers(to: again), at: Timestamp(seconds: 2))
        #expect(rest.steps.isEmpty, "seed \(seed): \(rest.steps)")
        // What the manifests put under another user cannot be reached, nor what waits for it.
        #expect(rest.blocked.map(\.reason) == plan.blocked.map(\.reason), "seed \(seed)")
        let blocked = rest.blocked.map(\.step.address)
        #expect(rest.drift.allSatisfy { blocked.contains($0.address) }, "seed \(seed): \(rest.drift)")
        #expect(!rest.errored)
    }

    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func theWayLiveIsWrittenMakesNoDifference(seed: UInt64) {
        var workspace = Workspace(seed: seed)
        let planner = workspace.planner()
        let plan = planner.plan(workspace.world.answers(to: planner), at: Timestamp(seconds: 1))
        guard !plan.errored, plan.blocked.isEmpty else { return }
        workspace.carryOut(plan, seed)
        workspace.rewrite()
        let again = workspace.planner()
        let rest = again.plan(workspace.world.answers(to: again), at: Timestamp(seconds: 2))
        #expect(rest.steps.isEmpty, "seed \(seed): \(rest.steps)")
        #expect(rest.drift.isEmpty, "seed \(seed): \(rest.drift)")
    }

    private func checkShape(_ plan: Plan, _ seed: UInt64) {
        #expect(plan.steps.map(\.number) == Array(1...(plan.steps.count + 1)).dropLast(), "seed \(seed)")
        var users: [String: Int] = [:]
        for step in plan.steps {
            #expect(step.dependsOn.allSatisfy { $0 < step.number && $0 > 0 }, "seed \(seed)")
            #expect(step.dependsOn == step.dependsOn.sorted() && Set(step.dependsOn).count == step.dependsOn.count)
            if step.action == .update { #expect(!step.fields.isEmpty, "nothing to see, seed \(seed)") }
            #expect((step.request == nil) == (step.action == .adopt || step.action == .forget || step.action == .move))
            #expect(step.request == nil || step.precondition != .none)
            #expect(step.after?.identifiers.isEmpty != true)
            if step.request != nil, let user = step.before?.userID {
                if let previous = users[user] {
                    #expect(reaches(step.number, previous, plan.steps), "two writes to user \(user), seed \(seed)")
                }
                users[user] = step.number
            }
        }
        let addresses =
            plan.steps.filter { !$0.isExtra }.map(\.address) + plan.blocked.map(\.step.address) + plan.unchanged
        #expect(Set(addresses).count == addresses.count, "seed \(seed)")
    }

    private func reaches(_ from: Int, _ to: Int, _ steps: [Step]) -> Bool {
        from == to || steps[from - 1].dependsOn.contains { reaches($0, to, steps) }
    }
}
