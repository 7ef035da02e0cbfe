package import Diagnostics
package import Planning
import ProfileModel
import WireFormat

/// How much of a plan is shown.
package enum PlanDetail: String, Sendable, CaseIterable {
    /// Counts and one line for each step.
    case summary
    /// What differs, field by field, and what to mind.
    case changes
    /// Also requests, both sides, dependencies and what stays as it is.
    case full
}

/// The plan for people.
package enum PlanText {
    /// - Parameters:
    ///   - isRedacted: values are stand-ins, so that no call can be made from them.
    ///   - canary: the steps that are tried first.
    ///   - sources: the texts that the plan's diagnostics point into.
    package static func render(
        _ plan: Plan, style: TextStyle, detail: PlanDetail = .changes, isRedacted: Bool = false, canary: Canary? = nil,
        sources: @escaping (String) -> SourceText? = { _ in nil }
    ) -> String {
        var page = PlanPage(plan: plan, style: style, detail: detail, isRedacted: isRedacted, canary: canary)
        page.header()
        if !plan.diagnostics.isEmpty {
            page.text += DiagnosticsText.render(plan.diagnostics, style: style, sources: sources) + "\n"
        }
        for step in plan.steps { page.step(step) }
        for blocked in plan.blocked { page.blocked(blocked) }
        if !plan.steps.isEmpty || !plan.blocked.isEmpty { page.text += "\n" }
        page.drift()
        if detail == .full { page.unchanged() }
        page.closing()
        return page.text
    }
}

/// The page while it is being written.
struct PlanPage {
    let plan: Plan
    let style: TextStyle
    let detail: PlanDetail
    let columns: PlanColumns
    let isRedacted: Bool
    let canary: Canary?
    /// Nil when calls are not shown so.
    let curl: CurlLines?
    var text = ""

    init(plan: Plan, style: TextStyle, detail: PlanDetail, isRedacted: Bool, canary: Canary? = nil) {
        self.plan = plan
        self.style = style
        self.detail = detail
        columns = PlanColumns(plan)
        self.isRedacted = isRedacted
        self.canary = canary
        curl = detail == .full && !isRedacted ? CurlLines(plan.environment.service) : nil
    }

    mutating func line(_ line: SafeText, hang: Int = 0) {
        text += style.line(line, hang: hang)
    }

    mutating func header() {
        let addresses = Set(plan.steps.map(\.address) + plan.blocked.map(\.step.address))
        let total = addresses.subtracting(plan.unchanged).count + plan.unchanged.count
        var header: SafeText = "\("profilectl plan", .bold) · environment \(bare: plan.environment.name)"
        header += " (\(.service(plan.environment.service)))"
        header += " · \(.count(total, "profile")), \(plan.unchanged.count) unchanged"
        if plan.isLedgerMissing { header += " · " + .ledgerMissing }
        if let snapshot = plan.snapshot { header += " · " + .snapshot(snapshot, at: plan.createdAt) }
        if !plan.scope.isWhole { header += " · " + .scope(plan.scope) + ", nothing else is touched" }
        line(header, hang: 2)
        for inclusion in plan.scope.included { line("\("!", .boldYellow) " + .inclusion(inclusion), hang: 2) }
        text += "\n"
    }

    mutating func step(_ step: Step) {
        let call = step.request.map { SafeText.call($0) } ?? "no call"
        line(columns.line(number: "\(step.number)", step: step, middle: short(call)), hang: columns.fieldIndent)
        if canary?.steps.contains(step.number) == true { note("canary: made and read back before the others") }
        for second in step.secondIdentifiers { note(.secondIdentifier(second)) }
        guard detail != .summary else { return }
        fields(of: step)
        if let arrival = SafeText.arrival(step) { note(arrival) }
        if plan.isLedgerMissing, let staying = SafeText.staying(step) { note(staying) }
        if step.reason.isWorthALine || detail == .full { note(.reason(step)) }
        if step.action == .delete { note("deleting a profile destroys its events too (not reversible)") }
        if let share = columns.share(of: step) { note(share) }
        for effect in step.sideEffects { note(.sideEffect(effect, of: step.address)) }
        guard detail == .full else { return }
        everything(about: step)
        if let request = step.request, let curl { shell(curl.line(request)) }
    }

    mutating func blocked(_ blocked: BlockedStep) {
        let step = blocked.step
        var words: SafeText = "blocked: " + .blocked(blocked.reason)
        if step.action == .delete { words += "; would destroy its events too" }
        line(columns.line(number: "\("✗", .boldRed)", step: step, middle: words), hang: columns.fieldIndent)
        for second in step.secondIdentifiers { note(.secondIdentifier(second)) }
        guard detail != .summary else { return }
        if step.action != .delete || detail == .full { fields(of: step) }
        if let arrival = SafeText.arrival(step) { note(arrival) }
        guard detail == .full else { return }
        if let request = step.request { note("would call " + .call(request)) }
        note(.reason(step))
        for effect in step.sideEffects { note(.sideEffect(effect, of: step.address)) }
        everything(about: step)
    }

    private func short(_ call: SafeText) -> SafeText {
        detail == .summary ? call.elided(to: 64) : call
    }

    private mutating func fields(of step: Step) {
        let withCause = step.action != .create && step.action != .delete
        fields(step.fields, withCause: withCause)
    }

    /// The columns are at least as wide as in the usual short case, so that most steps line up.
    mutating func fields(_ changes: [FieldChange], withCause: Bool) {
        let fields = changes.map { FieldText($0) }.spelledOut
        let label = min(40, fields.reduce(18) { max($0, $1.label.width) })
        let value = min(60, fields.reduce(24) { max($0, $1.value.width) })
        for field in fields {
            var text = SafeText.spaces(columns.fieldIndent) + "\(field.symbol) "
            text += field.label.padded(to: label) + "  "
            text += withCause ? field.value.padded(to: value) + "  " + field.cause.inked(.dim) : field.value
            line(text, hang: columns.fieldIndent + 4)
        }
    }

    private mutating func note(_ words: SafeText) {
        line(.spaces(columns.fieldIndent) + "\("!", .boldYellow) " + words, hang: columns.fieldIndent + 2)
    }

    private mutating func everything(about step: Step) {
        if !step.dependsOn.isEmpty {
            note("runs after " + .list(step.dependsOn.map { "step \($0)" }))
        }
        if let body = step.request.flatMap({ CallForm($0).body }) { block("request body", body) }
        if let before = step.before { block("before", before.json) }
        if let after = step.after { block("after", after.json) }
    }

    /// Never wrapped, whatever the width: it is to be copied.
    private mutating func shell(_ command: String) {
        line(.spaces(columns.fieldIndent) + SafeText("the same with curl").inked(.dim))
        text += String(repeating: " ", count: columns.fieldIndent + 2) + command + "\n"
    }

    private mutating func block(_ title: SafeText, _ json: AttributeValue) {
        line(.spaces(columns.fieldIndent) + title.inked(.dim))
        for row in writeJSON(json, pretty: true).split(separator: "\n") {
            line(.spaces(columns.fieldIndent + 2) + "\(String(row))", hang: columns.fieldIndent + 6)
        }
    }
}

extension SafeText {
    /// The account's name where the service is one of many accounts, else the origin.
    static func service(_ service: String) -> SafeText {
        let (scheme, domain) = ("https://", ".zendesk.com")
        guard service.hasPrefix(scheme), service.hasSuffix(domain) else { return "\(bare: service)" }
        let account = service.dropFirst(scheme.count).dropLast(domain.count)
        let isAccount = !account.isEmpty && !account.contains { "./:@?#".contains($0) }
        return "\(bare: isAccount ? String(account) : service)"
    }
}
