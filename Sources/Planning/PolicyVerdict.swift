import ProfileModel

/// How many profiles there are to lose; thresholds are parts of these.
struct Population {
    struct Counts {
        /// Desired profiles that are live.
        var desiredLive = 0
        /// Profiles of the ledger that are live.
        var managedLive = 0
    }

    private(set) var all = Counts()
    private(set) var bySource: [String: Counts] = [:]
    private let sources: Set<String>

    /// - Parameter sources: those that are counted apart.
    init(sources: Set<String> = []) {
        self.sources = sources
    }

    mutating func count(source: @autoclosure () -> String, desired: Bool, managed: Bool) {
        guard desired || managed else { return }
        all.add(desired, managed)
        guard !sources.isEmpty else { return }
        let source = source()
        if sources.contains(source) { bySource[source, default: Counts()].add(desired, managed) }
    }
}

extension Population.Counts {
    fileprivate mutating func add(_ desired: Bool, _ managed: Bool) {
        if desired { desiredLive += 1 }
        if managed { managedLive += 1 }
    }
}

extension PlanPolicy {
    /// The steps that may run and those that may not, in the order given.
    func judge(_ steps: [Step], _ population: Population) -> (allowed: [Step], blocked: [BlockedStep]) {
        let verdict = PolicyVerdict(self, steps, population)
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
    private let deletesEverything: BlockedStep.Reason?
    private var deletesOfSource: [String: BlockedStep.Reason] = [:]
    private var updatesOfSource: [String: BlockedStep.Reason] = [:]
    private var deletes: BlockedStep.Reason?
    private var updates: BlockedStep.Reason?

    init(_ policy: PlanPolicy, _ steps: [Step], _ population: Population) {
        self.policy = policy
        let asked = steps.count { $0.action == .delete }
        let isEverything = !policy.allowDeleteAll && asked > 0 && asked >= population.all.managedLive
        deletesEverything = isEverything ? .deletesEverything(count: asked) : nil

        for (source, rules) in policy.sources {
            let ofSource = steps.filter { $0.address.source == source }
            let counts = population.bySource[source] ?? Population.Counts()
            deletesOfSource[source] = excess(ofDeletes(ofSource), of: counts.managedLive, rules).map {
                .tooManyDeletesOfSource(source: source, count: $0.count, limit: $0.limit, of: $0.total)
            }
            updatesOfSource[source] = Excess(
                ofSource.count { $0.action == .update }, over: rules.maxUpdate, of: counts.desiredLive
            ).map { .tooManyUpdatesOfSource(source: source, count: $0.count, limit: $0.limit, of: $0.total) }
        }
        deletes =
            policy.allowDeleteAll
            ? nil
            : Excess(
                ofDeletes(steps), over: policy.maxDelete, floor: policy.maxDeleteFloor, of: population.all.managedLive
            ).map { .tooManyDeletes(count: $0.count, limit: $0.limit, of: $0.total) }
        updates = Excess(
            steps.count { $0.action == .update && updatesOfSource[$0.address.source] == nil },
            over: policy.maxUpdate, of: population.all.desiredLive
        ).map { .tooManyUpdates(count: $0.count, limit: $0.limit, of: $0.total) }
    }

    func reason(against step: Step) -> BlockedStep.Reason? {
        switch step.action {
        case .delete: refusalOfDelete(step) ?? deletes
        case .update: updatesOfSource[step.address.source] ?? updates
        case .create, .adopt, .forget, .move: nil
        }
    }

    /// Whatever stands against this delete, be it alone or one of few.
    private func refusalOfDelete(_ step: Step) -> BlockedStep.Reason? {
        let source = step.address.source
        if step.preventDestroy { return .preventDestroy }
        switch policy.sources[source]?.deletes ?? .asElsewhere {
        case .never: return .sourceKeepsAll(source: source)
        case .asElsewhere where !policy.allowDelete && !policy.allowDeleteAll: return .deletesAreOff
        case .asElsewhere, .allowed: return deletesEverything ?? deletesOfSource[source]
        }
    }

    /// Deletes that would run as far as we know by now.
    private func ofDeletes(_ steps: [Step]) -> Int {
        steps.count { $0.action == .delete && refusalOfDelete($0) == nil }
    }

    private func excess(_ count: Int, of total: Int, _ rules: SourcePolicy) -> Excess? {
        policy.allowDeleteAll ? nil : Excess(count, over: rules.maxDelete, floor: rules.maxDeleteFloor, of: total)
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
