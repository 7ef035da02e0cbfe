import Diagnostics
import Ledger
import Manifests
import Planning
import ProfileModel
import Sandbox
import Views

/// Plays a scenario through its six steps: seed, plan, apply, plan again, plan back, apply and plan back again.
///
/// What can only be judged against the file (the plan's text, the requests) ends in `outcome`; what must
/// hold in every scenario ends in `problems` when it does not.
struct ScenarioRun {
    private let scenario: Scenario
    private let stage: Stage
    private var names: NameBook
    private(set) var outcome = Outcome()
    private(set) var problems: [String] = []

    init(_ scenario: Scenario, extraSwitches: [String] = []) throws {
        self.scenario = scenario
        stage = try Stage(scenario, switches: try SandboxSwitches(extraSwitches + scenario.switches))
        names = NameBook(scenario.live)
    }

    mutating func play() async throws {
        let old = try await seed()
        guard let desired = try manifest() else { return }
        let start = stage.sandbox.requests.count
        let plan = try await planned(desired, scenario.policy, "the plan", scope, scenario.history)
        outcome.reads = names.hidden(stage.sandbox.requests[start...].map { $0.line + "\n" }.joined())
        outcome.plan = try names.text(of: plan)
        outcome.waits = waits(in: plan)
        guard !plan.errored else {
            outcome.error = names.hidden(diagnosticsText(plan.diagnostics, scenario.manifest))
            if plan.applyable { problems.append("a plan with errors says that it can be applied") }
            return
        }
        let notices = names.hidden(diagnosticsText(plan.diagnostics, scenario.manifest))
        if !notices.isEmpty { outcome.notices = notices }
        guard try await up(plan, desired) else { return }
        try await down(to: try old ?? oldState(of: stage.ledger.entries()))
    }

    /// Whether the desired state was reached as far as nothing is blocked.
    private mutating func up(_ plan: Plan, _ desired: DesiredState) async throws -> Bool {
        let (report, requests) = try await applied(plan)
        outcome.requests = requests
        let failures = report.lines.filter { !$0.outcome.isDone }
        let again = try await planned(desired, scenario.policy, "the plan after apply", scope)
        if !failures.isEmpty {
            outcome.failures = names.hidden(failures.map(describe).joined(separator: "\n") + "\n")
            if again.steps.isEmpty { problems.append("a step failed, and yet there is nothing left to do") }
            return false
        }
        if !again.steps.isEmpty { problems.append("the plan after apply is not empty:\n\(try names.text(of: again))") }
        if again.errored { problems.append("the plan after apply has errors") }
        if reasons(again) != reasons(plan) { problems.append("what was blocked is no longer blocked alike") }
        return true
    }

    private mutating func down(to old: DesiredState) async throws {
        let consent = PlanPolicy(allowDelete: true, allowDeleteAll: true)
        let plan = try await planned(old, consent, "the plan back")
        outcome.down = try names.text(of: plan)
        guard !plan.errored else { return }
        let (report, _) = try await applied(plan)
        for line in report.lines where !line.outcome.isDone { problems.append("the way back: \(describe(line))") }
        let again = try await planned(old, consent, "the plan back after apply")
        if !again.steps.isEmpty {
            problems.append("the plan back after apply is not empty:\n\(try names.text(of: again))")
        }
        if reasons(again) != reasons(plan) { problems.append("what was blocked on the way back is not blocked alike") }
    }

    /// - Returns: the old state, where the scenario tells it.
    private mutating func seed() async throws -> DesiredState? {
        guard let before = scenario.before else {
            try await goOutside()
            return nil
        }
        let (old, diagnostics) = readManifest(before, scenario.variables)
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            throw ScenarioFlaw("the old manifest is not valid:\n\(diagnosticsText(diagnostics, before))")
        }
        let plan = try await stage.plan(
            old, PlanPolicy(allowDelete: true, allowDeleteAll: true), patchNullDeletes: scenario.patchNullDeletes)
        let report = try await stage.apply(plan)
        for line in report.lines where !line.outcome.isDone {
            throw ScenarioFlaw("the old state cannot be made: \(describe(line))")
        }
        names.learn(plan, try stage.ledger.entries(), stage.sandbox.world())
        try await goOutside()
        return old
    }

    private mutating func goOutside() async throws {
        for call in scenario.outside { try await stage.make(call) }
        names.learn(nil, try stage.ledger.entries(), stage.sandbox.world())
    }

    private mutating func manifest() throws -> DesiredState? {
        let (desired, diagnostics) = readManifest(scenario.manifest, scenario.variables)
        let text = diagnosticsText(diagnostics, scenario.manifest)
        if diagnostics.contains(where: { $0.severity == .error }) {
            outcome.error = text
            return nil
        }
        if !text.isEmpty { outcome.warnings = text }
        return desired
    }

    private var scope: PlanScope { PlanScope(targets: scenario.targets, excludes: scenario.excludes) }

    /// Plans, and sees that nothing was written or read twice for it.
    private mutating func planned(
        _ desired: DesiredState, _ policy: PlanPolicy, _ what: String, _ scope: PlanScope = PlanScope(),
        _ history: LedgerHistory = .known
    ) async throws -> Plan {
        let start = stage.sandbox.requests.count
        let plan = try await stage.plan(
            desired, policy, patchNullDeletes: scenario.patchNullDeletes, scope: scope, history: history)
        names.learn(plan, try stage.ledger.entries(), stage.sandbox.world())
        let made = stage.sandbox.requests[start...]
        for request in made where request.method != "GET" { problems.append("\(what) sent \(request.line)") }
        let reads = made.map(\.line)
        for read in Set(reads) where reads.count(where: { $0 == read }) > 1 {
            problems.append("\(what) read twice: \(names.hidden(read))")
        }
        return plan
    }

    private mutating func applied(_ plan: Plan) async throws -> (ApplyReport, requests: String) {
        let start = stage.sandbox.requests.count
        let report = try await stage.apply(plan)
        names.learn(plan, try stage.ledger.entries(), stage.sandbox.world())
        let writes = stage.sandbox.requests[start...].filter { $0.method != "GET" }
        return (report, names.hidden(writes.map { $0.line + "\n" }.joined()))
    }

    /// The seeded profiles that are managed now, as they were; what was made since is not among them.
    private func oldState(of entries: [LedgerEntry]) -> DesiredState {
        var addresses = Dictionary(scenario.ledger.map { ($0.profileID, $0.address) }) { first, _ in first }
        for entry in entries { addresses[entry.profileID] = entry.address }
        let profiles = scenario.live.profiles.compactMap { profile -> DesiredProfile? in
            guard let address = addresses[profile.id] else { return nil }
            guard address.source == profile.source, address.type == profile.type else { return nil }
            return DesiredProfile(
                address: address, name: profile.name, identifiers: profile.identifiers, attributes: profile.attributes,
                userID: profile.userID, attributesMode: .exclusive, identifiersMode: .exclusive,
                origin: Origin(file: "before", line: 1, column: 1))
        }
        return DesiredState(profiles: profiles.sorted { $0.address < $1.address })
    }

    private func waits(in plan: Plan) -> String? {
        let lines = plan.steps.filter { !$0.dependsOn.isEmpty }.map { step in
            "\(step.number) after \(step.dependsOn.map(String.init).joined(separator: ", "))\n"
        }
        return lines.isEmpty ? nil : lines.joined()
    }

    /// Why each blocked step is blocked. Numbers are left out: what was done meanwhile may move them.
    private func reasons(_ plan: Plan) -> [Address: String] {
        Dictionary(plan.blocked.map { ($0.step.address, String("\($0.reason)".prefix { $0 != "(" })) }) { first, _ in
            first
        }
    }

    private func describe(_ line: ApplyReport.Line) -> String {
        let step = "\(line.step.number) \(line.step.action) \(line.step.address)"
        switch line.outcome {
        case .failed(let failure):
            let status = [failure.status.map(String.init), failure.code].compactMap(\.self).joined(separator: " ")
            return "\(step): refused with \(status), \(failure.title)"
        case .done, .stale, .unknown, .notAttempted: return "\(step): \(line.outcome)"
        }
    }
}

private func readManifest(_ text: String, _ variables: Variables) -> (DesiredState, [Diagnostic]) {
    let file = decodeManifest(
        SourceText(name: "manifest.yaml", text: text), variables: variables, settings: ManifestSettings())
    return combine([file], settings: ManifestSettings())
}

private func diagnosticsText(_ diagnostics: [Diagnostic], _ manifest: String) -> String {
    DiagnosticsText.render(diagnostics, style: .plain) { name in
        name == "manifest.yaml" ? SourceText(name: name, text: manifest) : nil
    }
}

extension StepOutcome {
    fileprivate var isDone: Bool {
        switch self {
        case .done: true
        case .failed, .stale, .unknown, .notAttempted: false
        }
    }
}

extension LoggedRequest {
    /// `METHOD path?query body`, with what cannot be seen as `\u` escapes.
    fileprivate var line: String {
        let target = query.map { "\(path)?\($0)" } ?? path
        return "\(method) \(target)" + (body.isEmpty ? "" : " \(body.withVisibleControls)")
    }
}

extension String {
    fileprivate var withVisibleControls: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .nonspacingMark:
                text += scalar.utf16.map { "\\u" + String($0, radix: 16).leftPadded }.joined()
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    private var leftPadded: String { String(repeating: "0", count: max(0, 4 - count)) + self }
}

extension Unicode.Scalar {
    fileprivate var utf16: [UInt16] { Array(String(Character(self)).utf16) }
}
