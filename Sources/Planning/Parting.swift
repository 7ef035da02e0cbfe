import ProfileModel

/// A step in two: first the profile gives up what the others of a ring wait for, then it gets the rest.
struct Parting {
    let roster: Roster
    let patchNullDeletes: Bool

    /// - Parameters:
    ///   - given: canonical identifiers to give up; the step lets go of all of them.
    ///   - free: canonical identifiers that the step brings and that nobody else holds.
    /// - Returns: nil when the profile would be left without an identifier, or the calls would send damaged values.
    func parts(
        of step: Step, giving given: Set<Identifier>, free: Set<Identifier>, ring: [Address]
    ) -> (first: Step, rest: Step)? {
        guard let before = step.before, step.action == .update, let after = step.after,
            let desired = roster.desired(at: step.address)
        else { return nil }
        var identifiers = before.identifiers.filter { !given.contains($0.canonical) }
        if identifiers.isEmpty { identifiers = after.identifiers.filter { free.contains($0.canonical) } }
        guard !identifiers.isEmpty else { return nil }

        let between = before.between(identifiers)
        let lastApplied = roster.entry(at: step.address)?.lastApplied
        let known = lastApplied.map { $0.without(given) }
        var first = step
        first.reason = .partsRing(without: before.identifiers.filter { given.contains($0.canonical) }, ring: ring)
        first.request = .put(
            id: before.id,
            ProfileValues(
                name: before.nameIsDerived ? nil : before.name, identifiers: identifiers,
                attributes: before.attributes, nameDamage: before.nameIsDerived ? nil : before.nameDamage))
        first.after = between.values
        first.fields =
            between.renaming(from: before)
            + step.fields.filter { $0.change.gives(given) || $0.change.brings(between.identifiers) }
        first.declared = known
        first.precondition = before.asSeen
        let diff = ProfileDiff(desired: desired, lastApplied: known, live: between)
        var rest = Step.updating(desired, between, known, diff, patchNullDeletes: patchNullDeletes)
        // What both steps come to is what counts.
        (first.secondIdentifiers, rest.secondIdentifiers) = ([], step.secondIdentifiers)
        if !(rest.after?.name).isExactly(after.name) {
            // The name followed the identifiers that are gone for the time being; only a PUT derives it anew.
            rest.reason = .resetsName
            rest.request = step.request
            rest.after = after
            rest.fields =
                [FieldChange(.nameChanged(from: between.name, to: after.name), .youChangedIt)]
                + rest.fields.filter { $0.change.isOfIdentifiersOrAttributes }
        }
        let isDamaged = [first, rest].contains { $0.request.map { !$0.damagedFields.isEmpty } ?? false }
        return isDamaged ? nil : (first, rest)
    }
}

extension Profile {
    fileprivate var nameIsDerived: Bool { name.isExactly(derivedName(of: identifiers)) }

    /// The profile with other identifiers, as the service then has it.
    fileprivate func between(_ identifiers: [Identifier]) -> Profile {
        var profile = self
        profile.identifiers = identifiers.map(\.stored)
        if nameIsDerived {
            profile.name = derivedName(of: profile.identifiers)
            profile.nameDamage = nil
        }
        profile.updatedAt = nil
        return profile
    }

    fileprivate func renaming(from old: Profile) -> [FieldChange] {
        name.isExactly(old.name) ? [] : [FieldChange(.nameChanged(from: old.name, to: name), .youChangedIt)]
    }
}

extension ProfileValues {
    fileprivate func without(_ identifiers: Set<Identifier>) -> ProfileValues {
        var values = self
        values.identifiers.removeAll { identifiers.contains($0.canonical) }
        return values
    }
}

extension FieldChange.Change {
    fileprivate var isOfIdentifiersOrAttributes: Bool {
        switch self {
        case .nameChanged: false
        case .identifierAdded, .identifierRemoved, .attributeAdded, .attributeRemoved, .attributeChanged: true
        }
    }

    fileprivate func gives(_ identifiers: Set<Identifier>) -> Bool {
        if case .identifierRemoved(let identifier) = self { identifiers.contains(identifier.canonical) } else { false }
    }

    fileprivate func brings(_ identifiers: [Identifier]) -> Bool {
        if case .identifierAdded(let identifier) = self {
            identifiers.contains { $0.isSame(as: identifier) }
        } else {
            false
        }
    }
}
