import Diagnostics
import Planning
import ProfileModel
import Testing

struct PlanScopeTests {
    private func plan(
        _ desired: [DesiredProfile], _ ledger: [LedgerEntry], _ profiles: [Profile], chosen: String...,
        excluded: [String] = [], policy: PlanPolicy = PlanPolicy(allowDelete: true)
    ) -> Plan {
        planner(
            desired, ledger, policy: policy,
            selection: PlanSelection(chosen: Set(chosen.map(address)), excluded: Set(excluded.map(address)))
        ).plan(seeing: profiles)
    }

    /// b lets go of a badge that a takes.
    private let desiredPair = [desired("a", ["member:a", "badge:1"]), desired("b", ["member:b"])]
    private let entries = [
        applied("a", id: "PA", ["member:a"], user: "1"), applied("b", id: "PB", ["member:b", "badge:1"], user: "2"),
    ]
    private let profiles = [
        live("PA", ["member:a"], user: "1"), live("PB", ["member:b", "badge:1"], user: "2"),
    ]

    @Test func whoHoldsWhatIsTakenComesAlong() {
        let plan = plan(desiredPair, entries, profiles, chosen: "a")
        #expect(plan.scope.included == [PlanScope.Inclusion(address("b"), neededBy: address("a"))])
        #expect(plan.steps.map(\.address) == [address("b"), address("a")])
        #expect(plan.steps[1].dependsOn == [1])
    }

    @Test func theOtherWayRoundNobodyIsNeeded() {
        let plan = plan(desiredPair, entries, profiles, chosen: "b")
        #expect(plan.scope.included.isEmpty)
        #expect(plan.steps.map(\.address) == [address("b")])
        #expect(plan.cost.readsMade == 1)
    }

    @Test func whatIsExcludedBlocksWhatWaitsForIt() {
        let plan = plan(desiredPair, entries, profiles, chosen: "a", excluded: ["b"])
        #expect(plan.steps.isEmpty)
        #expect(plan.blocked.map(\.step.address) == [address("a"), address("b")])
        #expect(plan.blocked.map(\.reason) == [.dependsOn(address("b")), .excluded])
    }

    /// The ledger does not know that the profile of b got the badge; the answer to the key of a shows it.
    @Test func aKeyThatSelectsAnothersProfileBringsItsAddressAlong() {
        let desired = [desired("a", ["badge:1"]), desired("b", ["member:b"])]
        let entries = [applied("b", id: "PB", ["member:b"], user: "2")]
        let plan = plan(desired, entries, [profiles[1]], chosen: "a")
        #expect(plan.scope.included.map(\.address) == [address("b")])
        #expect(plan.errored)
        #expect(plan.steps.isEmpty)
    }

    @Test func twoManifestsOfOneLiveProfileAreToldAlsoWhenOneIsChosen() {
        let desired = [desired("a", ["member:a"]), desired("z", ["badge:9"])]
        let plan = plan(desired, [], [live("P", ["member:a", "badge:9"])], chosen: "a")
        #expect(plan.diagnostics.map(\.code) == [.twoAddressesOneProfile])
        #expect(plan.steps.isEmpty)
    }

    /// Two of ten are deleted: 20 % of the ledger, though all that the plan looks at.
    @Test func limitsCountTheWholeLedger() {
        let names = (0..<10).map { "p\($0)" }
        let kept = names.dropFirst(2).map { desired($0, ["member:\($0)"]) }
        let entries = names.map { applied($0, id: $0, ["member:\($0)"], user: $0) }
        let profiles = names.map { live($0, ["member:\($0)"], user: $0) }
        func blocked(_ percent: Double) -> [BlockedStep.Reason] {
            let policy = PlanPolicy(allowDelete: true, maxDelete: .percent(percent))
            return plan(kept, entries, profiles, chosen: "p0", "p1", policy: policy).blocked.map(\.reason)
        }
        #expect(blocked(20).isEmpty)
        let tooMany = BlockedStep.Reason.tooManyDeletes(count: 2, limit: 1, of: 10)
        #expect(blocked(19) == [tooMany, tooMany])
    }

    @Test func aStandardIdentifierOfAnotherUserBringsItsHolderAlong() {
        var other = desired("a", ["member:a", "email:x@example.com"], userID: "1")
        other.address = Address(source: "company", type: "contact", name: "a")
        let plan = planner(
            [other, desired("b", ["member:b"])],
            [applied("b", id: "PB", ["member:b", "email:X@example.com"], user: "2")],
            selection: PlanSelection(chosen: [other.address])
        ).plan(seeing: [live("PB", ["member:b", "email:x@example.com"], user: "2")])
        #expect(plan.scope.included.map(\.address) == [address("b")])
    }
}
