package import ProfileModel

/// What of a profile a write carried.
struct CarriedValues {
    var name: String?
    var identifiers: [Identifier] = []
    var attributes: AttributeObject = [:]

    init(_ write: ProfileWrite?) {
        switch write {
        case .putUnderUser(_, _, let values)?, .putByQuery(_, let values)?, .put(_, let values)?:
            (name, identifiers, attributes) = (values.name, values.identifiers, values.attributes)
        case .patch(_, let patch)?, .patchByQuery(_, let patch)?:
            (name, identifiers, attributes) = (patch.name, patch.identifiers, patch.attributes)
        case .delete?, nil: break
        }
    }
}

extension KeptForms {
    /// Compares what was declared with what the service holds after the write.
    ///
    /// Where they differ, the service keeps another form: what the write carried counts whatever became of it, and what
    /// it did not carry only in a likely form, for others may have changed it.
    /// - Parameters:
    ///   - write: nil when it is not known any more.
    ///   - before: the profile before the write.
    ///   - entry: the ledger before. What earlier answers showed holds as long as the same was declared and is kept.
    package init(
        declared: ProfileValues, write: ProfileWrite?, answer: Profile, before: Profile? = nil,
        entry: LedgerEntry? = nil
    ) {
        self.init(
            FormObserver(carried: CarriedValues(write), answer: answer, before: before, known: entry?.kept)
                .forms(declared))
        guard let before, let entry, write != nil else { return }
        let shown = Set(forms.map(\.place))
        forms += FormObserver(carried: CarriedValues(write), answer: before, before: nil, known: nil)
            .forms(declared).filter { !shown.contains($0.place) && entry.lastApplied.holds($0) }
            .map { KeptForms.Form($0.place, sent: $0.sent, kept: $0.kept, isOverwritten: true) }
    }
}

private struct FormObserver {
    let carried: CarriedValues
    let answer: Profile
    let before: Profile?
    let known: KeptForms?

    func forms(_ declared: ProfileValues) -> [KeptForms.Form] {
        name(declared.name) + identifiers(declared.identifiers)
            + attributes(declared.attributes, answer.attributes, carried.attributes, at: [])
    }

    private func isKnown(_ form: KeptForms.Form) -> Bool { known?.forms.contains(form) ?? false }

    private func name(_ declared: String?) -> [KeptForms.Form] {
        guard let declared, let kept = answer.name, !kept.isExactly(declared) else { return [] }
        let form = KeptForms.Form(.name, sent: .string(declared), kept: .string(kept))
        let counts = isKnown(form) || carried.name.isExactly(declared) || kept.isLikelyForm(of: declared)
        return counts ? [form] : []
    }

    private func identifiers(_ declared: [Identifier]) -> [KeptForms.Form] {
        let held = Set(answer.identifiers.map(\.canonical))
        let missing = declared.filter { !held.contains($0.canonical) }
        guard !missing.isEmpty else { return [] }
        let wanted = Set(declared.map(\.canonical))
        var free = answer.identifiers.filter { !wanted.contains($0.canonical) }
        let likely = missing.compactMap { sent -> KeptForms.Form? in
            let forms = free.map { form(sent, $0) }
            let place = forms.firstIndex(where: isKnown) ?? free.firstIndex { $0.isLikelyForm(of: sent) }
            guard let place else { return nil }
            free.remove(at: place)
            return forms[place]
        }
        return likely + replaced(missing.filter { sent in !likely.contains { $0.isOf(sent) } }, by: free)
    }

    /// Of what was sent, and of what is new, there is one of a type: then this became that.
    private func replaced(_ missing: [Identifier], by free: [Identifier]) -> [KeptForms.Form] {
        let old = Set(before?.identifiers.map(\.canonical) ?? [])
        let new = free.filter { !old.contains($0.canonical) }
        return missing.compactMap { sent in
            let sameType = new.filter { $0.type.isExactly(sent.type) }
            guard sameType.count == 1, missing.count(where: { $0.type.isExactly(sent.type) }) == 1,
                carried.identifiers.contains(where: { $0.isSame(as: sent) })
            else { return nil }
            return form(sent, sameType[0])
        }
    }

    private func form(_ sent: Identifier, _ kept: Identifier) -> KeptForms.Form {
        KeptForms.Form(.identifier(type: ExactText(sent.type)), sent: .string(sent.value), kept: .string(kept.value))
    }

    private func attributes(
        _ declared: AttributeObject, _ kept: AttributeObject, _ carried: AttributeObject, at path: [ExactText]
    ) -> [KeptForms.Form] {
        var forms: [KeptForms.Form] = []
        for member in declared.members {
            let path = path + [ExactText(member.key)]
            let value = kept[member.key].unlessNull
            if value.isSameMember(as: member.value) { continue }
            if case (.object(let declared), .object(let kept)?) = (member.value, value) {
                forms += attributes(declared, kept, carried[member.key]?.object ?? [:], at: path)
                continue
            }
            let key = value == nil ? foreignKey(for: member.key, declared, kept) : nil
            let form = KeptForms.Form(
                .attribute(path: path, keptKey: ExactText(key ?? member.key)), sent: member.value,
                kept: key.flatMap { kept[$0] } ?? value)
            let wasCarried = carried[member.key].map { $0.isSame(as: member.value) } ?? false
            if wasCarried || isKnown(form) || form.kept.isLikelyForm(of: member.value) {
                forms.append(form)
            }
        }
        return forms
    }

    /// What the service may have made of a key that it does not hold.
    private func foreignKey(for key: String, _ declared: AttributeObject, _ kept: AttributeObject) -> String? {
        kept.likelyKey(of: key).flatMap { declared[$0] == nil ? $0 : nil }
    }
}

extension ProfileValues {
    /// Whether this is what a form was sent as.
    fileprivate func holds(_ form: KeptForms.Form) -> Bool {
        switch form.place {
        case .name: form.sent == name.map { .string($0) }
        case .identifier: identifiers.contains { form.isOf($0) }
        case .attribute(let path, _): attributes.value(at: path.map(\.text)).isSameMember(as: form.sent)
        }
    }
}

extension KeptForms.Form {
    fileprivate func isOf(_ identifier: Identifier) -> Bool {
        place == .identifier(type: ExactText(identifier.type)) && sent == .string(identifier.value)
    }
}
