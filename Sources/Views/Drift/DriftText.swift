package import Diagnostics
package import Planning
import ProfileModel

/// Drift for people.
package enum DriftText {
    package static func render(
        _ report: DriftReport, style: TextStyle, sources: @escaping (String) -> SourceText? = { _ in nil }
    ) -> String {
        var page = DriftPage(report: report, style: style)
        page.header()
        if !report.diagnostics.isEmpty {
            page.text += DiagnosticsText.render(report.diagnostics, style: style, sources: sources) + "\n"
        }
        for profile in report.drifted { page.profile(profile) }
        if !report.drifted.isEmpty { page.text += "\n" }
        page.section("Accepted, and no drift") { if case .accepted = $0.judgement { true } else { false } }
        page.section("Left to others by the manifests (ignore_changes), and no drift") { $0.judgement == .ignored }
        page.unused()
        page.closing()
        return page.text
    }
}

private struct DriftPage {
    let report: DriftReport
    let style: TextStyle
    var text = ""

    init(report: DriftReport, style: TextStyle) {
        self.report = report
        self.style = style
    }

    private mutating func line(_ line: SafeText, hang: Int = 0) { text += style.line(line, hang: hang) }

    mutating func header() {
        var header: SafeText = "\("profilectl drift", .bold) · environment \(bare: report.environment.name)"
        header += " (\(.service(report.environment.service))) · \(.count(report.checked, "managed profile"))"
        header += ", \(report.drifted.count) with drift"
        if !report.scope.isWhole { header += " · " + .scope(report.scope) }
        line(header, hang: 2)
        text += "\n"
    }

    mutating func profile(_ profile: DriftedProfile) {
        line("  \(profile.address, .bold)  user_profiles/\(bare: profile.profileID)", hang: 4)
        findings(profile.findings.filter(\.judgement.isDrift))
    }

    /// What is no drift, profile by profile.
    mutating func section(_ title: SafeText, _ belongs: (DriftFinding) -> Bool) {
        let chosen = report.profiles.map { ($0, $0.findings.filter(belongs)) }.filter { !$0.1.isEmpty }
        guard !chosen.isEmpty else { return }
        line(title.inked(.bold) + ":")
        for (profile, findings) in chosen {
            line("  \(profile.address, .bold)", hang: 4)
            self.findings(findings)
        }
        text += "\n"
    }

    private mutating func findings(_ findings: [DriftFinding]) {
        let rows = findings.map { FindingText($0) }
        let fields = rows.map(\.field).spelledOut
        let label = min(40, fields.reduce(18) { max($0, $1.label.width) })
        let value = min(60, fields.reduce(24) { max($0, $1.value.width) })
        for (field, row) in zip(fields, rows) {
            let words = SafeText.spaces(4) + field.symbol + " " + field.label.padded(to: label) + "  "
            let notes = SafeText.joined(row.notes, by: "; ").inked(.dim)
            line(words + (row.notes.isEmpty ? field.value : field.value.padded(to: value) + "  " + notes), hang: 8)
        }
    }

    mutating func unused() {
        guard !report.unused.isEmpty else { return }
        line("\("Accepted, but not there any more", .bold) (to be removed from the baseline):")
        for accepted in report.unused {
            line(
                "  \(accepted.address, .bold)  \(.field(accepted.field))  " + .origin(accepted.origin).inked(.dim),
                hang: 4)
        }
        text += "\n"
    }

    mutating func closing() {
        let reads = SafeText.count(report.readsMade, "read") + " made."
        guard report.drifted.isEmpty else {
            let all = SafeText.count(report.checked, "managed profile")
            let verb: SafeText = report.drifted.count == 1 ? "differs" : "differ"
            return line("\(report.drifted.count) of \(all) " + verb + " from what was last applied. " + reads, hang: 2)
        }
        if report.errored { return line("What is told above could not be compared. " + reads, hang: 2) }
        if report.checked == 0 { return line("Nothing is managed here, so nothing can drift.") }
        line(
            "No drift: \(.count(report.checked, "managed profile is", "managed profiles are")) as last applied. "
                + reads)
    }
}

/// One difference, and what is to be said about it.
private struct FindingText {
    var field: FieldText
    var notes: [SafeText] = []

    init(_ finding: DriftFinding) {
        if let change = finding.change {
            field = FieldText(FieldChange(change, .changedOutside))
            if case .identifierRemoved = change, finding.live != .null {
                notes.append("live has \(.value(finding.live))")
            }
        } else {
            field = FieldText(symbol: "\("-", .red)", label: "profile", value: "is gone")
        }
        switch finding.judgement {
        case .open, .ignored: break
        case .accepted(let accepted):
            notes.append("until \(bare: accepted.expires), \(bare: accepted.owner): \(accepted.reason)")
        case .movedOn(let accepted):
            notes.append("accepted was \(.value(accepted.value)) (\(bare: accepted.owner))")
        case .expired(let accepted):
            notes.append("accepted until \(bare: accepted.expires), which is over (\(bare: accepted.owner))")
        }
        if finding.isWanted {
            notes.append(finding.change == nil ? "no longer in the manifests" : "the manifests already want this")
        }
    }
}

extension SafeText {
    /// As a baseline names it.
    static func field(_ field: DriftField) -> SafeText {
        switch field {
        case .profile: "profile"
        case .name: "name"
        case .identifiers(let type): "identifiers.\(bare: type)"
        case .attribute(let path): "attributes." + .path(path)
        }
    }
}
