import Diagnostics
import Planning
import ProfileModel
import Testing

struct ChangeOrderTests {
    @Test func anIdentifierIsReleasedBeforeItIsClaimed() {
        let plan = planner(
            [desired("a", ["member:1", "member:9"]), desired("b", ["member:2"])],
            [applied("a", id: "PA", ["member:1"]), applied("b", id: "PB", ["member:2", "member:9"])]
        ).plan(seeing: [
            live("PA", ["member:1"], user: "1"), live("PB", ["member:2", "member:9"], user: "2"),
        ])
        #expect(plan.steps.map(\.address) == [address("b"), address("a")])
        #expect(plan.steps.map(\.number) == [1, 2])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
    }

    @Test func aDeleteReleasesToo() {
        let plan = planner(
            [desired("a", ["member:1", "member:9"])],
            [applied("a", id: "PA", ["member:1"]), applied("z", id: "PZ", ["member:9"])]
        ).plan(seeing: [live("PA", ["member:1"], user: "1"), live("PZ", ["member:9"], user: "2")])
        #expect(plan.steps.map(\.action) == [.delete, .update])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
    }

    @Test func whatWaitsForABlockedStepIsBlockedToo() {
        let plan = planner(
            [desired("a", ["member:1", "member:9"]), desired("c", ["member:3"], ["x": "1"])],
            [
                applied("a", id: "PA", ["member:1"]), applied("c", id: "PC", ["member:3"]),
                applied("z", id: "PZ", ["member:9"]),
            ], policy: PlanPolicy()
        ).plan(seeing: [
            live("PA", ["member:1"], user: "1"), live("PC", ["member:3"], user: "3"),
            live("PZ", ["member:9"], user: "2"),
        ])
        #expect(plan.blocked.map(\.step.address) == [address("a"), address("z")])
        #expect(plan.blocked.map(\.reason) == [.dependsOn(address("z")), .deletesAreOff])
        #expect(plan.blocked.map(\.step.number) == [0, 0])
        #expect(plan.steps.map(\.address) == [address("c")])
    }

    @Test func writesToOneUserFormAChainInAddressOrder() {
        let names = ["a", "b", "c", "d"]
        let plan = planner(
            names.map { desired($0, ["member:\($0)"], ["x": "1"]) },
            names.map { applied($0, id: "P\($0)", ["member:\($0)"], user: $0 == "c" ? "8" : "7") }
        ).plan(seeing: names.map { live("P\($0)", ["member:\($0)"], user: $0 == "c" ? "8" : "7") })
        #expect(plan.steps.map(\.address.name) == names)
        #expect(plan.steps.map(\.dependsOn) == [[], [1], [], [2]])
    }

    @Test func createsThatShareAStandardIdentifierFollowOneAnother() {
        let other = DesiredProfile(
            address: Address(source: "scooters", type: "rider", name: "jane"),
            identifiers: identifiers(["email:JANE@example.com", "phone_number:5"]),
            origin: Origin(file: "a.yaml", line: 1, column: 1))
        let third = DesiredProfile(
            address: Address(source: "trams", type: "rider", name: "jane"),
            identifiers: identifiers(["phone_number:5"]),
            origin: Origin(file: "a.yaml", line: 1, column: 1))
        let plan = planner([desired("jane"), desired("lone", ["member:1"]), other, third]).plan(seeing: [])
        #expect(plan.steps.map(\.dependsOn) == [[], [], [1], [3]])
    }

    @Test func aCreateThatFallsToAKnownUserWaitsForWritesToThatUser() {
        let bystander = live("PX", ["email:jane@example.com", "member:x"], user: "7")
        let plan = planner(
            [
                desired("a", ["member:a"], ["x": "1"]), desired("b", ["member:b", "email:jane@example.com"]),
                desired("x", ["member:x"]),
            ],
            [
                applied("a", id: "PA", ["member:a"], user: "7"), applied("x", id: "PX", ["member:x"], user: "7"),
            ]
        ).plan(seeing: [live("PA", ["member:a"], user: "7"), bystander])
        #expect(plan.steps.map(\.action) == [.update, .create])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
    }

    @Test func releaseGoesBeforeAddressOrderInTheChainOfAUser() {
        let plan = planner(
            [desired("a", ["member:1", "member:9"]), desired("b", ["member:2"])],
            [applied("a", id: "PA", ["member:1"]), applied("b", id: "PB", ["member:2", "member:9"])]
        ).plan(seeing: [live("PA", ["member:1"]), live("PB", ["member:2", "member:9"])])
        #expect(plan.steps.map(\.address.name) == ["b", "a"])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
    }

    @Test func aRingIsNamedByItsMembersAndBlocksThemAndWhatWaits() {
        let swap = [("a", "1", "2"), ("b", "2", "3"), ("c", "3", "1")]
        let plan = planner(
            swap.map { desired($0.0, ["member:\($0.0)", "card:\($0.2)"]) }
                + [desired("d", ["member:d", "extra:a"]), desired("e", ["member:e"], ["x": "1"])],
            swap.map {
                let more = $0.0 == "a" ? ["extra:a"] : []
                return applied($0.0, id: "P\($0.0)", ["member:\($0.0)", "card:\($0.1)"] + more)
            } + [applied("d", id: "Pd", ["member:d"]), applied("e", id: "Pe", ["member:e"])]
        ).plan(
            seeing: swap.map {
                let more = $0.0 == "a" ? ["extra:a"] : []
                return live("P\($0.0)", ["member:\($0.0)", "card:\($0.1)"] + more, user: $0.0)
            } + [live("Pd", ["member:d"], user: "d"), live("Pe", ["member:e"], user: "e")])
        #expect(plan.diagnostics.map(\.code) == [.identifierRing])
        for name in ["a", "b", "c"] {
            #expect(plan.diagnostics.first?.message.contains("coolbikes/rider/\(name)") == true)
        }
        #expect(plan.diagnostics.first?.message.contains("coolbikes/rider/d") == false)
        #expect(plan.blocked.map(\.reason) == [.conflict, .conflict, .conflict, .dependsOn(address("a"))])
        #expect(plan.steps.map(\.address.name) == ["e"])
    }

    @Test func aStandardIdentifierMovesBetweenUsersReleaseFirstAcrossSources() {
        let other = Address(source: "atrams", type: "rider", name: "jane")
        let wanted = DesiredProfile(
            address: other, identifiers: identifiers(["member:1", "email:jane@example.com"]),
            origin: Origin(file: "a.yaml", line: 1, column: 1))
        let entry = LedgerEntry(
            address: other, profileID: "PT", userID: "9",
            lastApplied: ProfileValues(identifiers: identifiers(["member:1"])))
        let plan = planner(
            [wanted, desired("jane", ["member:2"])],
            [entry, applied("jane", id: "P1", ["member:2", "email:jane@example.com"])]
        ).plan(seeing: [
            live("PT", ["member:1"], user: "9", source: "atrams"),
            live("P1", ["member:2", "email:jane@example.com"], user: "100"),
        ])
        #expect(plan.steps.map(\.before?.id) == ["P1", "PT"])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
    }
}
