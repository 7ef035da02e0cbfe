package import Diagnostics
package import ProfileModel

/// What would be done to reach the desired state, decided and explained. A value: showing, checking,
/// saving and applying it are four readers of it.
package struct Plan: Sendable, Hashable {
    package var environment: EnvironmentStamp
    package var createdAt: Timestamp
    package var scope: PlanScope
    /// In execution order, numbered from 1.
    package var steps: [Step]
    package var blocked: [BlockedStep]
    /// Managed profiles with nothing to do, in address order.
    package var unchanged: [Address]
    /// What others changed in managed profiles since we last wrote them, in address order.
    package var drift: [Drift]
    package var diagnostics: [Diagnostic]
    package var cost: Cost
    /// Nil when the live state was read for this plan.
    package var snapshot: SnapshotOrigin?
    /// The lineage of the ledger that the plan was made with: of another ledger it says nothing. Nil where there
    /// was none yet.
    package var ledger: String?
    /// Whether the ledger of earlier applies is missing, so that all profiles are seen for the first time.
    package var isLedgerMissing: Bool
    package var basis: PlanBasis

    package init(
        environment: EnvironmentStamp, createdAt: Timestamp, scope: PlanScope = PlanScope(), steps: [Step] = [],
        blocked: [BlockedStep] = [], unchanged: [Address] = [], drift: [Drift] = [], diagnostics: [Diagnostic] = [],
        cost: Cost, snapshot: SnapshotOrigin? = nil, ledger: String? = nil, isLedgerMissing: Bool = false,
        basis: PlanBasis = PlanBasis()
    ) {
        self.environment = environment
        self.createdAt = createdAt
        self.scope = scope
        self.steps = steps
        self.blocked = blocked
        self.unchanged = unchanged
        self.drift = drift
        self.diagnostics = diagnostics
        self.cost = cost
        self.snapshot = snapshot
        self.ledger = ledger
        self.isLedgerMissing = isLedgerMissing
        self.basis = basis
    }

    /// Whether something would be deleted or forgotten that no manifest describes.
    package var restsOnMissingDescriptions: Bool {
        steps.contains(where: \.isOfMissingDescription) || blocked.contains { $0.step.isOfMissingDescription }
    }

    package var errored: Bool { diagnostics.contains { $0.severity == .error } }
    package var applyable: Bool { !errored && !steps.isEmpty && snapshot == nil }
    /// Whether the desired state is reached when all steps are done.
    package var complete: Bool { !errored && blocked.isEmpty && scope.isWhole }
}

/// Which account a plan is for; a plan is applied there or nowhere.
package struct EnvironmentStamp: Sendable, Hashable {
    package var name: String
    /// The origin of the service (`https://acme-staging.zendesk.com`), or `sandbox:` and the data
    /// file of an embedded sandbox.
    package var service: String

    package init(name: String, service: String) {
        self.name = name
        self.service = service
    }
}

/// A difference between what we last wrote and what is live now.
package struct Drift: Sendable, Hashable {
    package var address: Address
    package var profileID: String
    /// Nil when the profile is gone.
    package var fields: [FieldChange]?

    package init(address: Address, profileID: String, fields: [FieldChange]?) {
        self.address = address
        self.profileID = profileID
        self.fields = fields
    }
}

/// The calls that a plan takes, by endpoint, and the time they take at the account's rate.
package struct Cost: Sendable, Hashable {
    /// Calls already made to read the live state.
    package var readsMade: Int
    /// Reads that `apply` makes before its writes, to see that nothing changed meanwhile.
    package var checkReads: Int
    /// Writes by endpoint, the endpoint as `PUT user_profiles/{profile_id}`; sorted by endpoint.
    package var writes: [EndpointCount]
    package var perMinute: Int
    /// The part of the rate that is ours, above 0 and at most 1.
    package var share: Double

    package struct EndpointCount: Sendable, Hashable {
        package var endpoint: String
        package var count: Int

        package init(endpoint: String, count: Int) {
            self.endpoint = endpoint
            self.count = count
        }
    }

    package init(readsMade: Int, checkReads: Int, writes: [EndpointCount], perMinute: Int, share: Double) {
        self.readsMade = readsMade
        self.checkReads = checkReads
        self.writes = writes
        self.perMinute = perMinute
        self.share = share
    }

    package var writeCount: Int { writes.reduce(0) { $0 + $1.count } }
    /// How long the calls that `apply` still has to make take at the account's rate.
    package var seconds: Double { Double(checkReads + writeCount) * 60 / (Double(perMinute) * share) }
}
