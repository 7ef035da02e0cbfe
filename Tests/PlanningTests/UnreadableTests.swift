import Diagnostics
import Planning
import ProfileModel
import Testing
import WireFormat

/// Answers that cannot be read concern their own profiles.
@Suite struct UnreadableTests {
    private let odd = UnreadableProfile(id: nil, .wrongType, field: "attributes")

    private func plan(_ planner: Planner, _ live: LiveState) -> Plan { planner.plan(live, at: Timestamp(seconds: 0)) }

    private func reason(_ plan: Plan, _ name: String) -> BlockedStep.Reason? {
        plan.blocked.first { $0.step.address == address(name) }?.reason
    }

    @Test func `A profile that cannot be read is blocked alone`() {
        let planner = planner(
            [desired("a"), desired("b", ["email:b@x.org"], ["tier": "gold"])],
            [applied("a", id: "PA"), applied("b", id: "PB", ["email:b@x.org"])])
        let live = LiveState(
            answers: [.profile(id: "PB"): [live("PB", ["email:b@x.org"])]], unreadable: [.profile(id: "PA"): [odd]])
        #expect(planner.lookups(after: live).isEmpty)
        let plan = plan(planner, live)
        #expect(plan.steps.map(\.address) == [address("b")])
        #expect(reason(plan, "a") == .unreadable(UnreadableProfile(id: "PA", .wrongType, field: "attributes")))
        #expect(plan.applyable && !plan.complete && !plan.errored)
        #expect(plan.diagnostics.map(\.code) == [.unreadableProfile])
        #expect(plan.diagnostics.first?.message.contains("coolbikes/rider/a (PA)") == true)
        #expect(plan.cost.readsMade == 2)
    }

    @Test func `A profile that is no longer wanted is not deleted unread`() {
        let planner = planner([desired("b")], [applied("a", id: "PA"), applied("b", id: "PB")])
        let live = LiveState(answers: [.profile(id: "PB"): [live("PB")]], unreadable: [.profile(id: "PA"): [odd]])
        let plan = plan(planner, live)
        #expect(plan.blocked.map(\.step.action) == [.delete])
        #expect(reason(plan, "a") == .unreadable(UnreadableProfile(id: "PA", .wrongType, field: "attributes")))
    }

    @Test func `A key whose profile cannot be read creates nothing`() {
        let planner = planner([desired("a")])
        let live = LiveState(unreadable: [.query(query("email:jane@example.com")): [odd]])
        #expect(planner.lookups(after: live).isEmpty)
        #expect(plan(planner, live).steps.isEmpty)
        #expect(reason(plan(planner, live), "a") == .unreadable(odd))
    }

    @Test func `One unreadable profile of a user leaves the others`() {
        let entries = [applied("a", id: "PA", user: "7"), applied("c", id: "PC", user: "7")]
        let planner = planner([desired("a", ["member:1"]), desired("c", ["member:2"])], entries)
        let live = LiveState(
            answers: [.user("7"): [live("PC", ["member:2"], user: "7")]],
            unreadable: [.user("7"): [UnreadableProfile(id: "PA", .missing, field: "type")]])
        #expect(planner.lookups(after: live).isEmpty)
        #expect(
            reason(plan(planner, live), "a") == .unreadable(UnreadableProfile(id: "PA", .missing, field: "type")))
        #expect(reason(plan(planner, live), "c") == nil)
    }

    @Test func `An unreadable list of a user is not asked again`() {
        let entries = [applied("a", id: "PA", user: "7"), applied("c", id: "PC", user: "7")]
        let planner = planner([desired("a", ["member:1"]), desired("c", ["member:2"])], entries)
        let live = LiveState(unreadable: [.user("7"): [UnreadableProfile(id: nil, .truncated)]])
        #expect(planner.lookups(after: live) == [.profile(id: "PA"), .profile(id: "PC")])
    }

    @Test func `What another answer shows needs no second one`() {
        let planner = planner([desired("a")], [applied("a", id: "PA")])
        let other = Lookup.query(query("member:9"))
        let live = LiveState(answers: [other: [live("PA")]], unreadable: [.profile(id: "PA"): [odd]])
        #expect(plan(planner, live).blocked.isEmpty)
    }

    @Test func `Nobody takes an identifier from an unknown owner`() {
        let planner = planner(
            [desired("a", ["email:a@x.org", "member:1"]), desired("b", ["email:b@x.org", "member:2"])],
            [applied("a", id: "PA", ["email:a@x.org"]), applied("b", id: "PB", ["email:b@x.org"])])
        var live = LiveState(answers: [
            .profile(id: "PA"): [live("PA", ["email:a@x.org"])], .profile(id: "PB"): [live("PB", ["email:b@x.org"])],
        ])
        #expect(planner.lookups(after: live) == [.query(query("member:1")), .query(query("member:2"))])
        live.unreadable[.query(query("member:1"))] = [odd]
        live.answers[.query(query("member:2"))] = []
        #expect(planner.lookups(after: live).isEmpty)
        let plan = plan(planner, live)
        #expect(plan.steps.map(\.address) == [address("b")])
        #expect(reason(plan, "a") == .ownerUnreadable(identifierType: "member"))
    }

    @Test func `What cannot be read counts as live for the policy`() {
        let planner = planner(
            [desired("b", ["member:2"])],
            [applied("a", id: "PA"), applied("b", id: "PB", ["member:2"]), applied("c", id: "PC", ["member:3"])],
            policy: PlanPolicy(allowDelete: true))
        let live = LiveState(
            answers: [.profile(id: "PC"): [live("PC", ["member:3"])]],
            unreadable: [.profile(id: "PA"): [odd], .profile(id: "PB"): [odd]])
        #expect(plan(planner, live).steps.map(\.action) == [.delete])
    }

    @Test func `An import that cannot be read is blocked`() {
        let origin = Origin(file: "a.yaml", line: 1, column: 1)
        let block = ProfileImport(to: address("a"), selector: .id("PA"), origin: origin, selectorOrigin: origin)
        let planner = planner([desired("a", ["member:1"])], imports: [block])
        let live = LiveState(unreadable: [.profile(id: "PA"): [UnreadableProfile(id: "PA", .tooLarge)]])
        #expect(planner.lookups(after: live).isEmpty)
        #expect(reason(plan(planner, live), "a") == .unreadable(UnreadableProfile(id: "PA", .tooLarge)))
    }

    @Test func `Drift names what it could not read`() {
        let check = DriftCheck(
            ledger: [applied("a", id: "PA"), applied("b", id: "PB")], manifests: nil, accepted: [])
        let live = LiveState(answers: [.profile(id: "PB"): [live("PB")]], unreadable: [.profile(id: "PA"): [odd]])
        #expect(check.lookups(after: live).isEmpty)
        let report = check.report(
            live, environment: EnvironmentStamp(name: "e", service: "s"), scope: PlanScope(), at: Timestamp(seconds: 0))
        #expect(report.profiles.isEmpty)
        #expect(report.errored)
        #expect(report.diagnostics.map(\.code) == [.unreadableProfile])
    }
}

/// Values that cannot be written as they were read.
@Suite struct DamageTests {
    private static let damage = Damage(.loneSurrogate, fingerprint: 1)
    private let half = AttributeValue.damaged("x\u{FFFD}", damage)

    private func plan(_ wanted: DesiredProfile, _ entry: LedgerEntry?, _ live: Profile) -> Plan {
        let planner = planner([wanted], entry.map { [$0] } ?? [])
        var state = LiveState(answers: [.profile(id: live.id): [live]])
        if entry == nil { state = LiveState(answers: [.query(wanted.keyQuery): [live]]) }
        for lookup in planner.lookups(after: state) { state.answers[lookup] = [] }
        return planner.plan(state, at: Timestamp(seconds: 0))
    }

    @Test func `A PATCH leaves a damaged value alone`() {
        let live = live("PA", ["member:1"], ["bio": half, "tier": "silver"])
        let plan = plan(desired("a", ["member:1"], ["tier": "gold"]), applied("a", id: "PA", ["member:1"]), live)
        #expect(plan.steps.map(\.request) == [.patch(id: "PA", ProfilePatch(attributes: ["tier": "gold"]))])
        #expect(plan.steps.first?.after?.attributes["bio"] == half)
    }

    @Test func `A PUT that would send a damaged value is blocked`() {
        let live = live("PA", ["member:1", "member:2"], ["bio": half, "tier": "silver"])
        let wanted = desired("a", ["member:1"], ["tier": "gold"], identifiersMode: .exclusive)
        let plan = plan(wanted, applied("a", id: "PA", ["member:1"]), live)
        #expect(plan.blocked.map(\.reason) == [.notReproducible([.attribute("bio")])])
        #expect(plan.steps.isEmpty)
        #expect(plan.diagnostics.map(\.code) == [.notReproducible])
    }

    @Test func `A PUT that replaces the damaged value goes on`() {
        let live = live("PA", ["member:1", "member:2"], ["bio": half])
        let wanted = desired("a", ["member:1"], ["bio": "whole"], identifiersMode: .exclusive)
        let plan = plan(wanted, applied("a", id: "PA", ["member:1"]), live)
        #expect(plan.steps.count == 1 && plan.blocked.isEmpty)
    }

    @Test func `A PUT that removes the damaged value goes on`() {
        let live = live("PA", ["member:1"], ["bio": half])
        let wanted = desired("a", ["member:1"], attributesMode: .exclusive)
        #expect(plan(wanted, applied("a", id: "PA", ["member:1"]), live).steps.count == 1)
    }

    @Test func `A delete goes on`() {
        let planner = planner([desired("b", ["member:2"])], [applied("a", id: "PA"), applied("b", id: "PB")])
        var live = LiveState(answers: [.profile(id: "PA"): [live("PA", ["member:1"], ["bio": half])]])
        live.answers[.profile(id: "PB")] = [PlanningTests.live("PB", ["member:2"])]
        let plan = planner.plan(live, at: Timestamp(seconds: 0))
        #expect(!plan.blocked.contains { $0.reason == .notReproducible([.attribute("bio")]) })
    }

    @Test func `A damaged name or identifier blocks a PUT too`() {
        var profile = live("PA", named: "J\u{FFFD}", ["member:1", "member:2", "email:a"])
        profile.nameDamage = Self.damage
        profile.identifiers[2].damage = Self.damage
        let wanted = desired("a", ["member:1"], ["tier": "gold"])
        let applied = applied("a", id: "PA", ["member:1", "member:2"])
        let plan = plan(wanted, applied, profile)
        #expect(plan.blocked.map(\.reason) == [.notReproducible([.name, .identifiers])])
    }

    @Test func `A value that looks like the damaged one differs from it`() {
        var profile = live("PA", named: "J\u{FFFD}", ["member:1"], ["bio": half])
        profile.nameDamage = Self.damage
        let wanted = desired("a", named: "J\u{FFFD}", ["member:1"], ["bio": "x\u{FFFD}"])
        let entry = applied("a", id: "PA", named: "J\u{FFFD}", ["member:1"], ["bio": "x\u{FFFD}"])
        let plan = plan(wanted, entry, profile)
        #expect(
            plan.steps.map(\.request)
                == [.patch(id: "PA", ProfilePatch(name: "J\u{FFFD}", attributes: ["bio": "x\u{FFFD}"]))])
    }

    @Test func `A digest tells damaged values apart`() {
        var digests: Set<String> = []
        for (name, identifier, attribute) in [(1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2)] as [(UInt64, UInt64, UInt64)]
        {
            var profile = live("PA", named: "J\u{FFFD}", ["email:a\u{FFFD}"])
            profile.nameDamage = Damage(.loneSurrogate, fingerprint: name)
            profile.identifiers[0].damage = Damage(.loneSurrogate, fingerprint: identifier)
            profile.attributes["bio"] = .damaged("\u{FFFD}", Damage(.loneSurrogate, fingerprint: attribute))
            digests.insert(digest(of: profile))
        }
        digests.insert(digest(of: live("PA", named: "J\u{FFFD}", ["email:a\u{FFFD}"], ["bio": "\u{FFFD}"])))
        #expect(digests.count == 5)
    }
}
