import Diagnostics
import Planning
import ProfileModel
import Testing

/// Scenarios tell how conflicts read; here is what they depend on.
struct ConflictsTests {
    @Test func aNewSourceNeedsRoomInTheAccount() {
        func profile(_ number: Int) -> DesiredProfile {
            DesiredProfile(
                address: Address(source: "s\(number)", type: "rider", name: "p"),
                identifiers: identifiers(["member:\(number)"]), origin: Origin(file: "a.yaml", line: 1, column: 1))
        }
        func entry(_ number: Int) -> LedgerEntry {
            LedgerEntry(
                address: profile(number).address, profileID: "P\(number)", userID: "\(number)",
                lastApplied: ProfileValues(identifiers: identifiers(["member:\(number)"])))
        }
        func one(_ number: Int) -> Profile {
            live("P\(number)", ["member:\(number)"], user: "\(number)", source: "s\(number)")
        }
        let (wanted, entries, seen) = ((1...50).map(profile), (1...50).map(entry), (1...50).map(one))

        let full = planner(wanted + [profile(51)], entries).plan(seeing: seen)
        #expect(full.diagnostics.map(\.code) == [.tooManySources])
        #expect(full.blocked.map(\.step.address.source) == ["s51"])
        // What goes makes room.
        let exchanged = planner(wanted.dropLast() + [profile(51)], entries).plan(seeing: seen)
        #expect(exchanged.diagnostics == [])
        #expect(Set(exchanged.steps.map(\.action)) == [.create, .delete])
    }

    @Test func whatAnotherProfileGivesUpIsNoConflictEvenWhenThatIsBlocked() {
        let plan = planner(
            [desired("a", ["member:a", "badge:1"])],
            [applied("a", id: "PA", ["member:a"]), applied("z", id: "PZ", ["badge:1"], user: "9")], policy: PlanPolicy()
        ).plan(seeing: [live("PA", ["member:a"]), live("PZ", ["badge:1"], user: "9")])
        #expect(plan.diagnostics == [])
        #expect(plan.blocked.map(\.reason) == [.dependsOn(address("z")), .deletesAreOff])
    }

    @Test func aForeignIdentifierThatAManagedProfileHoldsIsAConflict() {
        let plan = planner(
            [desired("a", ["member:a", "badge:1"]), desired("b", ["member:b"])],
            [applied("a", id: "PA", ["member:a"]), applied("b", id: "PB", ["member:b"], user: "9")]
        ).plan(seeing: [live("PA", ["member:a"]), live("PB", ["member:b", "badge:1"], user: "9")])
        #expect(plan.diagnostics.map(\.code) == [.identifierOwnedElsewhere])
        #expect(plan.diagnostics.first?.message.contains("coolbikes/rider/b") == true)
        #expect(plan.diagnostics.first?.help?.contains("identifiers_mode: exclusive") == true)
    }

    @Test func aProfileOfAnotherSourceHoldsNothingOfThisOne() {
        let plan = planner(
            [desired("a", ["member:a", "badge:1"])], [applied("a", id: "PA", ["member:a"])]
        ).plan(seeing: [live("PA", ["member:a"]), live("PT", ["badge:1"], user: "9", source: "trams")])
        #expect(plan.diagnostics == [])
        #expect(plan.steps.map(\.action) == [.update])
    }
}
