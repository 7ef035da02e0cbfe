import Planning
import ProfileModel
import Testing

struct SourcePolicyTests {
    /// Of four profiles in each of the sources crm and shop, the first so many are gone from the manifests or changed.
    private func blocked(
        _ policy: PlanPolicy, gone: Int = 0, changed: Int = 0, protected: Int = 0
    ) -> [String: [BlockedStep.Reason]] {
        let addresses = ["crm", "shop"].flatMap { source in
            (0..<4).map { Address(source: source, type: "t", name: "p\($0)") }
        }
        func number(_ address: Address) -> Int { Int(address.name.dropFirst()) ?? 0 }
        func identifiers(_ address: Address) -> [Identifier] { [Identifier(type: "member", value: address.name)] }
        let plan = planner(
            addresses.filter { number($0) >= gone }.map { address in
                DesiredProfile(
                    address: address, identifiers: identifiers(address),
                    attributes: number(address) < changed ? ["x": "1"] : [:],
                    origin: Origin(file: "a.yaml", line: 1, column: 1))
            },
            addresses.map { address in
                LedgerEntry(
                    address: address, profileID: "\(address)", userID: "\(address)",
                    lastApplied: ProfileValues(identifiers: identifiers(address)),
                    preventDestroy: number(address) < protected)
            }, policy: policy
        ).plan(
            seeing: addresses.map { address in
                Profile(
                    id: "\(address)", userID: "\(address)", source: address.source, type: address.type,
                    name: "member user \(address.name)", identifiers: identifiers(address), attributes: [:])
            })
        return Dictionary(grouping: plan.blocked) { $0.step.address.source }.mapValues { $0.map(\.reason) }
    }

    private func policy(
        _ crm: SourcePolicy, allowDelete: Bool = true, all: Bool = false, maxUpdate: Threshold? = nil,
        maxDelete: Threshold? = nil
    ) -> PlanPolicy {
        PlanPolicy(
            allowDelete: allowDelete, allowDeleteAll: all, maxUpdate: maxUpdate, maxDelete: maxDelete,
            sources: [ExactText("crm"): crm])
    }

    @Test func neverHoldsAgainstEveryFlag() {
        let never = SourcePolicy(deletes: .never)
        let kept = BlockedStep.Reason.sourceKeepsAll(source: "crm")
        #expect(blocked(policy(never), gone: 1) == ["crm": [kept]])
        #expect(blocked(policy(never, all: true), gone: 4) == ["crm": Array(repeating: kept, count: 4)])
        #expect(blocked(policy(never, allowDelete: false), gone: 1) == ["crm": [kept], "shop": [.deletesAreOff]])
        #expect(blocked(policy(never), gone: 1, protected: 1) == ["crm": [.preventDestroy], "shop": [.preventDestroy]])
    }

    /// To the service é is another text when it is written as e and an accent.
    @Test func aSourceThatOnlyLooksAlikeIsAnotherOne() {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        func id(_ source: String) -> String { "\(source.unicodeScalars.count)" }
        let plan = planner(
            [],
            [composed, decomposed].map { source in
                LedgerEntry(
                    address: Address(source: source, type: "t", name: "p"), profileID: id(source), userID: nil,
                    lastApplied: ProfileValues(identifiers: [Identifier(type: "member", value: id(source))]))
            },
            policy: PlanPolicy(
                allowDelete: true, allowDeleteAll: true, sources: [ExactText(composed): SourcePolicy(deletes: .never)])
        ).plan(
            seeing: [composed, decomposed].map { source in
                Profile(
                    id: id(source), userID: id(source), source: source, type: "t", name: "p",
                    identifiers: [Identifier(type: "member", value: id(source))], attributes: [:])
            })
        #expect(plan.blocked.count == 1)
        #expect(plan.blocked.first?.step.address.source.isExactly(composed) == true)
        #expect(plan.steps.map(\.action) == [.delete])
    }

    @Test func allowedIsForTheSourceAlone() {
        let allowed = policy(SourcePolicy(deletes: .allowed), allowDelete: false)
        #expect(blocked(allowed, gone: 1) == ["shop": [.deletesAreOff]])
    }

    @Test func allowedDoesNotLiftTheGuardAgainstDeletingEverything() {
        let allowed = policy(SourcePolicy(deletes: .allowed), allowDelete: false)
        #expect(blocked(allowed, gone: 4)["crm"]?.first == .deletesEverything(count: 8))
    }

    @Test func thresholdsCountTheSource() {
        let quarter = policy(SourcePolicy(maxDelete: .percent(25)))
        #expect(blocked(quarter, gone: 1).isEmpty)
        let tooMany = BlockedStep.Reason.tooManyDeletesOfSource(source: "crm", count: 2, limit: 1, of: 4)
        #expect(blocked(quarter, gone: 2) == ["crm": [tooMany, tooMany]])
        #expect(blocked(policy(SourcePolicy(maxDelete: .percent(25), maxDeleteFloor: 2)), gone: 2).isEmpty)
        #expect(blocked(policy(SourcePolicy(maxDelete: .percent(25)), all: true), gone: 2).isEmpty)
        let updates = BlockedStep.Reason.tooManyUpdatesOfSource(source: "crm", count: 3, limit: 2, of: 4)
        #expect(
            blocked(policy(SourcePolicy(maxUpdate: .count(2))), changed: 3) == ["crm": [updates, updates, updates]])
    }

    @Test func whatTheSourceLeavesCountsForTheWhole() {
        let whole = policy(SourcePolicy(maxDelete: .count(9)), maxDelete: .count(3))
        #expect(blocked(whole, gone: 2)["crm"]?.first == .tooManyDeletes(count: 4, limit: 3, of: 8))
        let strict = policy(SourcePolicy(deletes: .never), maxDelete: .count(2))
        #expect(blocked(strict, gone: 2)["shop"] == nil)
        let updates = policy(SourcePolicy(maxUpdate: .count(0)), maxUpdate: .count(2))
        #expect(blocked(updates, changed: 2)["shop"] == nil)
        #expect(blocked(updates, changed: 3)["shop"]?.first == .tooManyUpdates(count: 3, limit: 2, of: 8))
    }
}
