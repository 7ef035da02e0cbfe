/// What a plan rests on besides profiles and ledger entries, so that it can be judged again when it is applied.
package struct PlanBasis: Sendable, Hashable {
    /// What flags allowed when the plan was made.
    package var consent: PlanConsent
    package var population: Population
    /// The service was known to remove attributes by null in a PATCH.
    package var patchNullDeletes: Bool

    package init(
        consent: PlanConsent = PlanConsent(), population: Population = Population(), patchNullDeletes: Bool = false
    ) {
        self.consent = consent
        self.population = population
        self.patchNullDeletes = patchNullDeletes
    }
}

/// What flags of a command allow besides the written policy. A saved plan keeps it.
package struct PlanConsent: Sendable, Hashable {
    package var deletes: Bool
    package var deletesOfAll: Bool

    package init(deletes: Bool = false, deletesOfAll: Bool = false) {
        self.deletes = deletes
        self.deletesOfAll = deletesOfAll
    }
}
