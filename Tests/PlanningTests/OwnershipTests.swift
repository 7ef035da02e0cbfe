import Diagnostics
import Planning
import ProfileModel
import Testing

struct OwnershipTests {
    @Test func aKeyThatSelectsTheProfileOfAnotherAddressIsAConflict() throws {
        let planner = planner(
            [desired("new", ["email:jane@example.com"]), desired("old", ["email:jane@example.com"])],
            [applied("old", id: "P1")])
        let plan = planner.plan(seeing: [live("P1")])
        #expect(plan.diagnostics.map(\.code) == [.identifierOwnedElsewhere])
        #expect(plan.diagnostics.first?.message.contains("coolbikes/rider/old") == true)
        #expect(plan.diagnostics.first?.location?.file == "profiles/riders.yaml")
        #expect(plan.blocked.map(\.step.address) == [address("new")])
        #expect(plan.blocked.map(\.reason) == [.conflict])
        #expect(plan.unchanged == [address("old")])
        #expect(!plan.applyable)
    }

    @Test func aRenamedAddressIsWarnedOf() {
        let plan = planner([desired("new")], [applied("old", id: "P1")]).plan(seeing: [live("P1")])
        #expect(plan.diagnostics.map(\.code) == [.identifierOwnedElsewhere])
        #expect(plan.diagnostics.map(\.severity) == [.warning])
        #expect(
            plan.diagnostics.first?.help?.contains("moved: [{from: coolbikes/rider/old, to: coolbikes/rider/new}]")
                == true)
    }

    @Test func whatADeleteReleasesWaitsForTheDeleteOrIsBlockedWithIt() {
        let wanted = [desired("new"), desired("other", ["member:2"])]
        let known = [applied("old", id: "P1"), applied("other", id: "P2", ["member:2"])]
        let seen = [live("P1"), live("P2", ["member:2"])]
        let allowed = planner(wanted, known).plan(seeing: seen)
        #expect(allowed.steps.map(\.action) == [.delete, .create])
        #expect(allowed.steps.map(\.dependsOn) == [[], [1]])
        let blocked = planner(wanted, known, policy: PlanPolicy()).plan(seeing: seen)
        #expect(blocked.steps.isEmpty)
        #expect(blocked.blocked.map(\.reason) == [.dependsOn(address("old")), .deletesAreOff])
    }

    @Test func aKeyThatItsOwnerGivesUpIsFreeInTime() throws {
        let plan = planner(
            [desired("a-new", ["email:jane@example.com"]), desired("old", ["email:other@example.com"])],
            [applied("old", id: "P1")]
        ).plan(seeing: [live("P1")])
        #expect(plan.diagnostics.isEmpty)
        #expect(plan.steps.map(\.address) == [address("old"), address("a-new")])
        #expect(plan.steps.map(\.action) == [.update, .create])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
    }

    @Test func twoKeysOfOneLiveProfileAreOneConflictOfBoth() {
        let plan = planner([desired("a", ["email:jane@example.com"]), desired("b", ["member:1"])])
            .plan(seeing: [live("P1", ["email:jane@example.com", "member:1"])])
        #expect(plan.diagnostics.map(\.code) == [.twoAddressesOneProfile])
        #expect(plan.blocked.map(\.reason) == [.conflict, .conflict])
        #expect(plan.steps.isEmpty)
    }

    @Test func anEntryThatWouldDeleteTheProfileOfAnotherIsAConflict() {
        let plan = planner([desired("kept")], [applied("gone", id: "P1"), applied("kept", id: "P1")])
            .plan(seeing: [live("P1")])
        #expect(plan.diagnostics.contains { $0.code == .twoAddressesOneProfile })
        #expect(plan.steps.isEmpty)
    }

    @Test(arguments: [("scooters", "rider"), ("coolbikes", "driver")])
    func aLedgerThatPointsToAProfileOfAnotherKindIsNotBelieved(_ source: String, _ type: String) {
        let stranger = live("P1", source: source, type: type)
        let kept = planner([desired()], [applied()]).plan(seeing: [stranger])
        #expect(kept.diagnostics.map(\.code) == [.ledgerMismatch])
        #expect(kept.blocked.map(\.reason) == [.conflict])
        let dropped = planner([], [applied()]).plan(seeing: [stranger])
        #expect(dropped.blocked.map(\.step.action) == [.delete])
        #expect(dropped.steps.isEmpty)
    }

    @Test func messagesQuoteNoIdentifierValue() {
        let plan = planner([desired("new")], [applied("old", id: "P1")]).plan(seeing: [live("P1")])
        for diagnostic in plan.diagnostics {
            let words = [diagnostic.message, diagnostic.help ?? ""] + diagnostic.notes.map(\.message)
            #expect(!words.joined().contains("jane@example.com"))
        }
    }
}

/// A ledger of an older version may have a profile at two addresses.
struct SharedEntryTests {
    private let twins = [applied("a", id: "P1"), applied("b", id: "P1"), applied("c", id: "P2", ["member:2"])]
    private let seen = [live("P1"), live("P2", ["member:2"])]

    @Test func `the help names the address that no manifest has`() {
        let plan = planner([desired("a"), desired("c", ["member:2"], ["tier": "gold"])], twins).plan(seeing: seen)
        #expect(plan.diagnostics.map(\.code) == [.twoAddressesOneProfile])
        #expect(plan.diagnostics[0].help?.contains("`profilectl ledger forget coolbikes/rider/b`") == true)
        #expect(plan.blocked.map(\.step.address) == [address("a"), address("b")])
        #expect(plan.steps.map(\.address) == [address("c")], "others are planned")
    }

    @Test func `an address outside the scope is seen too`() {
        let scope = PlanScope(paths: ["a.yaml"])
        let plan = planner([desired("a", ["email:jane@example.com"], ["tier": "gold"])], twins, scope: scope)
            .plan(seeing: seen)
        #expect(plan.diagnostics.map(\.code) == [.twoAddressesOneProfile])
        #expect(plan.steps.isEmpty)
    }

    @Test func `a manifest may let go of one of them`() {
        let plan = planner([desired("a"), desired("c", ["member:2"])], twins, removals: [removed("b")])
            .plan(seeing: seen)
        #expect(plan.diagnostics.isEmpty)
        #expect(plan.steps.map(\.action) == [.forget])
    }

    @Test func `a moved entry is named by the address it has`() {
        let plan = planner([desired("x"), desired("c", ["member:2"])], twins, moves: [moved("a", "x")])
            .plan(seeing: seen)
        #expect(plan.diagnostics.first?.help?.contains("ledger forget coolbikes/rider/b`") == true)
        #expect(plan.steps.isEmpty)
    }
}
