/// What a plan may do without being asked twice.
package struct PlanPolicy: Sendable, Hashable {
    package var allowDelete: Bool
    /// Permits a plan that deletes every managed profile; implies `allowDelete` and lifts `maxDelete`.
    package var allowDeleteAll: Bool
    /// Compared with the number of desired profiles that are live.
    package var maxUpdate: Threshold?
    /// Compared with the number of managed profiles that are live.
    package var maxDelete: Threshold?
    /// So many deletes are always fine for a `maxDelete` in percent. A `maxDelete` that is a count knows no floor.
    package var maxDeleteFloor: Int

    package init(
        allowDelete: Bool = false, allowDeleteAll: Bool = false, maxUpdate: Threshold? = nil,
        maxDelete: Threshold? = nil, maxDeleteFloor: Int = 0
    ) {
        self.allowDelete = allowDelete
        self.allowDeleteAll = allowDeleteAll
        self.maxUpdate = maxUpdate
        self.maxDelete = maxDelete
        self.maxDeleteFloor = maxDeleteFloor
    }
}

/// More than this is too many.
package enum Threshold: Sendable, Hashable {
    case count(Int)
    /// 0 to 100.
    case percent(Double)

    /// The largest number that is still fine; parts of a profile do not count.
    func limit(of total: Int) -> Int {
        switch self {
        case .count(let count): max(count, 0)
        case .percent(let percent) where percent >= 100: total
        case .percent(let percent) where percent > 0: Int(Double(total) * percent / 100)
        case .percent: 0
        }
    }
}

/// How many profiles there are to lose; thresholds are parts of these.
struct Population {
    /// Desired profiles that are live.
    var desiredLive = 0
    /// Profiles of the ledger that are live.
    var managedLive = 0
}

extension PlanPolicy {
    /// The steps that may run and those that may not, in the order given.
    ///
    /// A profile under `prevent_destroy` counts as deleted when the question is whether all would be:
    /// a manifest set that went missing as a whole stays blocked although one profile is protected.
    func judge(_ steps: [Step], _ population: Population) -> (allowed: [Step], blocked: [BlockedStep]) {
        let deletes = steps.filter { $0.action == .delete }
        let updates = steps.count { $0.action == .update }
        let refusal = refusalOfDeletes(
            asked: deletes.count, unprotected: deletes.count { !$0.preventDestroy }, of: population.managedLive)
        let tooManyUpdates = refusalOfUpdates(updates, of: population.desiredLive)

        var allowed: [Step] = []
        var blocked: [BlockedStep] = []
        for step in steps {
            if let reason = reason(against: step, deletes: refusal, updates: tooManyUpdates) {
                blocked.append(BlockedStep(step: step, reason: reason))
            } else {
                allowed.append(step)
            }
        }
        return (allowed, blocked)
    }

    private func reason(
        against step: Step, deletes: BlockedStep.Reason?, updates: BlockedStep.Reason?
    ) -> BlockedStep.Reason? {
        switch step.action {
        case .delete: step.preventDestroy ? .preventDestroy : deletes
        case .update: updates
        case .create, .adopt, .forget: nil
        }
    }

    private func refusalOfDeletes(asked: Int, unprotected: Int, of managed: Int) -> BlockedStep.Reason? {
        if allowDeleteAll { return nil }
        if !allowDelete { return .deletesAreOff }
        if asked >= managed { return .deletesEverything(count: asked) }
        let limit: Int
        switch maxDelete {
        case nil: return nil
        case .count: limit = maxDelete?.limit(of: managed) ?? 0
        case .percent: limit = max(maxDelete?.limit(of: managed) ?? 0, maxDeleteFloor)
        }
        return unprotected > limit ? .tooManyDeletes(count: unprotected, limit: limit, of: managed) : nil
    }

    private func refusalOfUpdates(_ count: Int, of existing: Int) -> BlockedStep.Reason? {
        guard let limit = maxUpdate?.limit(of: existing), count > limit else { return nil }
        return .tooManyUpdates(count: count, limit: limit, of: existing)
    }
}
