import Planning
import ProfileModel
import Testing

struct LifecycleTests {
    private let part = PlanScope(paths: ["profiles/some.yaml"])

    @Test func blocksCountWhereOnlySomeManifestsAreRead() {
        let plan = planner(
            [desired("jane")], [applied("old", id: "P1"), applied("gone", id: "P2"), applied("far", id: "P3")],
            moves: [moved("old", "jane")], removals: [removed("gone")], scope: part
        ).plan(seeing: [live("P1", ["email:jane@example.com"]), live("P2", ["x:2"]), live("P3", ["x:3"])])
        #expect(plan.steps.map(\.action) == [.forget, .move])
        #expect(plan.steps.last?.movedFrom == address("old"))
        #expect(plan.blocked.isEmpty)
    }

    @Test func aRemovalThatDestroysIsADeleteEvenThen() {
        let plan = planner(
            [desired("jane")], [applied("gone", id: "P2")], removals: [removed("gone", destroy: true)],
            policy: PlanPolicy(), scope: part
        ).plan(seeing: [live("P2", ["x:2"])])
        #expect(plan.blocked.map(\.reason) == [.deletesAreOff])
        #expect(plan.blocked.first?.step.origin?.file == "profiles/blocks.yaml")
    }

    @Test func aMoveToWhatNobodyDescribesIsNone() {
        let plan = planner([], [applied("old", id: "P1")], moves: [moved("old", "new")]).plan(seeing: [live("P1")])
        #expect(plan.steps.map(\.action) == [.delete])
        #expect(plan.steps.first?.address == address("old"))
        #expect(plan.steps.first?.movedFrom == nil)
    }

    @Test func movesInARingEnd() {
        let plan = planner(
            [desired("b")], [applied("a", id: "P1")], moves: [moved("a", "b"), moved("b", "a")]
        ).plan(seeing: [live("P1")])
        #expect(plan.steps.count <= 2)
    }

    @Test func driftIsToldUnderTheNewAddress() {
        let plan = planner([desired("new")], [applied("old", id: "P1", [], ["a": "1"])], moves: [moved("old", "new")])
            .plan(seeing: [live("P1", ["email:jane@example.com"], ["a": "2"])])
        #expect(plan.drift.map(\.address) == [address("new")])
    }

    @Test func importsAskAsLittleAsTheyCan() {
        func lookups(_ selector: ProfileImport.Selector, _ entries: [LedgerEntry] = []) -> [Lookup] {
            planner([desired("jane")], entries, imports: [imported("jane", selector)]).lookups(after: LiveState())
        }
        #expect(lookups(.id("P1")) == [.profile(id: "P1")])
        #expect(lookups(.query(query("member:1"))) == [.query(query("member:1"))])
        #expect(lookups(.user("100")) == [.user("100")])
        #expect(lookups(.id("P1"), [applied("other", id: "P1")]) == [.profile(id: "P1")])
        #expect(lookups(.id("P9"), [applied(id: "P1")]) == [])
        #expect(lookups(.query(query("member:1")), [applied(id: "P1")]) == [.profile(id: "P1")])
    }

    @Test func aUserWhoIsAskedForAnywayAnswersForTheOtherProfilesToo() {
        let lookups = planner(
            [desired("jane"), desired("other", ["x:1"])], [applied("other", id: "P2", ["x:1"])],
            imports: [imported("jane", .user("100"))]
        ).lookups(after: LiveState())
        #expect(lookups == [.user("100")])
    }

    @Test func anImportFindsTheProfileInAnyNotation() {
        let profile = live("P1", ["email:jane@example.com"])
        for selector in [ProfileImport.Selector.query(query("email:JANE@Example.com")), .id("P1"), .user("100")] {
            let plan = planner([desired("jane", named: "Jane")], imports: [imported("jane", selector)])
                .plan(seeing: [profile])
            #expect(plan.steps.map(\.reason) == [.importedAsIs])
            #expect(plan.steps.first?.arrival == .imported)
        }
    }
}
