import Planning
import ProfileModel
import Testing

/// Profiles of one person, made from nothing, must all find the same user.
struct UserOrderTests {
    @Test func aCreateWaitsForTheOneThatLinksItToItsPerson() {
        let plan = planner(
            [
                desired("a", ["email:jane@example.com", "member:1"]),
                desired("b", ["external_id:7", "member:2"]),
                desired("c", ["email:jane@example.com", "external_id:7", "member:3"]),
                desired("d", ["member:4"]),
            ], []
        ).plan(seeing: [])
        #expect(plan.steps.map(\.address.name) == ["a", "c", "b", "d"])
        #expect(plan.steps.map(\.dependsOn) == [[], [1], [2], []])
    }

    @Test func whatLeadsToAUserWhoIsThereGoesFirst() {
        let plan = planner(
            [
                desired("a", ["email:jane@example.com", "member:1"]),
                desired("b", ["external_id:7", "email:jane@example.com", "member:2"]),
                desired("z", ["external_id:7", "member:3"], ["x": "1"]),
            ],
            [applied("z", id: "PZ", ["external_id:7", "member:3"], user: "9")]
        ).plan(seeing: [live("PZ", ["external_id:7", "member:3"], user: "9")])
        #expect(plan.steps.map(\.address.name) == ["b", "a", "z"])
    }
}
