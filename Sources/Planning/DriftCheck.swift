import Diagnostics
package import ProfileModel
import WireFormat

/// Compares live with what was last applied. Needs the ledger only; manifests, where there are some, tell
/// what they leave to others and what they want by now.
package struct DriftCheck: Sendable {
    private let roster: Roster
    private let wanted: [Address: DesiredProfile]?
    private let accepted: [Address: [AcceptedDrift]]

    /// - Parameters:
    ///   - ledger: the entries to look at.
    ///   - manifests: nil where there are none that can be read.
    ///   - accepted: of the addresses of `ledger`, and of those that are managed no longer.
    package init(ledger: [LedgerEntry], manifests: DesiredState?, accepted: [AcceptedDrift]) {
        roster = Roster(DesiredState(), ledger)
        wanted = manifests.map { state in
            Dictionary(state.profiles.map { ($0.address, $0) }) { first, _ in first }
        }
        self.accepted = Dictionary(grouping: accepted, by: \.address)
    }

    /// The next round of questions; empty when enough is known for `report`.
    package func lookups(after live: LiveState) -> [Lookup] {
        roster.questions(roster.readings(live, scope: PlanScope()), live)
    }

    package func report(
        _ live: LiveState, environment: EnvironmentStamp, scope: PlanScope, at time: Timestamp
    ) -> DriftReport {
        let readings = roster.readings(live, scope: PlanScope())
        let ownership = Ownership(roster, readings)
        let today = String(time.iso8601.prefix(10))
        var profiles: [DriftedProfile] = []
        var used: Set<AcceptedDrift> = []
        var forms = FormWarnings()
        var unreadable: [Diagnostic] = []
        for (index, entry) in roster.entries.enumerated() where !ownership.conflicted.contains(index) {
            if case .unreadable(var profile) = readings[index].state {
                profile.id = profile.id ?? entry.profileID
                unreadable.append(profile.diagnostic(of: entry.address, at: nil, severity: .error))
                continue
            }
            if let live = readings[index].profile {
                for form in entry.lastApplied.unlikelyForms(entry.kept, in: live) {
                    forms.note(form, of: entry.address, at: nil)
                }
            }
            let findings = findings(entry, readings[index], today)
            guard !findings.isEmpty else { continue }
            for finding in findings { finding.judgement.acceptance.map { _ = used.insert($0) } }
            profiles.append(
                DriftedProfile(address: entry.address, profileID: entry.profileID, findings: findings))
        }
        let unused = accepted.values.joined().filter { !used.contains($0) }
        return DriftReport(
            environment: environment, createdAt: time, scope: scope, checked: roster.entries.count,
            profiles: profiles,
            unused: unused.sorted { ($0.origin.line, $0.origin.column) < ($1.origin.line, $1.origin.column) },
            diagnostics: ownership.diagnostics.sorted { $0.key < $1.key }.map(\.value) + unreadable
                + forms.diagnostics,
            readsMade: live.asked, knowsManifests: wanted != nil)
    }

    private func findings(_ entry: LedgerEntry, _ reading: Reading, _ today: String) -> [DriftFinding] {
        guard let drift = Drift(entry, live: reading.profile, ignored: IgnoredPaths()) else { return [] }
        guard let live = reading.profile, let fields = drift.fields else {
            let isWanted = wanted.map { $0[entry.address] == nil } ?? false
            let judgement = judgement(entry.address, .profile, .null, today)
            return [DriftFinding(field: .profile, change: nil, live: .null, judgement: judgement, isWanted: isWanted)]
        }
        let manifest = wanted?[entry.address]
        let ignored = IgnoredPaths(manifest?.lifecycle.ignoreChanges ?? [])
        return fields.map { field in
            let place = field.change.driftField
            let value = place.value(of: live)
            return DriftFinding(
                field: place, change: field.change, live: value,
                judgement: ignored.covers(place) ? .ignored : judgement(entry.address, place, value, today),
                isWanted: manifest?.wants(field.change, live: value) ?? false)
        }
    }

    private func judgement(
        _ address: Address, _ field: DriftField, _ value: AttributeValue, _ today: String
    ) -> DriftFinding.Judgement {
        guard let acceptance = accepted[address]?.first(where: { $0.field == field }) else { return .open }
        guard field.areSame(acceptance.value, value) else { return .movedOn(acceptance) }
        return acceptance.expires < today ? .expired(acceptance) : .accepted(acceptance)
    }
}

extension DriftFinding.Judgement {
    package var acceptance: AcceptedDrift? {
        switch self {
        case .accepted(let acceptance), .movedOn(let acceptance), .expired(let acceptance): acceptance
        case .open, .ignored: nil
        }
    }
}

extension IgnoredPaths {
    fileprivate func covers(_ field: DriftField) -> Bool {
        switch field {
        case .profile: false
        case .name: name
        case .identifiers: identifiers
        case .attribute(let path): extent(ofAttribute: path) == .wholly
        }
    }
}

extension FieldChange.Change {
    fileprivate var driftField: DriftField {
        switch self {
        case .nameChanged: .name
        case .identifierAdded(let identifier), .identifierRemoved(let identifier): .identifiers(type: identifier.type)
        case .attributeAdded(let path, _), .attributeRemoved(let path, _), .attributeChanged(let path, _, _):
            .attribute(path)
        }
    }
}

extension DriftField {
    /// What a live profile holds there; null for nothing.
    fileprivate func value(of live: Profile) -> AttributeValue {
        switch self {
        case .profile: return .null
        case .name: return live.name.map { .string($0) } ?? .null
        case .identifiers(let type):
            let values = live.identifiers.filter { $0.type == type }.map { AttributeValue.string($0.value) }
            return values.count > 1 ? .array(values) : values.first ?? .null
        case .attribute(let path): return live.attributes.value(at: path) ?? .null
        }
    }

    /// Whether the service would not tell the values apart.
    fileprivate func areSame(_ a: AttributeValue, _ b: AttributeValue) -> Bool {
        switch self {
        case .profile, .name: a == b
        case .identifiers(let type): identifiers(type, a) == identifiers(type, b)
        case .attribute: a.isSame(as: b)
        }
    }

    private func identifiers(_ type: String, _ value: AttributeValue) -> Set<Identifier> {
        switch value {
        case .string(let text): [Identifier(type: type, value: text).canonical]
        case .array(let items): items.reduce(into: []) { $0.formUnion(identifiers(type, $1)) }
        case .null, .bool, .number, .object, .damaged: []
        }
    }
}

extension AttributeObject {
    func value(at path: [String]) -> AttributeValue? {
        guard let first = path.first, let value = self[first] else { return nil }
        if path.count == 1 { return value }
        guard case .object(let inner) = value else { return nil }
        return inner.value(at: Array(path.dropFirst()))
    }
}

extension DesiredProfile {
    /// Whether the manifest says what live holds where it differs from what was applied.
    fileprivate func wants(_ change: FieldChange.Change, live: AttributeValue) -> Bool {
        switch change {
        case .nameChanged(_, let now): name == now
        case .identifierAdded(let identifier): identifiers.contains { $0.isSame(as: identifier) }
        case .identifierRemoved(let identifier): !identifiers.contains { $0.isSame(as: identifier) }
        case .attributeRemoved(let path, _): attributes.value(at: path).unlessNull == nil
        case .attributeAdded(let path, _), .attributeChanged(let path, _, _):
            attributes.value(at: path).isSameMember(as: live)
        }
    }
}
