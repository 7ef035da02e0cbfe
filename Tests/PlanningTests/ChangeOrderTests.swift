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
        #expect(plan.steps.map(\.address.source) == ["coolbikes", "scooters", "coolbikes", "trams"])
        #expect(plan.steps.map(\.dependsOn) == [[], [], [2], [2, 3]])
    }

    @Test func aCreateThatFallsToAKnownUserWaitsForWritesToThatUser() {
        let tram = Address(source: "trams", type: "rider", name: "x")
        let bystander = DesiredProfile(
            address: tram, identifiers: identifiers(["member:x", "email:jane@example.com"]),
            origin: Origin(file: "a.yaml", line: 1, column: 1))
        let entry = LedgerEntry(
            address: tram, profileID: "PX", userID: "7", lastApplied: ProfileValues(identifiers: bystander.identifiers))
        let plan = planner(
            [desired("a", ["member:a"], ["x": "1"]), desired("b", ["member:b", "email:jane@example.com"]), bystander],
            [applied("a", id: "PA", ["member:a"], user: "7"), entry]
        ).plan(seeing: [
            live("PA", ["member:a"], user: "7"),
            live("PX", ["email:jane@example.com", "member:x"], user: "7", source: "trams"),
        ])
        #expect(plan.steps.map(\.action) == [.update, .create])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
        let email = Identifier(type: "email", value: "jane@example.com")
        #expect(plan.steps.last?.sideEffects == [.attached(.known("7"), by: email)])
    }

    @Test func releaseGoesBeforeAddressOrderInTheChainOfAUser() {
        let plan = planner(
            [desired("a", ["member:1", "member:9"]), desired("b", ["member:2"])],
            [applied("a", id: "PA", ["member:1"]), applied("b", id: "PB", ["member:2", "member:9"])]
        ).plan(seeing: [live("PA", ["member:1"]), live("PB", ["member:2", "member:9"])])
        #expect(plan.steps.map(\.address.name) == ["b", "a"])
        #expect(plan.steps.map(\.dependsOn) == [[], [1]])
    }

    @Test func aRingIsBrokenByOneExtraStepForWhichOthersWait() {
        let (plan, _) = ring(keeping: ["member:a", "member:b", "member:c"])
        #expect(plan.diagnostics == [])
        #expect(plan.steps.map(\.address.name) == ["a", "c", "b", "a", "d", "e"])
        #expect(plan.steps.map(\.dependsOn) == [[], [1], [2], [1, 3], [4], []])
        #expect(
            plan.steps.first?.reason
                == .partsRing(without: identifiers(["card:1"]), ring: ["a", "b", "c"].map { address($0) }))
        #expect(plan.steps.first?.after?.identifiers == identifiers(["member:a", "extra:a"]))
        #expect(plan.steps.first?.declared?.identifiers == identifiers(["member:a", "extra:a"]))
        #expect(plan.steps[3].reason == .removesIdentifiers(identifiers(["extra:a"])))
    }

    @Test func aRingInWhichNobodyHasAnythingElseIsAnErrorThatNamesIt() {
        let (plan, _) = ring(keeping: [])
        #expect(plan.diagnostics.map(\.code) == [.identifierRing])
        for name in ["a", "b", "c"] {
            #expect(plan.diagnostics.first?.message.contains("coolbikes/rider/\(name)") == true)
        }
        #expect(plan.diagnostics.first?.message.contains("coolbikes/rider/d") == false)
        #expect(plan.blocked.map(\.reason) == [.conflict, .conflict, .conflict])
        #expect(plan.steps.map(\.address.name) == ["d", "e"])
    }

    @Test func theMemberThatKeepsAnIdentifierMakesTheExtraStep() {
        let (plan, _) = ring(keeping: ["member:c"])
        #expect(plan.steps.filter(\.isExtra).map(\.address.name) == ["c"])
        #expect(plan.diagnostics == [])
    }

    /// a, b and c pass their cards on; d takes what a gives up, if a has something to give up.
    private func ring(keeping kept: [String]) -> (Plan, [DesiredProfile]) {
        let swap = [("a", "1", "2"), ("b", "2", "3"), ("c", "3", "1")]
        func own(_ name: String) -> [String] { kept.filter { $0.hasSuffix(":" + name) } }
        func more(_ name: String) -> [String] { name == "a" && !own("a").isEmpty ? ["extra:a"] : [] }
        let wanted =
            swap.map { desired($0.0, own($0.0) + ["card:\($0.2)"]) }
            + [desired("d", ["member:d"] + more("a"), ["x": "1"]), desired("e", ["member:e"], ["x": "1"])]
        let plan = planner(
            wanted,
            swap.map { applied($0.0, id: "P\($0.0)", own($0.0) + ["card:\($0.1)"] + more($0.0)) }
                + [applied("d", id: "Pd", ["member:d"]), applied("e", id: "Pe", ["member:e"])]
        ).plan(
            seeing: swap.map { live("P\($0.0)", own($0.0) + ["card:\($0.1)"] + more($0.0), user: $0.0) }
                + [live("Pd", ["member:d"], user: "d"), live("Pe", ["member:e"], user: "e")])
        return (plan, wanted)
    }

    @Test func aStandardIdentifierDoesNotMoveToAnotherUserForTheUserKeepsIt() {
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
        #expect(plan.diagnostics.map(\.code) == [.identifierOwnedElsewhere])
        #expect(plan.diagnostics.first?.message.contains("user 100") == true)
        #expect(plan.blocked.map(\.step.before?.id) == ["PT"])
        #expect(plan.steps.map(\.before?.id) == ["P1"])
    }
}
