import ProfileModel

extension LedgerEntry {
    /// The entry without what a run did to it: of what later runs, or commands on the ledger, made of it since, only the
    /// fields go back that the run changed.
    /// - Parameters:
    ///   - run: the entry as the run left it.
    ///   - prior: the entry before the run.
    func undoing(_ run: LedgerEntry, to prior: LedgerEntry) -> LedgerEntry {
        var entry = self
        entry.lastApplied = lastApplied.undoing(run.lastApplied, to: prior.lastApplied)
        if run.address != prior.address { entry.address = prior.address }
        if run.preventDestroy != prior.preventDestroy { entry.preventDestroy = prior.preventDestroy }
        return entry
    }
}

extension ProfileValues {
    fileprivate func undoing(_ run: ProfileValues, to prior: ProfileValues) -> ProfileValues {
        ProfileValues(
            name: prior.name.isExactly(run.name) ? name : prior.name,
            identifiers: identifiers.undoing(run.identifiers, to: prior.identifiers),
            attributes: attributes.undoing(run.attributes, to: prior.attributes))
    }
}

extension [Identifier] {
    /// Without those that a change added, and with those that it removed.
    func undoing(_ change: [Identifier], to prior: [Identifier]) -> [Identifier] {
        // In the former order, where nothing happened since.
        if self == change { return prior }
        let (before, after) = (Set(prior.map(\.canonical)), Set(change.map(\.canonical)))
        let present = Set(map(\.canonical))
        return filter { before.contains($0.canonical) || !after.contains($0.canonical) }
            + prior.filter { !after.contains($0.canonical) && !present.contains($0.canonical) }
    }
}

extension AttributeObject {
    fileprivate func undoing(_ change: AttributeObject, to prior: AttributeObject) -> AttributeObject {
        var result = self
        for sides in ThreeSides(prior, change, [:]) {
            switch (sides.desired, sides.applied) {
            case (let old?, let new?) where old == new: break
            case (.object(let old), .object(let new)):
                let inner = (result[sides.key]?.object ?? [:]).undoing(new, to: old)
                result[sides.key] = inner.isEmpty && !old.isEmpty ? nil : .object(inner)
            case (let old, _): result[sides.key] = old
            }
        }
        return result
    }
}
