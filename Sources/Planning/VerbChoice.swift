import ProfileModel

/// The call that closes a difference, and why this verb.
///
/// PATCH sets names and attributes and adds identifiers, and nothing else is documented of it (api notes,
/// section 3.5); whatever goes away needs a PUT of the whole document.
struct VerbChoice {
    let reason: StepReason
    let request: ProfileWrite
    /// What the profile holds when the call is done.
    let after: ProfileValues
    /// All visible differences: those of the diff, and a name that the service will derive anew.
    let fields: [FieldChange]

    init(_ diff: ProfileDiff, live: Profile, patchNullDeletes: Bool) {
        let attributes = MergePatch(from: live.attributes, to: diff.attributes.result)
        if let reason = Self.reasonForPut(diff, attributes, patchNullDeletes: patchNullDeletes) {
            self.init(put: diff, live: live, reason)
        } else {
            self.init(patch: diff, live: live, attributes)
        }
    }

    private static func reasonForPut(
        _ diff: ProfileDiff, _ attributes: MergePatch, patchNullDeletes: Bool
    ) -> StepReason? {
        if !diff.identifiers.removed.isEmpty { return .removesIdentifiers(diff.identifiers.removed) }
        if !attributes.removed.isEmpty, !patchNullDeletes { return .removesAttributes(attributes.removed) }
        if !attributes.nulls.isEmpty, !patchNullDeletes { return .setsAttributesToNull(attributes.nulls) }
        if diff.name.rule == .takenBack, diff.name.field != nil { return .resetsName }
        return nil
    }

    private init(put diff: ProfileDiff, live: Profile, _ reason: StepReason) {
        let identifiers = diff.identifiers.result
        let name = diff.name.sent(live: live)
        let damage = diff.name.sentDamage(live: live)
        self.reason = reason
        request = .put(
            id: live.id,
            ProfileValues(
                name: name, identifiers: identifiers, attributes: diff.attributes.result, nameDamage: damage))
        after = ProfileValues(
            name: name ?? derivedName(of: identifiers), identifiers: identifiers.map(\.stored),
            attributes: diff.attributes.result, nameDamage: damage)
        fields = Self.renaming(diff, live: live, to: after.name) + diff.fields
    }

    private init(patch diff: ProfileDiff, live: Profile, _ attributes: MergePatch) {
        var name: String?
        if diff.name.field != nil, case .given(let given) = diff.name.rule { name = given }
        let added = diff.identifiers.added
        reason = .setsAndAdds
        let damage = name == nil ? nil : diff.name.sentDamage(live: live)
        request = .patch(
            id: live.id,
            ProfilePatch(name: name, identifiers: added, attributes: attributes.patch, nameDamage: damage))
        after = ProfileValues(
            name: name ?? live.name, identifiers: live.identifiers + added.map(\.stored),
            // A PATCH with null is sent only where it deletes.
            attributes: attributes.nulls.reduce(diff.attributes.result) { $0.without($1[...]) },
            nameDamage: name == nil ? live.nameDamage : damage)
        fields = diff.fields
    }

    /// A derived name follows the identifiers in a PUT; it follows for the reason that they changed.
    private static func renaming(_ diff: ProfileDiff, live: Profile, to name: String?) -> [FieldChange] {
        guard diff.name.field == nil, let old = live.name, let name, !old.isExactly(name) else { return [] }
        let causes = diff.identifiers.fields.map(\.cause)
        let cause = causes.contains(.youChangedIt) ? .youChangedIt : causes.first ?? .youChangedIt
        return [FieldChange(.nameChanged(from: old, to: name), cause)]
    }
}
