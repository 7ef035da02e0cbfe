import Planning
import ProfileModel
import Testing

struct PlannerTests {
    @Test func costCountsReadsChecksAndWritesByEndpoint() {
        let names = ["a", "b", "c", "d"]
        let plan = planner(
            [
                desired("a", ["member:a"], ["x": "1"]), desired("b", ["member:b"]), desired("n", ["member:n"]),
                desired("u", ["member:u"], userID: "5"),
            ],
            names.map { applied($0, id: $0, ["member:\($0)"], $0 == "b" ? ["x": "1"] : [:], user: $0) }
        ).plan(seeing: ["a", "b", "c"].map { live($0, ["member:\($0)"], $0 == "b" ? ["x": "1"] : [:], user: $0) })
        #expect(plan.cost.readsMade == 7)
        #expect(plan.cost.checkReads == 5)
        #expect(
            plan.cost.writes.map(\.endpoint) == [
                "DELETE user_profiles/{profile_id}", "PATCH user_profiles/{profile_id}",
                "PUT user_profiles/{profile_id}", "PUT user_profiles?identifier={identifier}",
                "PUT users/{user_id}/profiles?identifier={identifier}",
            ])
        #expect(plan.cost.writeCount == 5)
        #expect(plan.cost.seconds == 2)
    }

    @Test func driftIsWhatOthersChangedOfWhatWeWrote() {
        let entry = applied(
            named: "Jane", ["email:jane@example.com", "member:1"], ["a": "1", "o": ["x": "1", "y": "2"]])
        let live = live(
            named: "Janet", ["email:JANE@example.com", "phone_number:5"], ["o": ["x": "9"], "theirs": "z"])
        let wanted = desired(named: "Jane", ["email:jane@example.com"], ["a": "1"], ignore: [["attributes", "o"]])
        let drift = planner([desired(named: "Jane")], [entry]).plan(seeing: [live]).drift
        let changes: [FieldChange.Change] = [
            .nameChanged(from: "Jane", to: "Janet"),
            .identifierRemoved(Identifier(type: "member", value: "1")),
            .attributeRemoved(path: ["a"], "1"),
            .attributeChanged(path: ["o", "x"], from: "1", to: "9"),
            .attributeRemoved(path: ["o", "y"], "2"),
        ]
        #expect(drift.count == 1)
        #expect(drift.first?.fields == changes.map { FieldChange($0, .changedOutside) })
        let lenient = planner([wanted], [entry]).plan(seeing: [live]).drift
        #expect(lenient.first?.fields?.count == 3)
    }

    @Test func whatOthersAddedIsNoDrift() {
        let plan = plan(desired(), applied(), live(["email:jane@example.com", "member:2"], ["theirs": "z"]))
        #expect(plan.drift.isEmpty)
        #expect(plan.unchanged == [address("jane")])
    }

    @Test func aChangeUndoneByTheManifestIsDriftAllTheSame() {
        let plan = plan(
            desired(["member:1"], ["t": "new"]), applied(["member:1"], ["t": "old"]), live(["member:1"], ["t": "new"]))
        #expect(plan.steps.map(\.action) == [.adopt])
        #expect(plan.drift.count == 1)
    }

    @Test func aPartOfTheWorkspaceDeletesNothingAndIsNotComplete() {
        let plan = planner(
            [desired("b", ["member:b"])], [applied("a", id: "PA"), applied("b", id: "PB", ["member:b"])],
            scope: PlanScope(paths: ["b.yaml"])
        ).plan(seeing: [live("PA"), live("PB", ["member:b"])])
        #expect(plan.steps.isEmpty && plan.blocked.isEmpty)
        #expect(plan.unchanged == [address("b")])
        #expect(!plan.complete)
        #expect(plan.cost.readsMade == 1)
    }

    @Test func inputsInAnyOrderGiveOnePlan() {
        let names = ["c", "a", "d", "b"]
        let wanted = names.map { desired($0, ["member:\($0)"], ["x": "1"]) }
        let entries = names.map { applied($0, id: $0, ["member:\($0)"], user: $0) }
        let seen = names.map { live($0, ["member:\($0)"], user: $0) }
        let plan = planner(wanted, entries).plan(seeing: seen)
        #expect(plan.steps.map(\.address.name) == ["a", "b", "c", "d"])
        #expect(planner(wanted.reversed(), entries.sorted { $0.address < $1.address }).plan(seeing: seen) == plan)
    }

    @Test func sideEffectsOnUsersAreListed() throws {
        let plan = plan(
            desired(["email:new@x.org", "external_id:7", "member:1"]), applied(["email:old@x.org"]),
            live(["email:old@x.org"]))
        #expect(
            plan.steps.first?.sideEffects == [
                .identityKept(userID: "100", Identifier(type: "email", value: "old@x.org")),
                .identityAdded(.known("100"), Identifier(type: "email", value: "new@x.org"), .possible),
                .externalIDSet(.known("100"), "7", .certain),
            ])
        let lone = planner([desired("a", ["member:1"])]).plan(seeing: [])
        #expect(lone.steps.first?.sideEffects == [.anonymousUserCreated(name: "member user 1", .certain)])
        let owned = planner([desired("a", ["member:1"], userID: "5")]).plan(seeing: [])
        #expect(owned.steps.first?.sideEffects == [])
        let known = planner([desired("a")]).plan(seeing: [])
        #expect(
            known.steps.first?.sideEffects
                == [
                    .anonymousUserCreated(name: "jane@example.com", .possible),
                    .identityAdded(.new(address("a")), Identifier(type: "email", value: "jane@example.com"), .certain),
                ])
    }

    @Test func theDigestSeesWhatIsComparedAndNothingElse() {
        let one = live(["email:jane@example.com", "member:1"], ["n": number("1.0"), "o": ["b": "2", "a": "1"]])
        var other = live(["member:1", "email:Jane@example.com"], ["o": ["a": "1", "b": "2"], "n": number("1")])
        other.updatedAt = Timestamp(seconds: 99)
        #expect(digest(of: one) == digest(of: other))
        #expect(digest(of: one).count == 64)
        #expect(digest(of: one).allSatisfy { $0.isHexDigit && !$0.isUppercase })
        let changes: [(inout Profile) -> Void] = [
            { $0.id = "P2" }, { $0.userID = nil }, { $0.source = "x" }, { $0.type = "x" }, { $0.name = "x" },
            { $0.identifiers.removeLast() }, { $0.attributes["n"] = number("2") }, { $0.attributes["n"] = "1" },
        ]
        let digests = changes.map { change in
            var profile = one
            change(&profile)
            return digest(of: profile)
        }
        #expect(Set(digests + [digest(of: one)]).count == changes.count + 1)
    }

    @Test func aKnownProfileHasAKnownDigest() {
        // A saved plan holds digests: they must not change from one version to the next.
        let profile = live("P1", named: "Jane", ["email:Jane@example.com"], ["n": number("10.0")], user: "100")
        #expect(digest(of: profile) == "4ccaa837fa74667f630cba7ed333080078d337dc4eb71a061b765a0e7e2f5b31")
    }
}
