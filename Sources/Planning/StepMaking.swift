package import ProfileModel

// One step from what is wanted, known and live. Numbers and dependencies come later, from the order.

extension Step {
    /// PUT by the key's query, or under the user whom the manifest names.
    /// - Parameter wasLost: we wrote the profile before, and somebody deleted it.
    static func creating(_ desired: DesiredProfile, wasLost: Bool) -> Step {
        let query = desired.keyQuery.stored
        var seen: Set<Identifier> = []
        let identifiers = desired.identifiers.filter { seen.insert($0.canonical).inserted }.map(\.sent)
        let values = ProfileValues(
            name: desired.name, identifiers: identifiers, attributes: desired.attributes,
            nameDamage: desired.nameDamage)
        let name = desired.name ?? derivedName(of: identifiers)
        return Step(
            address: desired.address, action: .create,
            reason: desired.userID.map { .absentForUser(userID: $0) } ?? .absent,
            request: desired.userID.map { .putUnderUser(userID: $0, query, values) } ?? .putByQuery(query, values),
            after: ProfileValues(
                name: name, identifiers: identifiers.map(\.stored), attributes: desired.attributes,
                nameDamage: desired.nameDamage),
            fields: FieldChange.all(of: values, wasLost ? .changedOutside : .neverApplied, appearing: true),
            precondition: .absent(query),
            declared: ProfileValues(
                name: desired.name, identifiers: desired.identifiers, attributes: desired.attributes),
            preventDestroy: desired.lifecycle.preventDestroy, origin: desired.origin)
    }

    static func updating(
        _ desired: DesiredProfile, _ live: Profile, _ lastApplied: ProfileValues?, _ diff: ProfileDiff,
        patchNullDeletes: Bool
    ) -> Step {
        let choice = VerbChoice(diff, live: live, patchNullDeletes: patchNullDeletes)
        var step = Step(
            address: desired.address, action: .update, reason: choice.reason, request: choice.request, before: live,
            after: choice.after, fields: choice.fields,
            precondition: live.asSeen, declared: desired.declared(after: lastApplied),
            preventDestroy: desired.lifecycle.preventDestroy,
            origin: desired.origin,
            secondIdentifiers: diff.identifiers.secondIdentifiers(desired, live: live.identifiers))
        step.keepsName = desired.leavesName(of: live, lastApplied)
        return step
    }

    static func adopting(
        _ desired: DesiredProfile, _ live: Profile, _ lastApplied: ProfileValues?, _ reason: StepReason
    ) -> Step {
        var step = Step(
            address: desired.address, action: .adopt, reason: reason, before: live, after: live.values,
            precondition: .none, declared: desired.declared(after: lastApplied),
            preventDestroy: desired.lifecycle.preventDestroy,
            origin: desired.origin)
        step.keepsName = desired.leavesName(of: live, lastApplied)
        return step
    }

    /// - Parameter origin: where the manifests give the address up, if they do.
    static func deleting(_ entry: LedgerEntry, _ live: Profile, origin: Origin? = nil) -> Step {
        Step(
            address: entry.address, action: .delete, reason: .removedFromManifests, request: .delete(id: live.id),
            before: live, fields: FieldChange.all(of: live.values, .youChangedIt, appearing: false),
            precondition: live.asSeen, preventDestroy: entry.preventDestroy, origin: origin)
    }

    /// Stands for a delete that cannot be planned, because nothing says which live profile it would be.
    static func deletingUnseen(_ desired: DesiredProfile) -> Step {
        Step(
            address: desired.address, action: .delete, reason: .removedFromManifests, precondition: .none,
            preventDestroy: desired.lifecycle.preventDestroy)
    }

    static func lettingGo(_ entry: LedgerEntry, _ removal: AddressRemoval) -> Step {
        Step(
            address: entry.address, action: .forget, reason: .letGo, precondition: .none,
            preventDestroy: entry.preventDestroy, origin: removal.origin)
    }

    static func moving(_ desired: DesiredProfile, _ live: Profile, _ lastApplied: ProfileValues?) -> Step {
        var step = adopting(desired, live, lastApplied, .renamed)
        step.action = .move
        return step
    }

    /// Stands for an import that is refused; it never runs.
    static func notImporting(_ desired: DesiredProfile, _ entry: LedgerEntry?) -> Step {
        Step(
            address: desired.address, action: .adopt, reason: .importRefused, precondition: .none,
            declared: desired.declared(after: entry?.lastApplied), preventDestroy: desired.lifecycle.preventDestroy,
            origin: desired.origin, arrival: .imported)
    }

    /// Stands for a live profile that cannot be read; it never runs.
    static func unread(_ desired: DesiredProfile?, _ entry: LedgerEntry?, at address: Address) -> Step {
        Step(
            address: address, action: desired == nil ? .delete : entry == nil ? .adopt : .update,
            reason: .liveUnreadable, precondition: .none, declared: desired?.declared(after: entry?.lastApplied),
            preventDestroy: desired?.lifecycle.preventDestroy ?? entry?.preventDestroy ?? false,
            origin: desired?.origin)
    }

    static func forgetting(_ entry: LedgerEntry) -> Step {
        Step(
            address: entry.address, action: .forget, reason: .goneEverywhere, precondition: .none,
            preventDestroy: entry.preventDestroy)
    }
}

extension DesiredProfile {
    /// Somebody gave the live name, and nothing tells that it was us.
    fileprivate func leavesName(of live: Profile, _ lastApplied: ProfileValues?) -> Bool {
        name == nil && lastApplied?.name == nil && live.name != nil && !live.hasDerivedName
    }
}

extension Profile {
    package var values: ProfileValues {
        ProfileValues(name: name, identifiers: identifiers, attributes: attributes, nameDamage: nameDamage)
    }

    var asSeen: Precondition {
        .unchanged(id: id, updatedAt: updatedAt, digest: digest(of: self))
    }
}

extension FieldChange {
    /// Every field of a profile that comes or goes as a whole.
    static func all(of values: ProfileValues, _ cause: Cause, appearing: Bool) -> [FieldChange] {
        var changes: [Change] = []
        if let name = values.name {
            changes.append(appearing ? .nameChanged(from: nil, to: name) : .nameChanged(from: name, to: nil))
        }
        changes += values.identifiers.map { appearing ? .identifierAdded($0) : .identifierRemoved($0) }
        changes += values.attributes.members.map { member in
            appearing
                ? .attributeAdded(path: [member.key], member.value)
                : .attributeRemoved(path: [member.key], member.value)
        }
        return changes.map { FieldChange($0, cause) }
    }
}
