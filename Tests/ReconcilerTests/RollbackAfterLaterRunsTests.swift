import Diagnostics
import Ledger
import Planning
import ProfileModel
import Reconciler
import Sandbox
import Testing

/// What happened between a run and its rollback is not the run's: whoever stands at its addresses by now, the rollback
/// finds the profiles of the run, and lets the others be.
@Suite struct RollbackAfterLaterRunsTests {
    @Test func whatTheRunMadeIsFoundWhereALaterRunMovedIt() async throws {
        let stage = try Stage()
        let run = try await stage.apply(stage.plan([desired("x", ["bike_id:b1"])])).run
        let made = stage.sandbox.world().profiles[0].id
        try await stage.apply(
            stage.plan(
                [desired("x", ["bike_id:b2"]), desired("y", ["bike_id:b1"])], moves: [move("x", to: "y")]))
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.steps.map(\.address) == [address("y")])
        #expect(plan.steps.map(\.before?.id) == [made])
        #expect(plan.diagnostics.map(\.code) == [.rollbackLeaves])
        try await stage.apply(plan)
        #expect(stage.sandbox.world().profiles.map(\.identifiers) == [identifiers(["bike_id:b2"])])
        #expect(try stage.ledger.entries().map(\.address) == [address("x")])
    }

    @Test func aProfileTakenOverAtTheAddressIsNotDeleted() async throws {
        let stage = try Stage()
        let run = try await stage.apply(stage.plan([desired("x", ["bike_id:b1"])])).run
        let other = live(9, ["bike_id:b9"])
        try stage.change { $0.profiles = [other] }
        try stage.ledger.update([.put(entry("x", other))], at: stage.now)
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.steps.isEmpty && plan.blocked.isEmpty)
        #expect(plan.diagnostics.map(\.code) == [.notRolledBack])
        #expect(plan.diagnostics[0].message == "coolbikes/rider/x is another profile by now, which is left alone")
    }

    @Test func oldValuesAreNotWrittenToAnotherProfile() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("x", jane)])
        let run = try await stage.apply(stage.plan([desired("x", ["bike_id:b1"], ["tier": "gold"])])).run
        let other = live(9, ["bike_id:b9"], ["tier": "gold"])
        try stage.change { $0.profiles = [other] }
        try stage.ledger.update([.put(entry("x", other))], at: stage.now)
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.steps.isEmpty && plan.blocked.isEmpty)
        #expect(plan.diagnostics.map(\.code) == [.notRolledBack])
    }

    /// Neither where another one has the address, nor where another one has the identifiers.
    @Test func whatTheRunDeletedDoesNotComeBackInAnothersPlace() async throws {
        let (jane, bob) = (live(1, ["bike_id:b1"]), live(2, ["bike_id:b2"]))
        let stage = try Stage([jane, bob], entries: [entry("x", jane), entry("y", bob)])
        let run = try await stage.apply(stage.plan([])).run
        let other = live(9, ["bike_id:b9"])
        try stage.change { $0.profiles = [other, live(8, ["bike_id:b2"])] }
        try stage.ledger.update([.put(entry("x", other))], at: stage.now)
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.steps.isEmpty && plan.blocked.isEmpty)
        #expect(
            plan.diagnostics.map(\.message) == [
                "coolbikes/rider/x is another profile by now, which is left alone",
                "coolbikes/rider/y is not brought back: another profile has its identifiers by now",
            ])
    }

    /// A profile that a rollback brought back has another id, and is the same one.
    @Test func whatCameBackIsTheProfileOfEarlierRunsToo() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("x", jane)])
        let run = try await stage.apply(stage.plan([desired("x", ["bike_id:b1"], ["tier": "gold"])])).run
        let deletion = try await stage.apply(stage.plan([])).run
        try await stage.apply(stage.rollbackPlan(deletion))
        let back = stage.sandbox.world().profiles[0]
        #expect(back.id != jane.id)
        #expect(try await stage.rollbackPlan(deletion).steps.isEmpty, "it is back")
        try await stage.apply(stage.rollbackPlan(run))
        #expect(stage.sandbox.world().profiles.map(\.attributes) == [["tier": "silver"]])
        #expect(stage.sandbox.world().profiles[0].id == back.id)
    }

    @Test func whatLaterRunsAppliedStaysInTheLedger() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver", "plan": "basic"])
        let stage = try Stage([jane], entries: [entry("jane", jane)])
        let ids = ["bike_id:b1"]
        let run = try await stage.apply(stage.plan([desired("jane", ids, ["tier": "gold", "plan": "basic"])])).run
        try await stage.apply(
            stage.plan([desired("jane", ids + ["locker:l1"], ["tier": "gold", "color": "blue"])]))
        try await stage.apply(stage.rollbackPlan(run))
        let applied = try stage.ledger.entries()[0].lastApplied
        #expect(applied.attributes == ["tier": "silver", "color": "blue"])
        #expect(applied.identifiers == identifiers(ids + ["locker:l1"]))
        #expect(stage.sandbox.world().profiles[0].attributes == ["tier": "silver", "color": "blue"])
        let next = try await stage.plan([desired("jane", ids + ["locker:l1"], ["tier": "silver", "color": "blue"])])
        #expect(next.steps.isEmpty && next.drift.isEmpty)
    }

    /// The run left the address alone, so its rollback does too.
    @Test func anAddressThatALaterRunGaveStays() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("x", jane)])
        let run = try await stage.apply(stage.plan([desired("x", ["bike_id:b1"], ["tier": "gold"])])).run
        try await stage.apply(
            stage.plan([desired("y", ["bike_id:b1"], ["tier": "gold"])], moves: [move("x", to: "y")]))
        try await stage.apply(stage.rollbackPlan(run))
        #expect(try stage.ledger.entries() == [entry("y", jane)])
    }

    /// An identifier that a later run took away was not the run's to bring back.
    @Test func anIdentifierThatALaterRunTookStaysAway() async throws {
        let jane = live(1, ["bike_id:b1", "locker:l1"])
        let stage = try Stage([jane], entries: [entry("x", jane)])
        let run = try await stage.apply(stage.plan([desired("x", ["bike_id:b1", "locker:l1", "helmet:h1"])])).run
        try await stage.apply(stage.plan([desired("x", ["bike_id:b1", "helmet:h1"])]))
        try await stage.apply(stage.rollbackPlan(run))
        #expect(stage.sandbox.world().profiles[0].identifiers == identifiers(["bike_id:b1"]))
        #expect(try stage.ledger.entries()[0].lastApplied.identifiers == identifiers(["bike_id:b1"]))
    }

    /// A former email belongs to somebody else by now: that one profile waits, the others do not.
    @Test func oneConflictDoesNotStopTheRest() async throws {
        let jane = live(1, ["bike_id:b1", "email:old@example.com"], ["tier": "silver"])
        let bob = live(2, ["bike_id:b2"], ["tier": "silver"])
        let stage = try Stage([jane, bob], entries: [entry("jane", jane), entry("bob", bob)])
        let run = try await stage.apply(
            stage.plan([
                desired("jane", ["bike_id:b1", "email:new@example.com"], ["tier": "gold"]),
                desired("bob", ["bike_id:b2"], ["tier": "gold"]),
            ])
        ).run
        try stage.change { $0.profiles.append(live(9, ["bike_id:b9", "email:old@example.com"])) }
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.applyable)
        #expect(plan.steps.map(\.address) == [address("bob")])
        #expect(plan.blocked.map(\.step.address) == [address("jane")])
        #expect(plan.blocked.map(\.reason) == [.conflict])
        let told = try #require(plan.diagnostics.first { $0.severity == .warning && $0.code == .notRolledBack })
        #expect(told.location == nil && told.help == nil && told.notes.isEmpty)
        #expect(
            told.message == "coolbikes/rider/jane is not rolled back: email \"old@example.com\" of "
                + "coolbikes/rider/jane belongs to profile \(id(9)), which is not managed")
    }

    /// The former address is one of the run's own new profiles, which only goes now.
    @Test func aProfileWhoseFormerAddressIsTakenKeepsItsAddress() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("x", jane)])
        let run = try await stage.apply(
            stage.plan(
                [desired("x", ["bike_id:b2"]), desired("y", ["bike_id:b1"], ["tier": "gold"])],
                moves: [move("x", to: "y")])
        ).run
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.applyable && plan.blocked.isEmpty)
        #expect(
            plan.diagnostics.map(\.message).contains(
                "coolbikes/rider/y keeps its address: coolbikes/rider/x, where it was, is another profile by now"))
        try await stage.apply(plan)
        #expect(stage.sandbox.world().profiles.map(\.id) == [jane.id])
        #expect(stage.sandbox.world().profiles[0].attributes == ["tier": "silver"])
        // Once more, and the address is free.
        try await stage.apply(stage.rollbackPlan(run))
        #expect(try stage.ledger.entries() == [entry("x", jane)])
    }

    @Test func aProfileOutsideTheRunIsNotMadeAnew() async throws {
        let (jane, holder) = (live(1, ["bike_id:b1", "locker:l1"]), live(2, ["bike_id:b2", "locker:l1"]))
        let stage = try Stage([jane], entries: [entry("jane", jane)])
        var wish = desired("jane", ["bike_id:b1"])
        wish.identifiersMode = .exclusive
        let run = try await stage.apply(stage.plan([wish])).run
        try stage.ledger.update([.put(entry("holder", holder))], at: stage.now)
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.steps.map(\.address) == [address("jane")])
        #expect(plan.blocked.isEmpty)
        #expect(plan.scope.included.isEmpty)
        #expect(!plan.errored)
    }

    /// Everything is as it was before the run, but for the ledger, which has moved on.
    @Test func whatIsLetGoIsLetGoWhereItIsByNow() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane])
        let run = try await stage.apply(stage.plan([desired("x", ["bike_id:b1"], ["tier": "gold"])])).run
        let now = try stage.ledger.entries()[0]
        var moved = now
        moved.address = address("y")
        try stage.ledger.update([.move(from: now.address, moved)], at: stage.now)
        try stage.change { $0.profiles[0].attributes = ["tier": "silver"] }
        let plan = try await stage.rollbackPlan(run)
        #expect(plan.steps.map(\.action) == [.forget])
        try await stage.apply(plan)
        #expect(try stage.ledger.entries().isEmpty)
    }

    private func move(_ old: String, to new: String) -> AddressMove {
        let place = Origin(file: "moves.yaml", line: 1, column: 1)
        return AddressMove(from: address(old), to: address(new), origin: place, destination: place)
    }
}

/// What the journal says that a run did.
@Suite struct RecordedChangesTests {
    private let before = live(1, ["bike_id:b1"], ["tier": "silver"])

    private func row(
        _ step: Int, _ action: String, _ outcome: JournalOutcome, prior: Profile? = nil, after: ProfileValues? = nil
    ) -> JournalRow {
        let change = after.map { values in
            LedgerChange.put(
                LedgerEntry(
                    address: address("x"), profileID: prior?.id ?? "", userID: prior?.userID, lastApplied: values))
        }
        return JournalRow(
            run: "run-1", step: step, address: address("x"),
            intent: JournalIntent(
                action: action, prior: prior, after: after, change: change ?? .remove(address("x"))),
            priorEntry: prior.map { entry("x", $0) }, intentAt: Timestamp(seconds: 1), outcome: outcome,
            outcomeAt: Timestamp(seconds: 2))
    }

    /// The intent was written, the write was refused for a while, and a second look found everything done.
    @Test(arguments: ["create", "update", "delete"])
    func whatWasFoundDoneWasNotDoneByTheRun(action: String) {
        let row = row(
            1, action, JournalOutcome(.done, detail: "\(before.id), as it was already"),
            prior: action == "create" ? nil : before, after: action == "delete" ? nil : before.values)
        #expect(RecordedRunChanges(run: "run-1", journal: [row]).changes.map(\.deed) == [.onlyRecorded])
    }

    @Test func aProfileInDoubtIsOnlyToldOf() {
        var between = before
        between.identifiers = identifiers(["bike_id:b0"])
        let rows = [
            row(1, "update", JournalOutcome(.done, detail: before.id), prior: before, after: between.values),
            row(2, "update", JournalOutcome(.unknown), prior: between, after: before.values),
        ]
        let record = RecordedRunChanges(run: "run-1", journal: rows)
        #expect(record.changes.isEmpty)
        #expect(record.uncertain == [address("x")])
    }
}
