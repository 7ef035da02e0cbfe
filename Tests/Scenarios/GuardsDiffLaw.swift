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
    private static let seeds: [UInt64] = {
        if let text = ProcessInfo.processInfo.environment["PROFILECTL_SEED"], let seed = UInt64(text) { return [seed] }
        return [1, 2, 3, 4, .random(in: 5 ... .max)]
    }()

    @Test(arguments: seeds)
    func whatThePlanSaysComesToPass(seed: UInt64) async throws {
        var draw = Draw(seed: seed)
        let sandbox = try Sandbox(now: { Timestamp(seconds: 1_700_000_000) })
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
        let plan = plan(test.desired, test.ledger, test.live)
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
            throw Broken("\(form.method) answered \(answer.head.status.code) \(String(decoding: answer.body, as: UTF8.self))")
        }
    }

    private func compare(_ result: Profile, with test: LawCase, step: Step?) throws {
        if let after = step?.after {
            try require(result.name, after.name, "the name that the plan foresaw")
            try require(folded(result.identifiers), folded(after.identifiers), "the identifiers that the plan foresaw")
            try require(plain(result.attributes), plain(after.attributes), "the attributes that the plan foresaw")
        }
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
            guard let value = got[member.key] else { throw Broken("attribute \(member.key) is missing") }
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
        case .array(let items): "[\(items.map(plain).joined(separator: ","))]"
        case .object(let object): plain(object)
        }
    }

    private func plain(_ object: AttributeObject) -> String {
        "{\(object.members.map { "\($0.key)=\(plain($0.value))" }.joined(separator: ","))}"
    }
}

private struct Broken: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
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
            origin: Origin(file: "law.yaml", line: 1, column: 1))
    }

    var description: String {
        """
        live     \(writeJSON(live.json))
        applied  \(ledger.map { writeJSON($0.lastApplied.json) } ?? "-")
        desired  \(writeJSON(desired.values.json))
        modes    attributes \(desired.attributesMode), identifiers \(desired.identifiersMode)
        """
    }
}

/// Values from small alphabets, so that equal and almost equal ones meet.
private struct Draw: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func one<Value>(of values: [Value]) -> Value { values.randomElement(using: &self)! }

    mutating func name() -> String? { one(of: [nil, nil, "Jane", "jane", "a@x", "User 7", "", "member user 7"]) }

    static func folded(_ identifier: Identifier) -> Identifier {
        switch identifier.type {
        case "email", "google": Identifier(type: "email", value: identifier.value.lowercased())
        case "twitter", "external_id": Identifier(type: identifier.type, value: identifier.value.lowercased())
        default: identifier
        }
    }

    mutating func identifiers() -> [Identifier] {
        var seen: Set<Identifier> = []
        return (0..<Int.random(in: 1...4, using: &self)).compactMap { _ in
            let type = one(of: ["email", "email", "external_id", "twitter", "phone_number", "facebook", "member", "Member"])
            let identifier = Identifier(type: type, value: one(of: ["a@x", "A@x", "7", "07", "x:y", "ü %+"]))
            return seen.insert(Self.folded(identifier)).inserted ? identifier : nil
        }
    }

    mutating func object(depth: Int) -> AttributeObject {
        AttributeObject(
            (0..<Int.random(in: 0...3, using: &self)).map { _ in
                (one(of: ["a", "b", "c", "a.b", "", "ü"]), value(depth: depth + 1))
            })
    }

    mutating func value(depth: Int) -> AttributeValue {
        let numbers = ["0", "-0", "1", "1.0", "1e0", "10", "1E1", "0.1", "12345678901234567890", "12345678901234567891"]
        switch Int.random(in: 0..<(depth < 4 ? 10 : 7), using: &self) {
        case 0: return .null
        case 1: return .bool(chance(50))
        case 2, 3: return .number(JSONNumber(text: one(of: numbers)))
        case 4, 5, 6: return .string(one(of: ["", "x", "1", "X", "null"]))
        case 7: return .array((0..<Int.random(in: 0...2, using: &self)).map { _ in value(depth: depth + 1) })
        default: return .object(object(depth: depth))
        }
    }

    /// Much the same, with something added, changed or taken away here and there.
    mutating func variation(of object: AttributeObject) -> AttributeObject {
        var object = object
        for member in object.members {
            switch (Int.random(in: 0..<6, using: &self), member.value) {
            case (0, _): object[member.key] = nil
            case (1, _): object[member.key] = value(depth: 1)
            case (2...4, .object(let inner)): object[member.key] = .object(variation(of: inner))
            default: break
            }
        }
        if chance(30) { object[one(of: ["a", "b", "d"])] = value(depth: 1) }
        return object
    }
}
