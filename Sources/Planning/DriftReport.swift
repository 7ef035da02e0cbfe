package import Diagnostics
package import ProfileModel

/// Where live differs from what was last applied, and what is to be thought of it.
package struct DriftReport: Sendable, Hashable {
    package var environment: EnvironmentStamp
    package var createdAt: Timestamp
    package var scope: PlanScope
    /// How many managed profiles were looked at.
    package var checked: Int
    /// Those that differ, in address order.
    package var profiles: [DriftedProfile]
    /// What is accepted, but is not there any more.
    package var unused: [AcceptedDrift]
    package var diagnostics: [Diagnostic]
    package var readsMade: Int
    /// Whether there were manifests to compare with.
    package var knowsManifests: Bool

    package init(
        environment: EnvironmentStamp, createdAt: Timestamp, scope: PlanScope, checked: Int,
        profiles: [DriftedProfile], unused: [AcceptedDrift], diagnostics: [Diagnostic], readsMade: Int,
        knowsManifests: Bool
    ) {
        self.environment = environment
        self.createdAt = createdAt
        self.scope = scope
        self.checked = checked
        self.profiles = profiles
        self.unused = unused
        self.diagnostics = diagnostics
        self.readsMade = readsMade
        self.knowsManifests = knowsManifests
    }

    package var errored: Bool { diagnostics.contains { $0.severity == .error } }
    package var drifted: [DriftedProfile] { profiles.filter(\.isDrifted) }
}

package struct DriftedProfile: Sendable, Hashable {
    package var address: Address
    package var profileID: String
    package var findings: [DriftFinding]

    package init(address: Address, profileID: String, findings: [DriftFinding]) {
        self.address = address
        self.profileID = profileID
        self.findings = findings
    }

    package var isDrifted: Bool { findings.contains { $0.judgement.isDrift } }
}

/// One difference.
package struct DriftFinding: Sendable, Hashable {
    package enum Judgement: Sendable, Hashable {
        case open
        case accepted(AcceptedDrift)
        /// Accepted with another value: live has moved on.
        case movedOn(AcceptedDrift)
        case expired(AcceptedDrift)
        /// The manifest leaves the field to others (`ignore_changes`).
        case ignored

        package var isDrift: Bool {
            switch self {
            case .open, .movedOn, .expired: true
            case .accepted, .ignored: false
            }
        }
    }

    package var field: DriftField
    /// From what was applied to what is live; nil when the profile is gone.
    package var change: FieldChange.Change?
    /// What live holds, in the form in which it can be accepted.
    package var live: AttributeValue
    package var judgement: Judgement
    /// The manifest says already what live holds.
    package var isWanted: Bool

    package init(
        field: DriftField, change: FieldChange.Change?, live: AttributeValue, judgement: Judgement, isWanted: Bool
    ) {
        self.field = field
        self.change = change
        self.live = live
        self.judgement = judgement
        self.isWanted = isWanted
    }
}
