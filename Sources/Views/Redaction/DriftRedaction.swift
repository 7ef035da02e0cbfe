package import Planning
import ProfileModel

extension Redaction {
    package func redacted(_ report: DriftReport) -> DriftReport {
        var pass = RedactionPass(self)
        var shown = report
        shown.profiles = report.profiles.map { profile in
            pass.sentencesKeep(profile.profileID)
            return DriftedProfile(
                address: profile.address, profileID: profile.profileID,
                findings: profile.findings.map { pass.finding($0) })
        }
        shown.unused = report.unused.map { pass.acceptance($0) }
        shown.diagnostics = report.diagnostics.map { pass.diagnostic($0) }
        return shown
    }
}

extension RedactionPass {
    fileprivate mutating func finding(_ finding: DriftFinding) -> DriftFinding {
        var shown = finding
        shown.change = finding.change.map { field(FieldChange($0, .changedOutside)).change }
        shown.live = value(finding.live, of: finding.field)
        switch finding.judgement {
        case .open, .ignored: break
        case .accepted(let accepted): shown.judgement = .accepted(acceptance(accepted))
        case .movedOn(let accepted): shown.judgement = .movedOn(acceptance(accepted))
        case .expired(let accepted): shown.judgement = .expired(acceptance(accepted))
        }
        return shown
    }

    fileprivate mutating func acceptance(_ accepted: AcceptedDrift) -> AcceptedDrift {
        var shown = accepted
        shown.value = value(accepted.value, of: accepted.field)
        shown.owner = sentence(accepted.owner)
        shown.reason = sentence(accepted.reason)
        return shown
    }

    private mutating func value(_ value: AttributeValue, of field: DriftField) -> AttributeValue {
        switch (field, value) {
        case (_, .null): .null
        case (.attribute(let path), _): self.value(value, at: path)
        case (.identifiers, .array(let items)): .array(items.map { self.value($0, of: field) })
        case (.identifiers(let type), .string(let text)): .string(standIn(text, kind: type))
        case (.name, .string(let text)): .string(standIn(text, kind: "name"))
        case (.profile, _), (.name, _), (.identifiers, _): .null
        }
    }
}
