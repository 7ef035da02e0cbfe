import Diagnostics
import Ledger
import Planning
import ProfileModel
import Reconciler
import Sandbox
import Testing

@Suite struct RollbackTests {
    @Test func whatTheRunChangedIsAsBeforeAndWhatOthersDidSinceStays() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver", "theirs": "1"])
        let stage = try Stage([jane], entries: [entry("jane", jane, applied: ["tier": "silver"])])
        let run = try await stage.apply(stage.plan([desired("jane", ["bike_id:b1"], ["tier": "gold", "new": "x"])])).run
        try stage.change { $0.profiles[0].attributes["theirs"] = "2" }
        let plan = try await stage.rollbackPlan(run)
        #expect(
            plan.steps.flatMap(\.fields) == [
                FieldChange(.attributeRemoved(path: ["new"], "x"), .restored),
                FieldChange(.attributeChanged(path: ["tier"], from: "gold", to: "silver"), .restored),
            ])
        #expect(plan.diagnostics.map(\.code) == [.changedSinceRun])
        #expect(try await stage.apply(plan).counts.done == 1)
        #expect(stage.sandbox.world().profiles[0].attributes == ["tier": "silver", "theirs": "2"])
        #expect(try stage.ledger.entries() == [entry("jane", jane, applied: ["tier": "silver"])])
    }

    /// What was never ours must not become ours by going back, or the next plan would remove it.
    @Test func aPlanOfTheOldManifestsIsEmptyThen() async throws {
        let jane = live(1, ["bike_id:b1", "email:old@example.com"], ["tier": "silver", "theirs": "1"])
        let stage = try Stage([jane])
        let old = [desired("jane", ["bike_id:b1"], ["tier": "silver"])]
        try await stage.apply(stage.plan(old))
        let run = try await stage.apply(stage.plan([desired("jane", ["bike_id:b1", "email:new@example.com"], [:])])).run
        try await stage.apply(stage.rollbackPlan(run))
        #expect(try await stage.plan(old).steps.isEmpty)
        let world = stage.sandbox.world().profiles[0]
        #expect(world.attributes == jane.attributes)
        #expect(Set(world.identifiers) == Set(jane.identifiers))
    }

    @Test func whatTheRunCreatedIsDeletedAgainWhereDeletesAreAllowed() async throws {
        let stage = try Stage()
        let run = try await stage.apply(stage.plan([desired("ann", ["bike_id:b1"]), desired("bob", ["bike_id:b2"])]))
            .run
        let blocked = try await stage.rollbackPlan(run, policy: PlanPolicy())
        #expect(blocked.steps.isEmpty)
        #expect(blocked.blocked.map(\.reason) == [.deletesAreOff, .deletesAreOff])
        try await stage.apply(stage.rollbackPlan(run))
        #expect(stage.sandbox.world().profiles.isEmpty)
        #expect(try stage.ledger.entries().isEmpty)
    }

    @Test func whatTheRunDeletedComesBackUnderItsUserWithANewID() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver", "theirs": "1"])
        let stage = try Stage([jane], entries: [entry("jane", jane, applied: ["tier": "silver"])])
        let run = try await stage.apply(stage.plan([])).run
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.diagnostics.map(\.code) == [.rollbackLeaves])
        try await stage.apply(plan)
        let back = try #require(stage.sandbox.world().profiles.first)
        #expect(back.id != jane.id)
        #expect(back.userID == jane.userID)
        #expect(back.attributes == jane.attributes)
        #expect(try stage.ledger.entries().map(\.lastApplied.attributes) == [["tier": "silver"]])
        #expect(try stage.ledger.entries().map(\.profileID) == [back.id])
    }

    /// The ledger lets go of a profile that the run only took over, and the profile stays.
    @Test func whatTheRunTookOverIsNotManagedAnyMore() async throws {
        let (same, other) = (live(1, ["bike_id:b1"], ["tier": "gold"]), live(2, ["bike_id:b2"], ["tier": "silver"]))
        let stage = try Stage([same, other])
        let wanted = [
            desired("same", ["bike_id:b1"], ["tier": "gold"]), desired("other", ["bike_id:b2"], ["tier": "gold"]),
        ]
        let run = try await stage.apply(stage.plan(wanted)).run
        #expect(try stage.ledger.entries().count == 2)
        let report = try await stage.apply(stage.rollbackPlan(run))
        #expect(report.counts.done == 2)
        #expect(try stage.ledger.entries().isEmpty)
        #expect(stage.sandbox.world().profiles.map(\.attributes) == [["tier": "gold"], ["tier": "silver"]])
        #expect(try await stage.rollbackPlan(run).steps.isEmpty, "a second time there is nothing to do")
        // And back again.
        try await stage.apply(stage.rollbackPlan(report.run))
        #expect(try await stage.plan(wanted).steps.isEmpty)
    }

    @Test func onlyWhatWasDoneIsTakenBack() async throws {
        let profiles = (1...3).map { live($0, ["bike_id:b\($0)"], ["tier": "silver"]) }
        let entries = (1...3).map { entry("rider-\($0)", profiles[$0 - 1]) }
        let stage = try Stage(profiles, entries: entries, faults: ["422,method=PATCH,nth=2"])
        let report = try await stage.apply(
            stage.plan((1...3).map { desired("rider-\($0)", ["bike_id:b\($0)"], ["tier": "gold"]) }), parallelism: 1,
            isFailFast: true)
        let plan = try await stage.rollbackPlan(report.run)
        #expect(plan.steps.map(\.address) == [address("rider-1")])
        try await stage.apply(plan)
        #expect(stage.sandbox.world().profiles.allSatisfy { $0.attributes == ["tier": "silver"] })
    }

    @Test func whatIsGoneSinceIsNotMadeAnew() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("jane", jane)])
        let run = try await stage.apply(stage.plan([desired("jane", ["bike_id:b1"], ["tier": "gold"])])).run
        try stage.change { $0.profiles = [] }
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.steps.isEmpty)
        #expect(plan.diagnostics.map(\.code) == [.notRolledBack])
    }

    @Test func aMoveIsTakenBackToo() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("old", jane)])
        let move = AddressMove(
            from: address("old"), to: address("new"), origin: Origin(file: "a", line: 1, column: 1),
            destination: Origin(file: "a", line: 1, column: 1))
        let run = try await stage.apply(
            stage.plan([desired("new", ["bike_id:b1"], ["tier": "gold"])], moves: [move])
        ).run
        #expect(try stage.ledger.entries().map(\.address.name) == ["new"])
        try await stage.apply(stage.rollbackPlan(run))
        #expect(try stage.ledger.entries() == [entry("old", jane)])
        #expect(stage.sandbox.world().profiles[0].attributes == ["tier": "silver"])
    }

    /// Limits are parts of all that is managed, not of what the run touched.
    @Test func limitsCountTheWholeLedger() async throws {
        let profiles = (1...10).map { live($0, ["bike_id:b\($0)"], ["tier": "silver"]) }
        let stage = try Stage(profiles, entries: profiles.indices.map { entry("rider-\($0)", profiles[$0]) })
        let run = try await stage.apply(
            stage.plan(
                profiles.indices.map {
                    desired("rider-\($0)", ["bike_id:b\($0 + 1)"], ["tier": $0 < 2 ? "gold" : "silver"])
                })
        ).run
        #expect(try await stage.rollbackPlan(run, policy: PlanPolicy(maxUpdate: .percent(20))).steps.count == 2)
        #expect(try await stage.rollbackPlan(run, policy: PlanPolicy(maxUpdate: .percent(10))).blocked.count == 2)
    }
}
