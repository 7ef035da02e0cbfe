import ProfileModel
import Testing

@testable import Planning

struct VerbChoiceTests {
    @Test func settingAndAddingIsASmallPatch() throws {
        let plan = plan(
            desired(named: "New", ["email:jane@example.com", "member:1"], ["o": ["x": "2", "y": "1"], "t": "same"]),
            applied(named: "Old", ["email:jane@example.com"], ["o": ["x": "1", "y": "1"], "t": "same"]),
            live(named: "Old", ["email:jane@example.com"], ["o": ["x": "1", "y": "1"], "t": "same", "theirs": "z"]))
        let step = try #require(plan.steps.first)
        #expect(step.reason == .setsAndAdds)
        #expect(
            step.request
                == .patch(
                    id: "P1",
                    ProfilePatch(
                        name: "New", identifiers: identifiers(["member:1"]), attributes: ["o": ["x": "2", "y": "1"]])))
        #expect(step.after?.attributes == ["o": ["x": "2", "y": "1"], "t": "same", "theirs": "z"])
    }

    @Test func aRemovedIdentifierNeedsTheWholeDocument() throws {
        let plan = plan(
            desired(named: "Jane", ["email:new@x.org"], ["tier": "gold"]),
            applied(named: "Jane", ["email:old@x.org"], ["tier": "gold"]),
            live(named: "Jane", ["email:old@x.org", "phone_number:5"], ["tier": "gold", "theirs": "z"]))
        let step = try #require(plan.steps.first)
        #expect(step.reason == .removesIdentifiers(identifiers(["email:old@x.org"])))
        let document = ProfileValues(
            name: "Jane", identifiers: identifiers(["email:new@x.org", "phone_number:5"]),
            attributes: ["tier": "gold", "theirs": "z"])
        #expect(step.request == .put(id: "P1", document))
    }

    @Test func aRemovedAttributeNeedsAPutUnlessNullsAreKnownToDelete() throws {
        let wanted = desired(["member:1"], ["o": ["x": "1"]])
        let entry = applied(["member:1"], ["o": ["x": "1", "y": "2"], "gone": "1"])
        let live = live(["member:1"], ["o": ["x": "1", "y": "2"], "gone": "1"])
        let step = try #require(plan(wanted, entry, live).steps.first)
        #expect(step.reason == .removesAttributes([["gone"], ["o", "y"]]))
        #expect(
            step.request
                == .put(
                    id: "P1",
                    ProfileValues(name: "Jane", identifiers: identifiers(["member:1"]), attributes: ["o": ["x": "1"]])))
        let patching = try #require(plan(wanted, entry, live, patchNullDeletes: true).steps.first)
        #expect(patching.reason == .setsAndAdds)
        #expect(
            patching.request
                == .patch(id: "P1", ProfilePatch(attributes: ["gone": .null, "o": ["x": "1", "y": .null]])))
    }

    @Test(
        arguments: [
            (["a": .null], ["a": "1"], [["a"]]),
            (["a": ["b": ["c": .null, "d": "1"]]], ["a": ["b": ["c": "1", "d": "1"]]], [["a", "b", "c"]]),
        ] as [(AttributeObject, AttributeObject, [[String]])])
    func `null for a value needs a PUT, unless a PATCH deletes`(
        _ attributes: AttributeObject, _ before: AttributeObject, _ paths: [[String]]
    ) throws {
        let (wanted, entry, live) = (
            desired(["member:1"], attributes), applied(["member:1"], before), live(["member:1"], before)
        )
        let putting = try #require(plan(wanted, entry, live).steps.first)
        #expect(putting.reason == .setsAttributesToNull(paths))
        #expect(putting.after?.attributes == attributes)
        let patching = try #require(plan(wanted, entry, live, patchNullDeletes: true).steps.first)
        #expect(patching.request == .patch(id: "P1", ProfilePatch(attributes: attributes)))
        #expect(patching.after?.attributes.isSame(as: attributes) == true)
        #expect(patching.fields == putting.fields && patching.fields.count == 1)
    }

    @Test(arguments: [[:], ["a": .null], ["a": .null, "theirs": "x"]] as [AttributeObject])
    func `null where there is no value is nothing to do`(_ before: AttributeObject) {
        for mode in [DesiredProfile.Mode.declared, .exclusive] where mode == .declared || before["theirs"] == nil {
            let wanted = desired(["member:1"], ["a": .null], attributesMode: mode)
            #expect(plan(wanted, applied(["member:1"], ["a": .null]), live(["member:1"], before)).steps.isEmpty)
            #expect(plan(wanted, applied(["member:1"]), live(["member:1"], before)).steps.isEmpty)
            let without = desired(["member:1"], attributesMode: mode)
            #expect(
                plan(without, applied(["member:1"], ["a": .null]), live(["member:1"], before)).steps.allSatisfy {
                    $0.action == .adopt
                })
        }
    }

    @Test func `an object full of nulls is an empty one`() throws {
        let wanted = desired(["member:1"], ["o": .object(["x": .null])])
        #expect(
            plan(wanted, applied(["member:1"]), live(["member:1"], ["o": .object([:])])).steps.allSatisfy {
                $0.request == nil
            })
        let step = try #require(plan(wanted, applied(["member:1"]), live(["member:1"])).steps.first)
        #expect(step.request == .patch(id: "P1", ProfilePatch(attributes: ["o": .object([:])])))
    }

    @Test func nullInsideAnArrayIsHarmless() {
        let plan = plan(desired(["member:1"], ["l": .array([.null])]), applied(["member:1"]), live(["member:1"]))
        #expect(plan.steps.first?.reason == .setsAndAdds)
    }

    @Test func aNameTakenBackIsDerivedAgain() throws {
        let plan = plan(desired(), applied(named: "Jane"), live(named: "Jane"))
        let step = try #require(plan.steps.first)
        #expect(step.reason == .resetsName)
        #expect(step.request == .put(id: "P1", ProfileValues(identifiers: identifiers(["email:jane@example.com"]))))
        #expect(step.after?.name == "jane@example.com")
    }

    @Test func aPutKeepsANameThatAHumanWrote() throws {
        let plan = plan(
            desired(["email:new@x.org"]), applied(["email:old@x.org"]), live(named: "Jane", ["email:old@x.org"]))
        let step = try #require(plan.steps.first)
        guard case .put(_, let values) = step.request else { return #expect(Bool(false), "not a PUT") }
        #expect(values.name == "Jane")
    }

    @Test func aPutLetsADerivedNameFollowAndShowsIt() throws {
        let plan = plan(
            desired(["email:New@x.org"]), applied(["email:old@x.org"]), live(named: "old@x.org", ["email:old@x.org"]))
        let step = try #require(plan.steps.first)
        guard case .put(_, let values) = step.request else { return #expect(Bool(false), "not a PUT") }
        #expect(values.name == nil)
        #expect(step.after?.name == "new@x.org")
        #expect(
            step.fields.first == FieldChange(.nameChanged(from: "old@x.org", to: "new@x.org"), .youChangedIt))
    }

    @Test func whatIsAbsentIsCreatedByItsKeyOrUnderItsUser() throws {
        let wanted = desired(["email:Jane@X.org", "member:1"], ["tier": "gold"])
        let step = try #require(planner([wanted]).plan(seeing: []).steps.first)
        let values = ProfileValues(identifiers: wanted.identifiers, attributes: ["tier": "gold"])
        #expect(step.action == .create)
        #expect(step.reason == .absent)
        #expect(step.request == .putByQuery(query("email:jane@x.org"), values))
        #expect(step.precondition == .absent(query("email:jane@x.org")))
        #expect(step.before == nil)
        #expect(
            step.after
                == ProfileValues(
                    name: "jane@x.org", identifiers: identifiers(["email:jane@x.org", "member:1"]),
                    attributes: ["tier": "gold"]))
        #expect(step.declared == values)
        #expect(step.origin == wanted.origin)
        #expect(Set(step.fields.map(\.cause)) == [.neverApplied])

        let under = try #require(planner([desired(userID: "7")]).plan(seeing: []).steps.first)
        #expect(under.reason == .absentForUser(userID: "7"))
        #expect(
            under.request
                == .putUnderUser(
                    userID: "7", query("email:jane@example.com"),
                    ProfileValues(identifiers: identifiers(["email:jane@example.com"]))))
    }

    @Test func aProfileUnderAnotherUserIsBlockedAndShownWhole() throws {
        let plan = plan(desired(["member:1"], ["a": "1"], userID: "200"), applied(["member:1"]), live(["member:1"]))
        let blocked = try #require(plan.blocked.first)
        #expect(plan.steps.isEmpty)
        #expect(blocked.reason == .userDiffers(live: "100", desired: "200"))
        #expect(blocked.step.fields.count == 1)
        let same = planner([desired(["member:1"], userID: "200")], [applied(["member:1"])]).plan(seeing: [
            live(["member:1"])
        ])
        #expect(same.blocked.map(\.reason) == [.userDiffers(live: "100", desired: "200")])
        #expect(same.unchanged.isEmpty)
    }

    @Test func theLedgerCatchesUpWithoutACall() throws {
        let adopted = try #require(plan(desired(), nil, live()).steps.first)
        #expect(adopted.action == .adopt)
        #expect(adopted.reason == .existsUnmanaged)
        #expect(adopted.request == nil)
        #expect(adopted.precondition == Precondition.none)
        let outdated: [(DesiredProfile, LedgerEntry)] = [
            (desired(["email:jane@example.com"], [:]), applied(["email:jane@example.com"], ["gone": "1"])),
            (desired(), applied(user: "1")),
            (desired(preventDestroy: true), applied()),
            (desired(), applied(["email:jane@example.com", "member:gone"])),
        ]
        for (wanted, entry) in outdated {
            let step = try #require(plan(wanted, entry, live()).steps.first)
            #expect(step.action == .adopt)
            #expect(step.reason == .alreadyLive)
            #expect(step.declared == ProfileValues(identifiers: wanted.identifiers))
        }
        #expect(plan(desired(), applied(["email:JANE@example.com"]), live()).unchanged == [address("jane")])
    }

    @Test func whatLeftTheManifestsIsDeletedOrForgotten() throws {
        let entries = [applied("a", id: "PA"), applied("b", id: "PB", preventDestroy: true)]
        let plan = planner([], entries).plan(seeing: [live("PA")])
        let deletion = try #require(plan.steps.first)
        #expect(deletion.action == .delete)
        #expect(deletion.request == .delete(id: "PA"))
        #expect(deletion.before == live("PA"))
        #expect(deletion.after == nil && deletion.declared == nil && deletion.origin == nil)
        #expect(!deletion.fields.isEmpty)
        #expect(plan.steps.last?.action == .forget)
        #expect(plan.steps.last?.reason == .goneEverywhere)
    }

    @Test func aProfileDeletedOutsideIsCreatedAgain() throws {
        let plan = planner([desired()], [applied(id: "PA")]).plan(seeing: [])
        #expect(plan.steps.map(\.action) == [.create])
        #expect(plan.steps.flatMap(\.fields).allSatisfy { $0.cause == .changedOutside })
        #expect(plan.drift == [Drift(address: address("jane"), profileID: "PA", fields: nil)])
    }

    @Test func aProfileRecreatedElsewhereIsTakenUpUnderItsNewID() throws {
        let plan = planner([desired()], [applied(id: "PA")]).plan(seeing: [live("PX")])
        #expect(plan.steps.map(\.action) == [.adopt])
        #expect(plan.steps.first?.before?.id == "PX")
        #expect(plan.drift.map(\.fields) == [nil])
    }
}
