import Diagnostics
package import ProfileModel

/// Plans the way back from a run. A pure function like the planner, and for all that is sent the planner's work: the
/// same three sides, verbs, order, foresight and policy. Only the ledger's end is its own: each entry becomes what it
/// would be had the run not been, however much of the profile is restored.
package struct Rollback: Sendable {
    private let record: RecordedRunChanges
    private let ledger: [LedgerEntry]
    private let writers: [Address: String]
    private let policy: PlanPolicy
    private let environment: EnvironmentStamp
    private let pace: Pace

    /// - Parameter writers: the run that last wrote each entry of the ledger, as far as one did.
    package init(
        _ record: RecordedRunChanges, ledger: [LedgerEntry], writers: [Address: String], policy: PlanPolicy,
        environment: EnvironmentStamp, pace: Pace
    ) {
        self.record = record
        self.ledger = ledger
        self.writers = writers
        self.policy = policy
        self.environment = environment
        self.pace = pace
    }

    /// The next round of questions: first whether the changed profiles are still there, then what the planner asks.
    package func lookups(after live: LiveState) -> [Lookup] {
        let known = KnownEntries(ledger, record.comebacks)
        var asked: Set<String> = []
        let open = record.changes.compactMap { change -> Lookup? in
            guard change.deed == .updated || change.deed == .onlyRecorded,
                let id = known.presentID(of: change), !live.wasAsked(.profile(id: id)),
                asked.insert(id).inserted
            else { return nil }
            return .profile(id: id)
        }
        return open.isEmpty ? planner(RollbackWish(record, ledger, live)).lookups(after: live) : open
    }

    /// - Parameter live: answers to all lookups.
    package func plan(_ live: LiveState, at time: Timestamp) -> Plan {
        var (wish, plan) = draft(live, at: time, claimed: [])
        var claimed: Set<Address> = []
        // Ends, because each round leaves out more.
        while case let strangers = wish.strangers(in: plan), !strangers.isSubset(of: claimed) {
            claimed.formUnion(strangers)
            (wish, plan) = draft(live, at: time, claimed: claimed)
        }
        plan.steps = plan.steps.compactMap { wish.undoing($0) }
        plan.blocked = plan.blocked.compactMap { blocked in
            wish.undoing(blocked.step).map { BlockedStep(step: $0, reason: blocked.reason) }
        }
        plan.steps += wish.forLedgerOnly(besides: plan, live)
        plan.renumber()
        plan.drift = []
        let chosen = wish.chosen
        plan.unchanged = plan.unchanged.filter { chosen.contains($0) }
        plan.diagnostics = RollbackNotes(record, wish, plan, writers).diagnostics(live)
        plan.cost = Cost(of: plan.steps, readsMade: live.asked, pace: pace)
        return plan
    }

    private func draft(_ live: LiveState, at time: Timestamp, claimed: Set<Address>) -> (RollbackWish, Plan) {
        let wish = RollbackWish(record, ledger, live, claimed: claimed)
        return (wish, planner(wish).plan(live, at: time))
    }

    private func planner(_ wish: RollbackWish) -> Planner {
        Planner(
            desired: wish.desired, ledger: wish.ledger, policy: policy, environment: environment, pace: pace,
            scope: PlanScope(undoes: record.run),
            // What is outside the run may show who holds what, and gets no step.
            selection: PlanSelection(chosen: wish.chosen, excluded: wish.others))
    }
}

extension RollbackWish {
    /// The planner's step with the end that the ledger is to have; nil when nothing is left of it, or it is for a
    /// profile outside the run.
    func undoing(_ step: Step) -> Step? {
        guard let goal = goals[step.address] else { return nil }
        var step = step
        step.origin = nil
        step.fields = step.fields.map { FieldChange($0.change, $0.cause.ofRollback) }
        switch step.action {
        case .create:
            step.reason = .undone
            take(goal.entry, &step)
        case .update: take(goal.entry, &step)
        case .delete: step.reason = .undone
        case .adopt, .move, .forget:
            guard !goal.isReached else { return nil }
            step.reason = .undone
            if goal.entry == nil {
                step.action = .forget
                step.address = goal.current?.address ?? step.address
                step.arrival = nil
                step.after = nil
                step.declared = nil
            } else {
                take(goal.entry, &step)
            }
        }
        return step
    }

    private func take(_ entry: LedgerEntry?, _ step: inout Step) {
        step.declared = entry?.lastApplied ?? step.declared
        step.preventDestroy = entry?.preventDestroy ?? false
        step.isLetGo = entry == nil
    }

    /// Steps for entries that are to change although their profiles are as they were.
    func forLedgerOnly(besides plan: Plan, _ live: LiveState) -> [Step] {
        let planned = Set(plan.steps.map(\.address) + plan.blocked.map(\.step.address))
        return goals.keys.sorted().compactMap { address -> Step? in
            guard !planned.contains(address), let goal = goals[address], !goal.isReached,
                goal.change.deed != .created, plan.unchanged.contains(address)
            else { return nil }
            guard let entry = goal.entry else {
                guard let current = goal.current else { return nil }
                return Step(address: current.address, action: .forget, reason: .undone, precondition: .none)
            }
            let profile = live.answers[.profile(id: entry.profileID)]?.first
            return Step(
                address: address, action: .adopt, reason: .undone, before: profile, after: profile?.values,
                precondition: .none, declared: entry.lastApplied, preventDestroy: entry.preventDestroy)
        }
    }
}

extension RollbackWish.Goal {
    /// Whether the ledger is as it is to be. Limits that held something back since are no part of that.
    fileprivate var isReached: Bool {
        guard let entry, let current else { return entry == nil && self.current == nil }
        return entry.address == current.address && entry.profileID == current.profileID
            && entry.lastApplied == current.lastApplied && entry.preventDestroy == current.preventDestroy
    }
}

extension FieldChange.Cause {
    /// Whether live still is as the run left it, in the words of a rollback.
    fileprivate var ofRollback: FieldChange.Cause {
        switch self {
        case .youChangedIt, .restored: .restored
        case .changedOutside, .both, .neverApplied, .restoredOverLater: .restoredOverLater
        }
    }
}

extension Plan {
    /// Numbers the steps anew in their order; what waited for a step that is left out waits no longer.
    fileprivate mutating func renumber() {
        var numbers: [Int: Int] = [:]
        for (place, step) in steps.enumerated() where step.number > 0 { numbers[step.number] = place + 1 }
        for place in steps.indices {
            steps[place].number = place + 1
            steps[place].dependsOn = steps[place].dependsOn.compactMap { numbers[$0] }
        }
    }
}
