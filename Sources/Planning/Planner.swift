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
        self.roster = Roster(desired.profiles, ledger)
        self.policy = policy
        self.environment = environment
        self.pace = pace
        self.scope = scope
        self.patchNullDeletes = patchNullDeletes
    }

    /// The next round of questions, each never asked before; empty when enough is known for `plan`.
    package func lookups(after live: LiveState) -> [Lookup] {
        // Rounds that look for owners of identifiers yet to be claimed can follow, once every profile is resolved.
        roster.questions(live, scope: scope)
    }

    /// - Parameter live: answers to all lookups. A profile that was not asked for is an error of the plan.
    package func plan(_ live: LiveState, at time: Timestamp) -> Plan {
        let readings = roster.readings(live, scope: scope)
        let decisions = Decisions(roster, readings, patchNullDeletes: patchNullDeletes)
        let (allowed, refused) = policy.judge(decisions.steps, decisions.population)
        let order = ChangeOrder(
            allowed, blocked: decisions.blocked + refused, users: usersConcerned(by: allowed, live))
        return Plan(
            environment: environment, createdAt: time, scope: scope, steps: order.steps, blocked: order.blocked,
            unchanged: decisions.unchanged, drift: decisions.drift,
            diagnostics: decisions.diagnostics + order.diagnostics,
            cost: Cost(of: order.steps, readsMade: live.answers.count, pace: pace))
    }

    /// Which users may be meant by the standard identifiers of creates that name no user.
    private func usersConcerned(by steps: [Step], _ live: LiveState) -> [Identifier: Set<String>] {
        let creates = steps.filter { $0.action == .create && $0.knownUserID == nil }
        guard !creates.isEmpty else { return [:] }
        return LiveIndex(live).users(having: Set(creates.flatMap(\.standardIdentifiers)))
    }
}
