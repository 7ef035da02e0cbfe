import Diagnostics
import Planning
import ProfileModel
import Testing

/// What a plan that was made earlier may still do.
@Suite struct PlanReviewTests {
    private let names = ["ann", "bob", "cleo", "dan"]

    private func ids(_ name: String) -> [String] { ["bike_id:of-\(name)"] }

    private func profile(_ name: String) -> Profile { live("P-\(name)", named: nil, ids(name), ["tier": "silver"]) }

    private func entry(_ name: String, as other: String? = nil, protected: Bool = false) -> LedgerEntry {
        applied(other ?? name, id: "P-\(name)", ids(name), ["tier": "silver"], preventDestroy: protected)
    }

    private var ledger: [LedgerEntry] { names.map { entry($0) } }

    /// Updates ann and bob, and deletes cleo and dan.
    private func saved(
        _ entries: [LedgerEntry]? = nil, moves: [AddressMove] = [], consent: PlanConsent = PlanConsent(),
        patchNullDeletes: Bool = false
    ) -> Plan {
        let entries = entries ?? ledger
        let wanted = ["ann", "bob"].map { desired($0, ids($0), ["tier": "gold"]) }
        var plan = planner(wanted, entries, moves: moves, patchNullDeletes: patchNullDeletes)
            .plan(seeing: names.map(profile)).grounded(in: entries)
        plan.basis.consent = consent
        return plan
    }

    private func review(
        _ plan: Plan, _ entries: [LedgerEntry], _ policy: PlanPolicy = PlanPolicy(allowDelete: true),
        patchNullDeletes: Bool = false
    ) -> PlanReview {
        PlanReview(
            saved: plan, ledger: entries, policy: policy, pace: Pace(perMinute: 60, share: 1),
            patchNullDeletes: patchNullDeletes)
    }

    private func standings(_ review: PlanReview) -> [String: Standing] {
        Dictionary(
            uniqueKeysWithValues: review.plan.steps.map { step in
                (step.address.name, review.standings[step.number] ?? .asPlanned)
            }
        ).filter { $0.value != .asPlanned }
    }

    @Test func `where nothing changed every step may run`() {
        let plan = saved()
        let review = review(plan, ledger)
        #expect(review.plan.steps == plan.steps)
        #expect(review.standings.isEmpty)
        #expect(review.plan.diagnostics.isEmpty)
        #expect(review.plan.cost.perMinute == 60, "the rate of now")
    }

    @Test func `protection that came later makes a delete stale`() {
        let now = [entry("ann"), entry("bob"), entry("cleo", protected: true), entry("dan")]
        let review = review(saved(), now)
        #expect(standings(review) == ["cleo": .moved(.ledgerChanged(address("cleo")))])
        #expect(review.plan.diagnostics.map(\.code) == [.groundMoved])
        #expect(review.plan.blocked.isEmpty)
    }

    @Test func `an entry that is gone makes an update stale`() {
        #expect(
            standings(review(saved(), [entry("bob"), entry("cleo"), entry("dan")]))
                == ["ann": .moved(.ledgerChanged(address("ann")))])
    }

    /// Whether the plan deleted it before, or somebody let go of it, only a look can tell.
    @Test func `a delete whose entry is gone may only look`() {
        #expect(standings(review(saved(), [entry("ann"), entry("bob"), entry("dan")])) == ["cleo": .asLeft])
    }

    @Test func `another profile at the address makes steps stale`() {
        var other = entry("cleo")
        other.profileID = "P-other"
        #expect(
            standings(review(saved(), [entry("ann"), entry("bob"), other, entry("dan")]))
                == ["cleo": .moved(.ledgerChanged(address("cleo")))])
    }

    @Test func `a profile that has another address now is left alone`() {
        let now = [entry("ann", as: "anna"), entry("bob"), entry("cleo", as: "clea"), entry("dan")]
        #expect(
            standings(review(saved(), now)) == [
                "ann": .moved(.managedElsewhere(address("anna"))), "cleo": .moved(.managedElsewhere(address("clea"))),
            ])
    }

    @Test func `an entry that appeared makes a create stale`() {
        let plan = planner([desired("eve", ids("eve"))]).plan(seeing: []).grounded(in: [])
        #expect(plan.steps[0].ground == [Ground(address: address("eve"), entry: nil)])
        #expect(standings(review(plan, [])).isEmpty)
        #expect(standings(review(plan, [applied("eve", id: "P-eve", ids("eve"))])) == ["eve": .asLeft])
        #expect(
            standings(review(plan, [entry("eve")])) == ["eve": .moved(.ledgerChanged(address("eve")))])
    }

    @Test func `what the plan did itself is not held against it`() {
        let done = ["ann", "bob"].map { applied($0, id: "P-\($0)", ids($0), ["tier": "gold"]) }
        #expect(
            standings(review(saved(), done)) == [
                "ann": .asLeft, "bob": .asLeft, "cleo": .asLeft, "dan": .asLeft,
            ])
        #expect(
            standings(review(saved(), done + [entry("dan")])) == [
                "ann": .asLeft, "bob": .asLeft, "cleo": .asLeft,
            ])
    }

    @Test func `a move rests on both addresses`() {
        let before = [entry("ann", as: "old"), entry("bob"), entry("cleo"), entry("dan")]
        let plan = saved(before, moves: [moved("old", "ann")])
        let step = plan.steps.first { $0.address == address("ann") }
        #expect(step?.ground.map(\.address) == [address("ann"), address("old")])
        #expect(standings(review(plan, before)).isEmpty)
        let done = applied("ann", id: "P-ann", ids("ann"), ["tier": "gold"])
        #expect(standings(review(plan, [done] + before[1...])) == ["ann": .asLeft])
        let forgotten = review(plan, Array(before[1...]))
        #expect(standings(forgotten) == ["ann": .moved(.ledgerChanged(address("old")))])
    }

    /// The first step of a ring changes the entry that the last one rests on.
    @Test func `a step may rest on what an earlier one leaves`() throws {
        let wanted = [desired("a", ["locker:2"]), desired("b", ["locker:1"])]
        let known = [applied("a", id: "A", ["locker:1"]), applied("b", id: "B", ["locker:2"])]
        let seen = [live("A", named: nil, ["locker:1", "x:1"]), live("B", named: nil, ["locker:2", "x:2"])]
        let plan = planner(wanted, known).plan(seeing: seen).grounded(in: known)
        try #require(plan.steps.map(\.address) == [address("a"), address("b"), address("a")])
        let between = applied("a", id: "A", [])
        let review = review(plan, [between, known[1]])
        #expect(review.standings == [1: .asLeft])
    }

    @Test func `limits of an earlier run are no ground`() {
        var now = ledger
        now[2].heldBack = HeldBack(among: 4)
        #expect(standings(review(saved(), now)).isEmpty)
    }

    // The policy of now.

    @Test func `deletes that are off now are blocked`() {
        let review = review(saved(), ledger, PlanPolicy())
        #expect(review.plan.steps.map(\.address.name) == ["ann", "bob"])
        #expect(review.plan.blocked.map(\.reason) == [.deletesAreOff, .deletesAreOff])
        #expect(review.plan.blocked.map(\.step.number) == [0, 0])
        #expect(review.plan.diagnostics.map(\.code) == [.policyTightened])
        #expect(review.plan.cost.writeCount == 2)
    }

    @Test func `never holds against what flags allowed`() {
        let never = PlanPolicy(
            allowDelete: true, allowDeleteAll: true, sources: [ExactText("coolbikes"): SourcePolicy(deletes: .never)])
        let review = review(saved(), ledger, never)
        #expect(review.plan.blocked.map(\.reason) == Array(repeating: .sourceKeepsAll(source: "coolbikes"), count: 2))
    }

    @Test func `thresholds of now count the profiles of then`() {
        let policy = PlanPolicy(allowDelete: true, maxUpdate: .percent(50), maxDelete: .count(1))
        let review = review(saved(), ledger, policy)
        #expect(
            review.plan.blocked.map(\.reason) == [
                .tooManyUpdates(count: 2, limit: 1, of: 2), .tooManyUpdates(count: 2, limit: 1, of: 2),
                .tooManyDeletes(count: 2, limit: 1, of: 4), .tooManyDeletes(count: 2, limit: 1, of: 4),
            ])
    }

    @Test func `sources that were not counted then have limits now`() {
        let policy = PlanPolicy(
            allowDelete: true, sources: [ExactText("coolbikes"): SourcePolicy(maxDelete: .percent(25))])
        #expect(
            review(saved(), ledger, policy).plan.blocked.map(\.reason)
                == Array(
                    repeating: .tooManyDeletesOfSource(source: "coolbikes", count: 2, limit: 1, of: 4), count: 2))
    }

    @Test func `a limit that held back an earlier run holds here too`() {
        var now = ledger
        for place in [2, 3] { now[place].heldBack = HeldBack(among: 3) }
        let policy = PlanPolicy(allowDelete: true, maxDelete: .percent(50))
        #expect(
            review(saved(), now, policy).plan.blocked.map(\.reason)
                == Array(repeating: .tooManyDeletes(count: 2, limit: 1, of: 3), count: 2))
    }

    @Test func `what would delete everything by now is blocked`() {
        let review = review(saved(), [entry("cleo"), entry("dan")])
        #expect(review.plan.blocked.map(\.reason) == Array(repeating: .deletesEverything(count: 2), count: 2))
    }

    /// One of two deletes was made before: still two of four.
    @Test func `what is done already counts as it did then`() {
        let policy = PlanPolicy(allowDelete: true, maxDelete: .percent(50))
        let half = review(saved(), [entry("ann"), entry("bob"), entry("dan")], policy)
        #expect(half.plan.blocked.isEmpty)
        let none = review(saved(), [entry("ann"), entry("bob"), entry("dan")], PlanPolicy())
        #expect(none.plan.blocked.map(\.step.address.name) == ["dan"], "what is done needs no permission")
    }

    @Test func `what waits for a blocked step is blocked too`() {
        let known = [applied("old", id: "P1"), applied("other", id: "P2", ["member:2"])]
        let seen = [live("P1"), live("P2", ["member:2"])]
        let plan = planner([desired("new"), desired("other", ["member:2"])], known).plan(seeing: seen)
            .grounded(in: known)
        #expect(plan.steps.map(\.action) == [.delete, .create])
        let review = review(plan, known, PlanPolicy())
        #expect(review.plan.steps.isEmpty)
        #expect(review.plan.blocked.map(\.reason) == [.dependsOn(address("old")), .deletesAreOff])
        #expect(!review.plan.applyable)
    }

    @Test func `null for a removal is only sent where that is known`() {
        let wanted = [desired(ids("jane"), ["tier": "gold"])]
        let known = [applied(ids("jane"), ["tier": "silver", "shop": "1"])]
        let plan = planner(wanted, known, patchNullDeletes: true)
            .plan(seeing: [live(ids("jane"), ["tier": "silver", "shop": "1"])]).grounded(in: known)
        #expect(review(plan, known, patchNullDeletes: true).standings.isEmpty)
        #expect(review(plan, known).standings == [1: .moved(.serviceChanged)])
        #expect(review(saved(patchNullDeletes: true), ledger).standings.isEmpty, "no null is sent there")
    }
}
