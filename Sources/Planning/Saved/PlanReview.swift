import Diagnostics
package import ProfileModel

/// A plan that is about to be applied, and what became since of the ground that its steps rest on.
package struct PlanReview: Sendable {
    package private(set) var plan: Plan
    /// By the steps' numbers. A step that is not here is as planned.
    package private(set) var standings: [Int: Standing] = [:]
    /// What the policy of now stopped, of a plan that was made earlier; nil for a plan of now.
    package private(set) var stopped: [BlockedStep]?

    /// A plan that was made just now.
    package init(of plan: Plan) { self.plan = plan }

    /// A plan that was made earlier, judged by the ledger, the policy and the workspace of now.
    /// - Parameters:
    ///   - policy: with what the plan's own consent allows.
    ///   - patchNullDeletes: whether the service still is known to remove attributes by null in a PATCH.
    package init(
        saved plan: Plan, ledger: [LedgerEntry], policy: PlanPolicy, pace: Pace, patchNullDeletes: Bool
    ) {
        self.plan = plan
        let ground = GroundReview(plan.steps, ledger)
        for step in plan.steps {
            let standing = ground.standing(of: step, patchNullDeletes: patchNullDeletes || !plan.basis.patchNullDeletes)
            if standing != .asPlanned { standings[step.number] = standing }
        }
        let judged = plan.steps.filter { !isStale($0) }
        let held = heldBack(judged, ground)
        let verdict = PolicyVerdict(
            policy, judged, plan.basis.population.limited(to: managed(among: ledger)), held)
        let refused = judged.filter { standings[$0.number] == nil }.compactMap { step in
            verdict.reason(against: step).map { BlockedStep(step: step, reason: $0) }
        }
        stop(refused)
        for place in self.plan.steps.indices {
            self.plan.steps[place].heldBack = held[self.plan.steps[place].address]
        }
        self.plan.diagnostics += [Self.warning(of: refused), staleness].compactMap(\.self)
        self.plan.cost = Cost(of: self.plan.steps, readsMade: plan.cost.readsMade, pace: pace)
    }

    private func isStale(_ step: Step) -> Bool {
        if case .moved? = standings[step.number] { true } else { false }
    }

    /// The profiles of the ledger, and those that this plan took out of it when it was applied before.
    private func managed(among ledger: [LedgerEntry]) -> [Address] {
        let taken = plan.steps.filter { step in
            guard standings[step.number] == .asLeft, case .removed(let address) = step.ledgerEnd else { return false }
            return step.ground.contains { $0.address == address && $0.entry != nil }
        }
        return ledger.map(\.address) + taken.map(\.address)
    }

    private func heldBack(_ steps: [Step], _ ground: GroundReview) -> [Address: HeldBack] {
        var held: [Address: HeldBack] = [:]
        for step in steps { held[step.address] = step.ledgerAddresses.lazy.compactMap { ground[$0]?.heldBack }.first }
        return held
    }

    /// Takes steps out of the plan, and whatever waits for them.
    private mutating func stop(_ refused: [BlockedStep]) {
        var blockers = Dictionary(refused.map { ($0.step.number, $0.step.address) }) { first, _ in first }
        var stopped = refused
        // In execution order: what a step waits for stands before it.
        for step in plan.steps where blockers[step.number] == nil {
            guard let blocker = step.dependsOn.lazy.compactMap({ blockers[$0] }).first else { continue }
            blockers[step.number] = step.address
            stopped.append(BlockedStep(step: step, reason: .dependsOn(blocker)))
        }
        plan.steps.removeAll { blockers[$0.number] != nil }
        for number in blockers.keys { standings[number] = nil }
        for place in stopped.indices { stopped[place].step.takeOut() }
        self.stopped = stopped
        plan.blocked = (plan.blocked + stopped).sorted { $0.step.address < $1.step.address }
    }

    private static func warning(of refused: [BlockedStep]) -> Diagnostic? {
        guard let first = refused.first else { return nil }
        let subject =
            refused.count == 1
            ? "the step for \(first.step.address)" : "\(refused.count) steps, one of them for \(first.step.address)"
        return Diagnostic(
            .policyTightened, "the policy now blocks \(subject), which it allowed when the plan was made",
            severity: .warning,
            help: "if it is still wanted, change `policy` in profilectl.yaml or make the plan again with the flag that "
                + "the blocked step names")
    }

    /// One warning for all steps: there may be thousands.
    private var staleness: Diagnostic? {
        let stale = plan.steps.filter { isStale($0) }
        guard let first = stale.first else { return nil }
        let subject =
            stale.count == 1
            ? "the step for \(first.address) is stale"
            : "\(stale.count) steps are stale, one of them for \(first.address)"
        return Diagnostic(
            .groundMoved, "\(subject): what the plan rests on changed after the plan was made", severity: .warning,
            help: "make the plan again with `profilectl plan --out` for what is still to be done")
    }
}

extension GroundReview {
    fileprivate func standing(of step: Step, patchNullDeletes: Bool) -> Standing {
        let standing = standing(of: step)
        guard standing == .asPlanned, !patchNullDeletes, step.request?.removesByNull == true else { return standing }
        return .moved(.serviceChanged)
    }
}

extension ProfileWrite {
    /// A PATCH that only does what was planned where the service takes null for a removal.
    fileprivate var removesByNull: Bool {
        switch self {
        case .patch(_, let patch), .patchByQuery(_, let patch): AttributeValue.object(patch.attributes).hasNullMember
        case .put, .putByQuery, .putUnderUser, .delete: false
        }
    }
}

extension AttributeValue {
    fileprivate var hasNullMember: Bool {
        guard case .object(let object) = self else { return false }
        return object.members.contains { $0.value == .null || $0.value.hasNullMember }
    }
}

extension Step {
    /// Makes it a step that will not run.
    fileprivate mutating func takeOut() {
        number = 0
        dependsOn = []
        sideEffects = []
    }
}
