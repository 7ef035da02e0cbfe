package import ProfileModel

/// Decides what to do. A pure function of what is wanted, known, live and allowed: it asks by saying which
/// questions it has, and answers with a plan.
package struct Planner: Sendable {
    private let roster: Roster
    private let policy: PlanPolicy
    private let environment: EnvironmentStamp
    private let pace: Pace
    private let scope: PlanScope
    private let patchNullDeletes: Bool

    /// - Parameter patchNullDeletes: the service is known to remove attributes by null in a PATCH.
    package init(
        desired: DesiredState, ledger: [LedgerEntry], policy: PlanPolicy, environment: EnvironmentStamp, pace: Pace,
        scope: PlanScope, patchNullDeletes: Bool = false
    ) {
        self.roster = Roster(desired, ledger)
        self.policy = policy
        self.environment = environment
        self.pace = pace
        self.scope = scope
        self.patchNullDeletes = patchNullDeletes
    }

    /// The next round of questions, each never asked before; empty when enough is known for `plan`. First what
    /// the lines are, then who has what they are about to take.
    package func lookups(after live: LiveState) -> [Lookup] {
        let readings = roster.readings(live, scope: scope)
        let open = roster.questions(readings, live)
        return open.isEmpty ? roster.questionsOfOwners(readings, live) : open
    }

    /// - Parameter live: answers to all lookups. A profile that was not asked for is an error of the plan.
    package func plan(_ live: LiveState, at time: Timestamp) -> Plan {
        let readings = roster.readings(live, scope: scope)
        let decisions = Decisions(
            roster, readings, sources: Set(policy.sources.keys), patchNullDeletes: patchNullDeletes)
        let (allowed, refused) = policy.judge(decisions.steps, decisions.population)
        let foresight = Foresight(
            allowed, blocked: decisions.blocked + refused, roster: roster, live: live,
            patchNullDeletes: patchNullDeletes)
        return Plan(
            environment: environment, createdAt: time, scope: scope, steps: foresight.steps,
            blocked: foresight.blocked, unchanged: decisions.unchanged, drift: decisions.drift,
            diagnostics: decisions.diagnostics + foresight.diagnostics,
            cost: Cost(of: foresight.steps, readsMade: live.answers.count, pace: pace))
    }
}
