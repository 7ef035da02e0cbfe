import HTTPTypes
import Planning
import ProfileModel
import Sandbox
import Testing
import WireFormat

/// Two spellings of one letter are two texts, to the sandbox and to the planner alike.
struct GuardsSpelling {
    private let composed = "Ren\u{E9}"
    private let decomposed = "Rene\u{301}"

    @Test(arguments: ["member", "email", "external_id", "twitter", "phone_number"])
    func identifiersOfTwoProfiles(type: String) async throws {
        let sandbox = try Sandbox(now: { Stage.now })
        let desired = [("a", composed), ("b", decomposed)].map { name, value in
            DesiredProfile(
                address: Address(source: "s", type: "t", name: name), name: value,
                identifiers: [Identifier(type: type, value: value)], attributes: [value: .string(value)],
                origin: Origin(file: "m.yaml", line: 1, column: 1))
        }
        let plan = plan(
            desired, [], LiveState(answers: desired.reduce(into: [:]) { $0[.query($1.keyQuery.lower)] = [] }))
        #expect(plan.diagnostics.isEmpty && plan.steps.map(\.action) == [.create, .create])
        for step in plan.steps { #expect(await status(of: step, on: sandbox) == 201) }

        let profiles = sandbox.world().profiles
        #expect(Set(profiles.map(\.identifiers)).count == 2)
        #expect(Set(profiles.map(\.userID)).count == 2, "no user owns the other spelling")
        let entries = zip(desired, profiles).map { desired, profile in
            LedgerEntry(
                address: desired.address, profileID: profile.id, userID: profile.userID,
                lastApplied: ProfileValues(
                    name: desired.name, identifiers: desired.identifiers, attributes: desired.attributes))
        }
        let live = profiles.reduce(into: LiveState()) { $0.answers[.profile(id: $1.id)] = [$1] }
        #expect(self.plan(desired, entries, live).unchanged.count == 2)

        // Each in the other spelling is a change of name and attributes, which the service sees too.
        var other = desired
        other[0].name = decomposed
        other[0].attributes = [decomposed: .string(composed), composed: .string(decomposed)]
        let step = try #require(self.plan(other, entries, live).steps.first)
        #expect(step.fields.count == 3)
        #expect(await status(of: step, on: sandbox) == 200)
        let changed = try #require(sandbox.world().profiles.first)
        #expect(changed.name.isExactly(decomposed))
        #expect(changed.attributes == other[0].attributes && changed.attributes.count == 2)
    }

    private func plan(_ desired: [DesiredProfile], _ ledger: [LedgerEntry], _ live: LiveState) -> Plan {
        let planner = Planner(
            desired: DesiredState(profiles: desired), ledger: ledger, policy: PlanPolicy(),
            environment: EnvironmentStamp(name: "law", service: "none"), pace: Pace(perMinute: 500, share: 1),
            scope: PlanScope())
        #expect(planner.lookups(after: live).isEmpty)
        return planner.plan(live, at: Stage.now)
    }

    private func status(of step: Step, on sandbox: Sandbox) async -> Int {
        guard let form = step.request.map({ CallForm($0) }) else { return 0 }
        let request = HTTPRequest(
            method: HTTPRequest.Method(form.method)!, scheme: "http", authority: "localhost",
            path: form.query.map { "\(form.path)?\($0)" } ?? form.path,
            headerFields: [.contentType: "application/json"])
        return await sandbox.respond(to: request, body: Array((form.body.map { writeJSON($0) } ?? "").utf8)).head.status
            .code
    }
}

extension IdentifierQuery {
    fileprivate var lower: IdentifierQuery {
        guard ["email", "twitter"].contains(identifier.type) else { return self }
        return IdentifierQuery(
            source: source, type: type,
            identifier: Identifier(type: identifier.type, value: identifier.value.lowercased()))
    }
}
