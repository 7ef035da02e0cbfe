package import ProfileModel

// Values in the forms in which the service keeps them. What was sent and what is live are the same then, to all that
// compares them, and a value that is new differs from both.

extension ProfileValues {
    /// - Parameter live: a form counts as long as the profile holds it.
    func asKept(_ forms: KeptForms, by live: Profile) -> ProfileValues {
        forms.forms.reduce(into: self) { values, form in
            // A form that no answer showed may be somebody else's work, unless it says the same.
            if !form.isOverwritten || form.isLikely { values.keep(form, by: live) }
        }
    }

    /// The forms that the profile holds and that do not look like the values that were sent.
    func unlikelyForms(_ forms: KeptForms, in live: Profile) -> [KeptForms.Form] {
        forms.forms.filter { form in
            guard !form.isLikely else { return false }
            var values = self
            values.keep(form, by: live)
            return values != self
        }
    }

    /// With each value that live holds in a likely form in that form: what a write of ours made of the profile, as far
    /// as nobody saw the answer.
    package func inLikelyForms(of live: Profile) -> ProfileValues {
        var values = asKept(KeptForms(declared: self, write: nil, answer: live), by: live)
        // A name that is derived follows the forms of the identifiers.
        if let name, name.isExactly(derivedName(of: identifiers)), live.hasDerivedName { values.name = live.name }
        return values
    }

    private mutating func keep(_ form: KeptForms.Form, by live: Profile) {
        switch form.place {
        case .name:
            guard form.sent == name.map({ .string($0) }), form.kept == live.name.map({ .string($0) }) else { return }
            name = live.name
        case .identifier(let type):
            guard case (.string(let sent), .string(let kept)?) = (form.sent, form.kept) else { return }
            let identifier = Identifier(type: type.text, value: sent)
            guard let place = identifiers.firstIndex(where: { $0.isSame(as: identifier) }),
                !live.identifiers.contains(where: { $0.isSame(as: identifier) }),
                let held = live.identifiers.first(where: { $0.value.isExactly(kept) && $0.isOfType(type.text) })
            else { return }
            identifiers[place] = held
        case .attribute(let path, let keptKey):
            attributes.keep(form, path[...], keptKey.text, by: live.attributes)
        }
    }
}

extension KeptForms.Form {
    fileprivate var isLikely: Bool {
        switch (place, sent, kept) {
        case (.identifier(let type), .string(let sent), .string(let kept)?):
            Identifier(type: type.text, value: kept).isLikelyForm(of: Identifier(type: type.text, value: sent))
        case (.name, _, _), (.identifier, _, _), (.attribute, _, _): kept.isLikelyForm(of: sent)
        }
    }

    /// As a plan names the field.
    var field: String {
        switch place {
        case .name: "name"
        case .identifier(let type): "identifier \(type.text)"
        case .attribute(let path, _): "attributes." + path.map(\.text).joined(separator: ".")
        }
    }
}

extension Identifier {
    fileprivate func isOfType(_ other: String) -> Bool {
        canonical.type.isExactly(Identifier(type: other, value: "").canonical.type)
    }
}

extension AttributeObject {
    fileprivate mutating func keep(
        _ form: KeptForms.Form, _ path: ArraySlice<ExactText>, _ keptKey: String, by live: AttributeObject
    ) {
        guard let key = path.first?.text, let value = self[key] else { return }
        guard path.count > 1 else {
            guard value.isSame(as: form.sent), live[keptKey].isSameMember(as: form.kept) else { return }
            self[key] = nil
            self[keptKey] = form.kept
            return
        }
        guard case (.object(var inner), .object(let live)?) = (value, live[key]) else { return }
        inner.keep(form, path.dropFirst(), keptKey, by: live)
        self[key] = .object(inner)
    }
}

extension Profile {
    /// Whether the name is the one that the service gives to a profile without.
    var hasDerivedName: Bool {
        name.isExactly(derivedName(of: identifiers)) || name.isExactly(derivedName(ofStored: identifiers))
    }
}

extension LedgerEntry {
    /// What was last applied, in the forms in which live keeps it.
    func lastApplied(asKeptBy live: Profile) -> ProfileValues {
        kept.isEmpty ? lastApplied : lastApplied.asKept(kept, by: live)
    }
}

extension DesiredProfile {
    /// As far as the manifest still says what was sent, in the forms in which live keeps it.
    func asKept(_ entry: LedgerEntry?, by live: Profile) -> DesiredProfile {
        guard let entry, !entry.kept.isEmpty else { return self }
        let values = ProfileValues(name: name, identifiers: identifiers, attributes: attributes)
            .asKept(entry.kept, by: live)
        var kept = self
        (kept.name, kept.identifiers, kept.attributes) = (values.name, values.identifiers, values.attributes)
        return kept
    }
}
