import FoundationEssentials
import HTTPTypes
import Planning
import ProfileModel
import Sandbox
import Testing
import WireFormat

/// The law apply(diff(a, b), a) == b on drawn values, `diff` by the planner and `apply` by the sandbox, which
/// have no rule in common.
struct GuardsDiffLaw {
    @Test(arguments: lawSeeds)
    func whatThePlanSaysComesToPass(seed: UInt64) async throws {
        var draw = Draw(seed: seed)
        // Whatever null in a PATCH means to the service, the law holds.
        let meaning = SandboxSwitches.PatchNull.allCases[Int(seed % 3)]
        let sandbox = try Sandbox(
            configuration: SandboxConfiguration(
                switches: SandboxSwitches([
                    "patch_null=\(meaning.rawValue)", seed % 2 == 0 ? "put_null=stores" : "put_null=drops",
                ])),
            now: { Timestamp(seconds: 1_700_000_000) })
        for number in 0..<800 {
            let test = LawCase(&draw)
            do {
                try await check(test, on: sandbox)
            } catch {
                Issue.record("\(error)\nPROFILECTL_SEED=\(seed), case \(number)\n\(test)")
                return
            }
        }
    }

    private func check(_ test: LawCase, on sandbox: Sandbox) async throws {
        try sandbox.load(SandboxWorld(profiles: [test.live]))
        // As the service holds it: values folded, a missing name derived.
        guard let live = sandbox.world().profiles.first else { throw Broken("the profile is not there") }
        let plan = plan(test.desired, test.ledger, live)
        guard plan.diagnostics.isEmpty, plan.blocked.isEmpty, plan.steps.count <= 1 else {
            throw Broken("not one step: \(plan.steps.count) steps, \(plan.blocked.count) blocked, \(plan.diagnostics)")
        }
        if let step = plan.steps.first { try await perform(step, on: sandbox) }
        guard let result = sandbox.world().profiles.first else { throw Broken("the profile is gone") }
        try compare(result, with: test, step: plan.steps.first)

        let entry = LedgerEntry(
            address: test.desired.address, profileID: result.id, userID: result.userID,
            lastApplied: plan.steps.first?.declared ?? test.ledger?.lastApplied ?? test.desired.values)
        let again = self.plan(test.desired, entry, result)
        guard again.steps.isEmpty else { throw Broken("then \(again.steps[0].fields) is still to do") }
    }

    private func plan(_ desired: DesiredProfile, _ entry: LedgerEntry?, _ live: Profile) -> Plan {
        let planner = Planner(
            desired: DesiredState(profiles: [desired]), ledger: entry.map { [$0] } ?? [], policy: PlanPolicy(),
            environment: EnvironmentStamp(name: "law", service: "none"), pace: Pace(perMinute: 500, share: 1),
            scope: PlanScope())
        var state = LiveState()
        while case let lookups = planner.lookups(after: state), !lookups.isEmpty {
            for lookup in lookups { state.answers[lookup] = [live] }
        }
        return planner.plan(state, at: Timestamp(seconds: 1_700_000_000))
    }

    private func perform(_ step: Step, on sandbox: Sandbox) async throws {
        guard let write = step.request else { return }
        if step.fields.isEmpty { throw Broken("a call without a visible difference") }
        let form = CallForm(write)
        let request = HTTPRequest(
            method: HTTPRequest.Method(form.method)!, scheme: "http", authority: "localhost",
            path: form.query.map { "\(form.path)?\($0)" } ?? form.path,
            headerFields: [.contentType: "application/json"])
        let answer = await sandbox.respond(to: request, body: Array((form.body.map { writeJSON($0) } ?? "").utf8))
        guard answer.head.status.code == 200 else {
            throw Broken(
                "\(form.method) answered \(answer.head.status.code) \(String(decoding: answer.body, as: UTF8.self))")
        }
    }

    private func compare(_ result: Profile, with test: LawCase, step: Step?) throws {
        if let after = step?.after {
            try require(result.name, after.name, "the name that the plan foresaw")
            try require(folded(result.identifiers), folded(after.identifiers), "the identifiers that the plan foresaw")
            try require(plain(result.attributes), plain(after.attributes), "the attributes that the plan foresaw")
        }
        guard test.desired.lifecycle.ignoreChanges.isEmpty else { return }
        if let name = test.desired.name { try require(result.name, name, "the name") }
        let (got, wanted) = (folded(result.identifiers), folded(test.desired.identifiers))
        switch test.desired.identifiersMode {
        case .exclusive: try require(got, wanted, "the identifiers")
        case .declared: try require(wanted.subtracting(got), [], "the identifiers that are missing")
        }
        switch test.desired.attributesMode {
        case .exclusive: try require(plain(result.attributes), plain(test.desired.attributes), "the attributes")
        case .declared: try requireIncluded(test.desired.attributes, in: result.attributes)
        }
    }

    private func requireIncluded(_ wanted: AttributeObject, in got: AttributeObject) throws {
        for member in wanted.members {
            guard let value = got[member.key] else {
                if member.value == .null { continue }
                throw Broken("attribute \(member.key) is missing")
            }
            switch (member.value, value) {
            case (.object(let wanted), .object(let got)): try requireIncluded(wanted, in: got)
            case (let wanted, let got): try require(plain(got), plain(wanted), "attribute \(member.key)")
            }
        }
    }

    private func require<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
        guard found == expected else { throw Broken("\(what): \(found) instead of \(expected)") }
    }

    /// The service's idea of the same identifier, written once more.
    private func folded(_ identifiers: [Identifier]) -> Set<Identifier> {
        Set(identifiers.map(Draw.folded))
    }

    /// Numbers by value, so that 1 and 1.0 are one text.
    private func plain(_ value: AttributeValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let number): Decimal(string: number.text).map { "\($0)" } ?? number.text
        case .string(let text): "'\(text.unicodeScalars.map { String($0.value) }.joined(separator: " "))'"
        case .damaged(let shown, _): plain(shown)
        case .array(let items): "[\(items.map(whole).joined(separator: ","))]"
        case .object(let object): plain(object)
        }
    }

    /// Below an array nothing is dropped.
    private func whole(_ value: AttributeValue) -> String {
        switch value {
        case .null, .bool, .number, .string, .array, .damaged: plain(value)
        case .object(let object): "{\(members(of: object, dropping: { _ in false }).joined(separator: ","))}"
        }
    }

    private func members(of object: AttributeObject, dropping: (AttributeValue) -> Bool) -> [String] {
        object.members.filter { !dropping($0.value) }.map { member in
            "\(member.key)=\(dropping(.null) ? plain(member.value) : whole(member.value))"
        }
    }

    /// Without null members, which the service may store or drop.
    private func plain(_ object: AttributeObject) -> String {
        "{\(members(of: object, dropping: { $0 == .null }).joined(separator: ","))}"
    }
}

extension DesiredProfile {
    fileprivate var values: ProfileValues {
        ProfileValues(name: name, identifiers: identifiers, attributes: attributes)
    }
}

/// A live profile, a manifest for it, and perhaps what was applied before.
private struct LawCase: CustomStringConvertible {
    var live: Profile
    var desired: DesiredProfile
    var ledger: LedgerEntry?

    init(_ draw: inout Draw) {
        let address = Address(source: "s", type: "t", name: "p")
        let live = Profile(
            id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", userID: "1", source: "s", type: "t", name: draw.name(),
            identifiers: draw.identifiers(), attributes: draw.object(depth: 0))
        self.live = live
        var identifiers = draw.identifiers()
        let applied = draw.chance(60) ? draw.object(depth: 0) : live.attributes
        ledger = nil
        if draw.chance(75) {
            ledger = LedgerEntry(
                address: address, profileID: live.id, userID: "1",
                lastApplied: ProfileValues(
                    name: draw.name(), identifiers: draw.chance(50) ? live.identifiers : draw.identifiers(),
                    attributes: applied))
        } else if !identifiers.contains(where: { live.identifiers.map(Draw.folded).contains(Draw.folded($0)) }) {
            identifiers = live.identifiers
        }
        let known = Set(live.identifiers.map(Draw.folded))
        desired = DesiredProfile(
            address: address, name: draw.name(), identifiers: identifiers,
            key: identifiers.first { known.contains(Draw.folded($0)) },
            attributes: draw.chance(70) ? draw.variation(of: live.attributes) : draw.object(depth: 0),
            attributesMode: draw.chance(50) ? .exclusive : .declared,
            identifiersMode: draw.chance(50) ? .exclusive : .declared,
            lifecycle: DesiredProfile.Lifecycle(ignoreChanges: draw.chance(25) ? [draw.ignoredPath()] : []),
            origin: Origin(file: "law.yaml", line: 1, column: 1))
    }

    var description: String {
        """
        live     \(writeJSON(live.json))
        applied  \(ledger.map { writeJSON($0.lastApplied.json) } ?? "-")
        desired  \(writeJSON(desired.values.json))
        modes    attributes \(desired.attributesMode), identifiers \(desired.identifiersMode)
        ignored  \(desired.lifecycle.ignoreChanges)
        """
    }
}
