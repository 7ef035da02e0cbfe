import Planning
import ProfileModel
import Testing

/// Profiles of one person, made from nothing, must all find the same user.
struct UserOrderTests {
    @Test func aCreateWaitsForTheOneThatLinksItToItsPerson() {
        let plan = planner(
            [
                inSource("bikes", "a", ["email:jane@example.com"]), inSource("company", "b", ["external_id:7"]),
                inSource("mail", "c", ["email:jane@example.com", "external_id:7"]),
                inSource("trams", "d", ["member:4"]),
            ], []
        ).plan(seeing: [])
        // The one with most identifiers first: it finds a user whom no profile shows by any of them.
        #expect(plan.steps.map(\.address.name) == ["c", "a", "b", "d"])
        #expect(plan.steps.map(\.dependsOn) == [[], [1], [1, 2], []])
    }

    @Test func whatLeadsToAUserWhoIsThereGoesFirst() {
        let owner = Address(source: "scooters", type: "rider", name: "z")
        let scooter = DesiredProfile(
            address: owner, identifiers: identifiers(["external_id:7", "member:3"]), attributes: ["x": "1"],
            origin: Origin(file: "a.yaml", line: 1, column: 1))
        let entry = LedgerEntry(
            address: owner, profileID: "PZ", userID: "9",
            lastApplied: ProfileValues(identifiers: identifiers(["external_id:7", "member:3"])))
        let plan = planner(
            [
                inSource("bikes", "a", ["email:jane@example.com"]),
                inSource("company", "b", ["external_id:7", "email:jane@example.com"]), scooter,
            ], [entry]
        ).plan(seeing: [live("PZ", ["external_id:7", "member:3"], user: "9", source: "scooters")])
        #expect(plan.steps.map(\.address.name) == ["b", "a", "z"])
    }
}

private func inSource(_ source: String, _ name: String, _ ids: [String]) -> DesiredProfile {
    DesiredProfile(
        address: Address(source: source, type: "rider", name: name), identifiers: identifiers(ids),
        origin: Origin(file: "a.yaml", line: 1, column: 1))
}
