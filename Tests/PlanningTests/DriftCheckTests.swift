import Planning
import ProfileModel
import Testing

struct DriftCheckTests {
    private static let day = Timestamp(seconds: 1_795_435_200)  // 2026-11-23

    private func report(
        _ ledger: [LedgerEntry], _ profiles: [Profile], manifests: [DesiredProfile]? = nil,
        accepted: [AcceptedDrift] = [], at time: Timestamp = day
    ) -> DriftReport {
        let check = DriftCheck(
            ledger: ledger, manifests: manifests.map { DesiredState(profiles: $0) }, accepted: accepted)
        let world = World(profiles)
        var state = LiveState()
        while case let lookups = check.lookups(after: state), !lookups.isEmpty {
            for lookup in lookups { state.answers[lookup] = world.answer(lookup) }
        }
        return check.report(
            state, environment: EnvironmentStamp(name: "test", service: "none"), scope: PlanScope(), at: time)
    }

    private func accept(
        _ field: DriftField, _ value: AttributeValue, until day: String = "2027-01-31", of name: String = "jane"
    ) -> AcceptedDrift {
        AcceptedDrift(
            address: address(name), field: field, value: value, owner: "crm", reason: "r", expires: day,
            origin: Origin(file: "b.yaml", line: 1, column: 1))
    }

    private let entry = applied(named: "Jane", ["email:jane@x.org", "badge:1"], ["tier": "silver", "b": ["c": "1"]])

    @Test func whatIsAsAppliedOrNeverOursIsNoDrift() {
        let same = live(
            named: "Jane", ["badge:1", "email:JANE@x.org", "theirs:9"],
            ["tier": "silver", "b": ["c": "1", "d": "2"], "z": "1"])
        let report = report([entry], [same])
        #expect(report.profiles.isEmpty)
        #expect(report.checked == 1)
        #expect(report.readsMade == 1)
    }

    @Test func everyFieldIsCompared() {
        let changed = live(named: "Janet", ["email:new@x.org"], ["tier": "gold", "b": [:]])
        let findings = report([entry], [changed]).profiles[0].findings
        #expect(
            findings.map(\.field) == [
                .name, .identifiers(type: "email"), .identifiers(type: "badge"), .attribute(["b", "c"]),
                .attribute(["tier"]),
            ])
        #expect(findings.map(\.live) == ["Janet", "new@x.org", .null, .null, "gold"])
        #expect(findings.allSatisfy { $0.judgement == .open })
    }

    @Test func aProfileThatIsGoneIsDrift() {
        let findings = report([entry], []).profiles[0].findings
        #expect(findings.map(\.field) == [.profile])
        #expect(findings[0].judgement.isDrift)
        let accepted = report([entry], [], accepted: [accept(.profile, .null)])
        #expect(accepted.drifted.isEmpty)
    }

    @Test func whatIsAcceptedIsNoDriftUntilLiveMovesOnOrTheDayIsOver() {
        let changed = live(named: "Jane", ["email:jane@x.org", "badge:1"], ["tier": "gold", "b": ["c": "1"]])
        func judgement(_ acceptance: AcceptedDrift) -> DriftFinding.Judgement {
            report([entry], [changed], accepted: [acceptance]).profiles[0].findings[0].judgement
        }
        let tier = DriftField.attribute(["tier"])
        let good = accept(tier, "gold")
        #expect(judgement(good) == .accepted(good))
        let today = accept(tier, "gold", until: "2026-11-23")
        #expect(judgement(today) == .accepted(today))
        let over = accept(tier, "gold", until: "2026-11-22")
        #expect(judgement(over) == .expired(over))
        let other = accept(tier, "platinum")
        #expect(judgement(other) == .movedOn(other))
        #expect(judgement(accept(.name, "gold")) == .open)
        #expect(judgement(accept(tier, "gold", of: "other")) == .open)
    }

    @Test func identifiersAreAcceptedAsASet() {
        let changed = live(named: "Jane", ["email:b@x.org", "email:a@x.org", "badge:1"], entry.lastApplied.attributes)
        let field = DriftField.identifiers(type: "email")
        let list = AttributeValue.array(["A@x.org", "b@x.org"])
        #expect(report([entry], [changed], accepted: [accept(field, list)]).drifted.isEmpty)
        #expect(report([entry], [changed], accepted: [accept(field, "a@x.org")]).drifted.count == 1)
        let none = live(named: "Jane", ["badge:1"], entry.lastApplied.attributes)
        #expect(report([entry], [none], accepted: [accept(field, .null)]).drifted.isEmpty)
    }

    @Test func numbersOfOneValueAreOneValue() {
        let entry = applied(["badge:1"], ["n": number("1")])
        #expect(report([entry], [live(["badge:1"], ["n": number("1.0")])]).profiles.isEmpty)
        let accepted = accept(.attribute(["n"]), number("2.0"))
        #expect(report([entry], [live(["badge:1"], ["n": number("2")])], accepted: [accepted]).drifted.isEmpty)
    }

    @Test func whatIsAcceptedAndNotThereIsTold() {
        let acceptances = [accept(.name, "x"), accept(.attribute(["tier"]), "gold", of: "nobody")]
        let same = live(named: "Jane", ["email:jane@x.org", "badge:1"], entry.lastApplied.attributes)
        #expect(report([entry], [same], accepted: acceptances).unused.count == 2)
    }

    @Test func manifestsTellWhatTheyIgnoreAndWhatTheyWantByNow() {
        let changed = live(named: "Janet", ["email:jane@x.org", "badge:1"], ["tier": "gold", "b": ["c": "2"]])
        let manifest = desired(
            named: "Jane", ["email:jane@x.org"], ["tier": "gold"], ignore: [["name"], ["attributes", "b"]])
        let findings = report([entry], [changed], manifests: [manifest]).profiles[0].findings
        #expect(findings.map(\.judgement) == [.ignored, .ignored, .open])
        #expect(findings.map(\.isWanted) == [false, false, true])
        #expect(report([entry], [changed]).profiles[0].findings.allSatisfy { $0.judgement == .open && !$0.isWanted })
    }

    @Test func aGoneProfileThatIsNoLongerWantedIsToldAsSuch() {
        #expect(report([entry], [], manifests: []).profiles[0].findings[0].isWanted)
        #expect(!report([entry], [], manifests: [desired()]).profiles[0].findings[0].isWanted)
    }

    @Test func entriesThatCannotBeRightAreErrorsAndNotCompared() {
        let entries = [applied("a", id: "P1", ["badge:1"]), applied("b", id: "P1", ["badge:2"])]
        let shared = report(entries, [live("P1", ["badge:3"])])
        #expect(shared.errored)
        #expect(shared.profiles.isEmpty)
        let foreign = report([applied("a", id: "P1", ["badge:1"])], [live("P1", ["badge:3"], type: "other")])
        #expect(foreign.errored)
        #expect(foreign.profiles.isEmpty)
    }

    /// What the check calls drift is what a plan with the manifests as applied calls it.
    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func itFindsWhatAPlanFinds(seed: UInt64) {
        let workspace = Workspace(seed: seed)
        let planner = planner([], workspace.ledger)
        let plan = planner.plan(workspace.world.answers(to: planner), at: Self.day)
        let report = report(workspace.ledger, Array(workspace.world.profiles.values))
        #expect(report.profiles.map(\.address) == plan.drift.map(\.address), "seed \(seed)")
        let changes = report.profiles.map { $0.findings.compactMap(\.change) }
        #expect(changes == plan.drift.map { ($0.fields ?? []).map(\.change) }, "seed \(seed)")
    }
}
