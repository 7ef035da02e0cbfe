import ProfileModel

extension PlanPolicy {
    /// The steps that may run and those that may not, in the order given.
    /// - Parameter held: what limits of an earlier run were a part of when they held the steps of these addresses back.
    func judge(
        _ steps: [Step], _ population: Population, _ held: [Address: HeldBack]
    ) -> (allowed: [Step], blocked: [BlockedStep]) {
        let verdict = PolicyVerdict(self, steps, population, held)
        guard steps.indices.contains(where: { verdict.reason(against: steps[$0]) != nil }) else { return (steps, []) }
        var allowed: [Step] = []
        var blocked: [BlockedStep] = []
        for step in steps {
            if let reason = verdict.reason(against: step) {
                blocked.append(BlockedStep(step: step, reason: reason))
            } else {
                allowed.append(step)
            }
        }
        return (allowed, blocked)
    }
}

/// What the policy says to a plan. First each source for itself; what it leaves then counts for the whole.
///
/// A profile under `prevent_destroy` counts as deleted when the question is whether all would be:
/// a manifest set that went missing as a whole stays blocked although one profile is protected.
struct PolicyVerdict {
    private let policy: PlanPolicy
    private let deletesEverything: LimitVerdict
    private var deletesOfSource: [ExactText: LimitVerdict] = [:]
    private var updatesOfSource: [ExactText: LimitVerdict] = [:]
    private var deletes = LimitVerdict()
    private var updates = LimitVerdict()

    init(_ policy: PlanPolicy, _ steps: [Step], _ population: Population, _ held: [Address: HeldBack]) {
        self.policy = policy
        let (amongAll, amongSource) = (held.compactMapValues(\.among), held.compactMapValues(\.amongSource))
        let deletes = steps.places { $0.action == .delete }
        deletesEverything =
            policy.allowDeleteAll
            ? LimitVerdict()
            : LimitVerdict(steps, deletes, of: population.all.managedLive, amongAll) { count, total in
                count >= total ? .deletesEverything(count: count) : nil
            }

        for (source, rules) in policy.sources {
            let counts = population.bySource[source] ?? Population.Counts()
            let updatesHere = steps.places { $0.action == .update && $0.address.source.isExactly(source.text) }
            updatesOfSource[source] = LimitVerdict(
                steps, updatesHere, of: counts.desiredLive, amongSource
            ) { count, total in
                Excess(count, over: rules.maxUpdate, of: total).map {
                    .tooManyUpdatesOfSource(source: source.text, count: $0.count, limit: $0.limit, of: $0.total)
                }
            }
            if policy.allowDeleteAll { continue }
            let deletesHere = deletes.filter {
                steps[$0].address.source.isExactly(source.text) && refusalOfDelete(steps[$0]) == nil
            }
            deletesOfSource[source] = LimitVerdict(
                steps, deletesHere, of: counts.managedLive, amongSource
            ) { count, total in
                Excess(count, over: rules.maxDelete, floor: rules.maxDeleteFloor, of: total).map {
                    .tooManyDeletesOfSource(source: source.text, count: $0.count, limit: $0.limit, of: $0.total)
                }
            }
        }
        if !policy.allowDeleteAll {
            let left = deletes.filter { refusalOfDelete(steps[$0]) == nil }
            self.deletes = LimitVerdict(steps, left, of: population.all.managedLive, amongAll) { count, total in
                Excess(count, over: policy.maxDelete, floor: policy.maxDeleteFloor, of: total).map {
                    .tooManyDeletes(count: $0.count, limit: $0.limit, of: $0.total)
                }
            }
        }
        let left = steps.places { $0.action == .update && updatesOfSource.reason(against: $0) == nil }
        updates = LimitVerdict(steps, left, of: population.all.desiredLive, amongAll) { count, total in
            Excess(count, over: policy.maxUpdate, of: total).map {
                .tooManyUpdates(count: $0.count, limit: $0.limit, of: $0.total)
            }
        }
    }

    func reason(against step: Step) -> BlockedStep.Reason? {
        switch step.action {
        case .delete: refusalOfDelete(step) ?? deletes.reason(against: step)
        case .update: updatesOfSource.reason(against: step) ?? updates.reason(against: step)
        case .create, .adopt, .forget, .move: nil
        }
    }

    /// Whatever stands against this delete, be it alone or one of few.
    private func refusalOfDelete(_ step: Step) -> BlockedStep.Reason? {
        let source = step.address.source
        if step.preventDestroy { return .preventDestroy }
        switch policy.sources[ExactText(source)]?.deletes ?? .asElsewhere {
        case .never: return .sourceKeepsAll(source: source)
        case .asElsewhere where !policy.allowDelete && !policy.allowDeleteAll: return .deletesAreOff
        case .asElsewhere, .allowed:
            return deletesEverything.reason(against: step) ?? deletesOfSource.reason(against: step)
        }
    }
}

/// What one limit says: to all steps as a part of the profiles of today, and to those that an earlier run held
/// back as a part of the profiles of then.
private struct LimitVerdict {
    private var today: BlockedStep.Reason?
    private var then: [Int: BlockedStep.Reason] = [:]
    private var among: [Address: Int] = [:]

    /// Lets everything through.
    init() {}

    /// - Parameters:
    ///   - places: of the steps that count.
    ///   - refusal: whether so many steps are too large a part of so many profiles.
    init(
        _ steps: [Step], _ places: [Int], of total: Int, _ among: [Address: Int],
        refusal: (Int, Int) -> BlockedStep.Reason?
    ) {
        guard !places.isEmpty else { return }
        today = refusal(places.count, total)
        guard !among.isEmpty else { return }
        self.among = among
        var held: [Int: Int] = [:]
        for place in places { if let total = among[steps[place].address] { held[total, default: 0] += 1 } }
        for (total, count) in held { then[total] = refusal(count, total) }
    }

    func reason(against step: Step) -> BlockedStep.Reason? {
        among[step.address].flatMap { then[$0] } ?? today
    }
}

extension [Step] {
    /// Of the steps that count, not the steps themselves, which are large.
    fileprivate func places(where counts: (Step) -> Bool) -> [Int] { indices.filter { counts(self[$0]) } }
}

extension [ExactText: LimitVerdict] {
    fileprivate func reason(against step: Step) -> BlockedStep.Reason? {
        self[ExactText(step.address.source)]?.reason(against: step)
    }
}

/// More than a threshold allows.
private struct Excess {
    let count: Int
    let limit: Int
    let total: Int

    /// Nil when the count is fine.
    /// - Parameter floor: so many are always fine for a threshold in percent.
    init?(_ count: Int, over threshold: Threshold?, floor: Int = 0, of total: Int) {
        guard let threshold else { return nil }
        let limit =
            switch threshold {
            case .count: threshold.limit(of: total)
            case .percent: max(threshold.limit(of: total), floor)
            }
        guard count > limit else { return nil }
        self.count = count
        self.limit = limit
        self.total = total
    }
}
