import Planning
import ProfileModel
import Testing

struct PlanPolicyTests {
    /// Of `kept + gone` managed profiles, what becomes of those that are gone from the manifests?
    private func blocked(_ policy: PlanPolicy, kept: Int, gone: Int, protected: Int = 0) -> [BlockedStep.Reason] {
        let names = (0..<(kept + gone)).map { "p\($0 + 100)" }
        let plan = planner(
            names.prefix(kept).map { desired($0, ["member:\($0)"]) },
            names.enumerated().map {
                applied($1, id: $1, ["member:\($1)"], user: $1, preventDestroy: $0 >= kept && $0 < kept + protected)
            }, policy: policy
        ).plan(seeing: names.map { live($0, ["member:\($0)"], user: $0) })
        #expect(plan.steps.count + plan.blocked.count == gone)
        #expect(plan.blocked.allSatisfy { $0.step.action == .delete && $0.step.request != nil })
        return plan.blocked.map(\.reason)
    }

    @Test func deletesAreOffUnlessAllowed() {
        #expect(blocked(PlanPolicy(), kept: 3, gone: 2) == [.deletesAreOff, .deletesAreOff])
        #expect(blocked(PlanPolicy(allowDelete: true), kept: 3, gone: 2).isEmpty)
    }

    @Test func `what a hidden manifest describes is kept`() {
        let planner = planner(
            [desired("kept", ["member:1"])],
            [
                applied("gone", id: "P2", ["member:2"], user: "2"),
                applied("hidden", id: "P3", ["member:3"], user: "3"),
                applied("kept", id: "P1", ["member:1"], user: "1"), applied("lost", id: "P4", ["member:4"], user: "4"),
            ],
            policy: PlanPolicy(allowDelete: true, maxDelete: .count(1)))
        let profiles = ["1", "2", "3"].map { (id: String) in live("P\(id)", ["member:\(id)"], user: id) }
        #expect(planner.plan(seeing: profiles).restsOnMissingDescriptions)
        let plan = planner.keeping([address("hidden"): "a.yaml", address("lost"): "b.yaml", address("kept"): "c.yaml"])
            .plan(seeing: profiles)
        #expect(plan.steps.map(\.address) == [address("gone")])
        #expect(plan.blocked.map(\.reason) == [.notCheckedOut(file: "a.yaml"), .notCheckedOut(file: "b.yaml")])
        #expect(plan.unchanged == [address("kept")])
    }

    @Test(arguments: [true, false]) func `removed gives up nothing that is described`(destroy: Bool) {
        let planner = planner(
            [desired("kept", ["member:1"])],
            [applied("gone", id: "P2", ["member:2"], user: "2"), applied("kept", id: "P1", ["member:1"], user: "1")],
            removals: [removed("gone", destroy: destroy)], policy: PlanPolicy(allowDelete: true))
        let profiles = ["1", "2"].map { (id: String) in live("P\(id)", ["member:\(id)"], user: id) }
        let plan = planner.plan(seeing: profiles)
        #expect(plan.steps.map(\.action) == [destroy ? .delete : .forget])
        #expect(plan.restsOnMissingDescriptions)
        let careful = planner.keeping([address("gone"): "a.yaml"]).plan(seeing: profiles)
        #expect(careful.steps.isEmpty)
        #expect(careful.blocked.map(\.reason) == [.notCheckedOut(file: "a.yaml")])
    }

    @Test func protectionIsRememberedWhenTheManifestIsGone() {
        let policy = PlanPolicy(allowDelete: true, allowDeleteAll: true)
        #expect(blocked(policy, kept: 3, gone: 2, protected: 1) == [.preventDestroy])
        #expect(blocked(PlanPolicy(), kept: 3, gone: 1, protected: 1) == [.preventDestroy])
    }

    @Test func deletingEverythingNeedsMoreThanDeleting() {
        let two = BlockedStep.Reason.deletesEverything(count: 2)
        #expect(blocked(PlanPolicy(allowDelete: true), kept: 0, gone: 2) == [two, two])
        #expect(blocked(PlanPolicy(allowDelete: true), kept: 0, gone: 2, protected: 1) == [.preventDestroy, two])
        #expect(blocked(PlanPolicy(allowDelete: true, allowDeleteAll: true), kept: 0, gone: 2).isEmpty)
        #expect(blocked(PlanPolicy(allowDeleteAll: true), kept: 0, gone: 2).isEmpty)
    }

    @Test func aManifestSetThatOnlyCreatesDeletesEverythingToo() {
        let plan = planner([desired("new", ["member:new"])], [applied(id: "P1")], policy: PlanPolicy(allowDelete: true))
            .plan(seeing: [live()])
        #expect(plan.blocked.map(\.reason) == [.deletesEverything(count: 1)])
        #expect(plan.steps.map(\.action) == [.create])
    }

    @Test(
        arguments: [
            (Threshold.percent(10), 0, 8, 2, 1), (.percent(10), 2, 8, 2, nil), (.percent(10), 10, 18, 2, nil),
            (.percent(20), 0, 8, 2, nil), (.percent(19.9), 0, 8, 2, 1), (.percent(10), 3, 6, 4, 3),
            (.count(2), 0, 8, 3, 2), (.count(2), 10, 8, 3, 2), (.count(3), 0, 8, 3, nil), (.percent(0), 0, 8, 1, 0),
            (.percent(.nan), 0, 8, 1, 0), (.percent(.infinity), 0, 8, 2, nil), (.count(-1), 0, 8, 1, 0),
        ] as [(Threshold, Int, Int, Int, Int?)])
    func tooManyDeletesAreBlocked(_ threshold: Threshold, _ floor: Int, _ kept: Int, _ gone: Int, _ limit: Int?) {
        let policy = PlanPolicy(allowDelete: true, maxDelete: threshold, maxDeleteFloor: floor)
        let reason = limit.map { BlockedStep.Reason.tooManyDeletes(count: gone, limit: $0, of: kept + gone) }
        #expect(blocked(policy, kept: kept, gone: gone) == (reason.map { Array(repeating: $0, count: gone) } ?? []))
    }

    @Test func whatIsLetGoIsNeitherDeletedNorLeftOver() {
        let names = ["a", "b", "c"]
        let plan = planner(
            [], names.map { applied($0, id: $0, ["member:\($0)"], user: $0) }, removals: [removed("a"), removed("b")],
            policy: PlanPolicy(allowDelete: true)
        ).plan(seeing: names.map { live($0, ["member:\($0)"], user: $0) })
        #expect(plan.steps.map(\.action) == [.forget, .forget])
        #expect(plan.blocked.map(\.reason) == [.deletesEverything(count: 1)])
    }

    @Test(
        arguments: [(Threshold.percent(50), 2, nil), (.percent(50), 3, 2), (.count(2), 3, 2), (.count(3), 3, nil)]
            as [(Threshold, Int, Int?)])
    func tooManyUpdatesAreBlocked(_ threshold: Threshold, _ changed: Int, _ limit: Int?) {
        let names = (0..<4).map { "p\($0)" }
        let plan = planner(
            names.enumerated().map { desired($1, ["member:\($1)"], $0 < changed ? ["x": "1"] : [:]) },
            names.map { applied($0, id: $0, ["member:\($0)"], user: $0) }, policy: PlanPolicy(maxUpdate: threshold)
        ).plan(seeing: names.map { live($0, ["member:\($0)"], user: $0) })
        let reason = limit.map { BlockedStep.Reason.tooManyUpdates(count: changed, limit: $0, of: 4) }
        #expect(plan.blocked.map(\.reason) == (reason.map { Array(repeating: $0, count: changed) } ?? []))
        #expect(plan.steps.count == (limit == nil ? changed : 0))
    }
}
