import Planning
import ProfileModel
import Testing

struct LookupsTests {
    @Test func whatTheLedgerKnowsIsReadByIDAndTheRestByKey() {
        let planner = planner([desired("a", ["email:A@x.org"]), desired("b")], [applied("b", id: "PB")])
        #expect(planner.lookups(after: LiveState()) == [.query(query("email:a@x.org")), .profile(id: "PB")])
    }

    @Test func aProfileGoneByItsIDIsLookedForByItsKey() {
        let planner = planner([desired("a")], [applied("a", id: "PA")])
        let live = LiveState(answers: [.profile(id: "PA"): []])
        #expect(planner.lookups(after: live) == [.query(query("email:jane@example.com"))])
    }

    @Test func entriesGoneFromTheManifestsAreReadByIDButNotInAPartOfTheWorkspace() {
        let entries = [applied("a", id: "PA", user: "1"), applied("b", id: "PB", user: "2")]
        #expect(
            planner([desired("b")], entries).lookups(after: LiveState()) == [.profile(id: "PA"), .profile(id: "PB")])
        let part = planner([desired("b")], entries, scope: PlanScope(paths: ["b.yaml"]))
        #expect(part.lookups(after: LiveState()) == [.profile(id: "PB")])
    }

    @Test func profilesOfOneUserAreReadTogether() {
        let entries = [
            applied("a", id: "PA", user: "7"), applied("b", id: "PB", user: "8"), applied("c", id: "PC", user: "7"),
        ]
        let planner = planner(["a", "b", "c"].map { desired($0, ["member:\($0)"]) }, entries)
        #expect(planner.lookups(after: LiveState()) == [.user("7"), .profile(id: "PB")])
    }

    @Test func whatAUserAnswerShowsIsNotAskedAgain() {
        let entries = [applied("a", id: "PA", user: "7"), applied("c", id: "PC", user: "7")]
        let planner = planner([desired("a"), desired("c")], entries)
        let both = LiveState(answers: [.user("7"): [live("PA", user: "7"), live("PC", user: "7")]])
        #expect(planner.lookups(after: both).isEmpty)
    }

    @Test func aProfileThatLeftItsUserMayLiveElsewhere() {
        let entries = [applied("a", id: "PA", user: "7"), applied("c", id: "PC", user: "7")]
        let planner = planner([desired("a"), desired("c")], entries)
        let one = LiveState(answers: [.user("7"): [live("PA", user: "7")]])
        #expect(planner.lookups(after: one) == [.profile(id: "PC")])
    }

    @Test func aKeyThatAKnownProfileAnswersToIsNotAsked() {
        let entries = [applied("a", id: "PA", ["member:1"], user: "7"), applied("b", id: "PB", user: "7")]
        let planner = planner([desired("a", ["member:1"]), desired("b", ["email:b@x.org"])], entries)
        let answers: [Lookup: [Profile]] = [
            .user("7"): [live("PA", ["member:1"], user: "7"), live("PX", ["email:b@x.org"], user: "7")],
            .profile(id: "PB"): [],
        ]
        #expect(planner.lookups(after: LiveState(answers: answers)).isEmpty)
        let plan = planner.plan(LiveState(answers: answers), at: Timestamp(seconds: 0))
        #expect(plan.steps.map(\.before?.id) == ["PX"])
    }

    @Test func emailKeysAreAskedInTheFormTheServiceKeeps() {
        let planner = planner([desired("a", ["external_id:AbC"]), desired("b", ["twitter:JaneS"])])
        #expect(
            planner.lookups(after: LiveState()) == [.query(query("external_id:AbC")), .query(query("twitter:janes"))])
    }

    @Test func aProfileThatWasNotReadIsAnErrorOfThePlan() {
        let plan = planner([desired("a")]).plan(LiveState(), at: Timestamp(seconds: 0))
        #expect(plan.errored)
        #expect(plan.steps.isEmpty)
    }
}
