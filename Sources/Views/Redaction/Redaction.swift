package import Diagnostics
package import Planning
package import ProfileModel

/// Replaces personal values by stand-ins, field by field, before anything is rendered: every renderer works
/// on the redacted value and cannot leak what it never saw. Addresses, ids, keys and places stay.
package struct Redaction: Sendable {
    let pseudonym: Pseudonym
    /// Attributes that may be read by all: keys, or paths joined by full stops. They hold for what is below them.
    let publicAttributes: Set<String>

    package init(key: [UInt8], publicAttributes: Set<String> = []) {
        pseudonym = Pseudonym(key: key)
        self.publicAttributes = publicAttributes
    }

    package func redacted(_ plan: Plan) -> Plan {
        var pass = RedactionPass(self)
        var shown = plan
        shown.steps = plan.steps.map { pass.step($0) }
        shown.blocked = plan.blocked.map { pass.blocked($0) }
        shown.drift = plan.drift.map { drift in
            Drift(
                address: drift.address, profileID: drift.profileID,
                fields: drift.fields.map { $0.map { pass.field($0) } })
        }
        shown.diagnostics = plan.diagnostics.map { pass.diagnostic($0) }
        return shown
    }

    package func redacted(_ snapshot: Snapshot) -> Snapshot {
        var pass = RedactionPass(self)
        var shown = snapshot
        shown.live.answers = [:]
        for (lookup, profiles) in snapshot.live.answers {
            shown.live.answers[pass.lookup(lookup)] = profiles.map { pass.profile($0) }
        }
        shown.live.unreadable = [:]
        for (lookup, profiles) in snapshot.live.unreadable { shown.live.unreadable[pass.lookup(lookup)] = profiles }
        return shown
    }

    package func redacted(_ profile: Profile) -> Profile {
        var pass = RedactionPass(self)
        return pass.profile(profile)
    }

    package func redacted(_ entry: LedgerEntry) -> LedgerEntry {
        var pass = RedactionPass(self)
        var shown = entry
        shown.lastApplied = pass.values(entry.lastApplied)
        return shown
    }

    /// - Parameter values: what the step was about; the journal's words may quote them.
    package func redacted(_ step: RecordedStep, quoting values: [ProfileValues]) -> RecordedStep {
        var pass = RedactionPass(self)
        for quoted in values { _ = pass.values(quoted) }
        // Ids of profiles are no personal data.
        if let id = step.detail?.prefix(while: { $0 != " " && $0 != "," }) { pass.sentencesKeep(String(id)) }
        var shown = step
        shown.detail = step.detailWithoutReason.map { pass.sentence($0) }
        return shown
    }

    package func redacted(_ report: ApplyReport) -> ApplyReport {
        var pass = RedactionPass(self)
        return pass.report(report)
    }

    package func redacted(_ event: ApplyEvent) -> ApplyEvent {
        var pass = RedactionPass(self)
        switch event {
        case .started(let step): return .started(pass.step(step))
        case .finished(let step, let outcome): return .finished(pass.step(step), pass.outcome(outcome))
        case .canary(let verdict):
            var shown = verdict
            shown.findings = verdict.findings.map { pass.finding($0) }
            return .canary(shown)
        case .progress(let long):
            return .progress(long.map { LongStep(pass.step($0.step), seconds: $0.seconds) })
        case .settled, .waiting: return event
        case .summary(let report): return .summary(pass.report(report))
        }
    }

    /// Messages are sentences, not fields: what looks like a personal value in them is replaced.
    /// Callers also give no source texts to the renderer.
    package func redacted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let pass = RedactionPass(self)
        return diagnostics.map { pass.diagnostic($0) }
    }
}

extension RecordedStep {
    /// What the journal adds, without the service's own words: a run whose output was not redacted recorded them.
    fileprivate var detailWithoutReason: String? {
        switch ending {
        case .done, .stale, .notAttempted, .notReached: return detail
        case .failed, .unknown, .inFlight:
            guard let detail, let status = detail.split(separator: " ").first, status.count == 3, Int(status) != nil,
                !detail.contains(StepFailure.hiddenReason)
            else { return detail }
            return "\(status) \(StepFailure.hiddenReason)"
        }
    }
}
