import ProfileModel

/// The way back of one profile: as if a manifest said what held before in the fields that the run changed, and
/// nothing of the others; and as if what the run made of these fields were what was last applied. The comparison of
/// three sides then does the rest: it sets what was, removes what the run added, and leaves alone what others did.
struct Inverse {
    private(set) var name: String?
    private(set) var nameDamage: Damage?
    private(set) var identifiers: [Identifier]
    private(set) var attributes: AttributeObject = [:]
    private(set) var applied: ProfileValues
    private(set) var ignored: [[String]] = []

    /// - Parameter live: the identifiers of today; what others gave and took since stays.
    /// - Returns: nil when the profile would be left without an identifier.
    init?(prior: Profile, after: ProfileValues, live: [Identifier]) {
        identifiers = live
        applied = ProfileValues()
        if areSame(prior.identifiers, after.identifiers) || prior.identifiers.isEmpty {
            ignored.append(["identifiers"])
        } else {
            identifiers = live.undoing(after.identifiers, to: prior.identifiers)
            if identifiers.isEmpty { return nil }
            applied.identifiers = after.identifiers
        }
        if !prior.name.isExactly(after.name) || prior.nameDamage != after.nameDamage {
            // A name that is as the service derives it was given by nobody.
            let derived = derivedName(of: prior.identifiers)
            name = prior.name.isExactly(derived) ? nil : prior.name
            nameDamage = name == nil ? nil : prior.nameDamage
            applied.name = after.name ?? ""
        }
        (attributes, applied.attributes) = Self.inverse(prior.attributes, after.attributes)
    }

    /// Nothing is to change.
    init(unchanged identifiers: [Identifier]) {
        self.identifiers = identifiers
        applied = ProfileValues()
        ignored = [["name"], ["identifiers"], ["attributes"]]
    }

    private static func inverse(
        _ prior: AttributeObject, _ after: AttributeObject
    ) -> (wanted: AttributeObject, applied: AttributeObject) {
        var (wanted, applied) = (AttributeObject(), AttributeObject())
        for sides in ThreeSides(prior, after, [:]) {
            switch (sides.desired, sides.applied) {
            case (let old, let new) where old.isSameMember(as: new): break
            case (.object(let old), .object(let new)):
                let inner = inverse(old, new)
                // Where only members came that are to go again, there is nothing to want.
                if !inner.wanted.isEmpty || old.isEmpty { wanted[sides.key] = .object(inner.wanted) }
                applied[sides.key] = .object(inner.applied)
            case (let old, let new):
                wanted[sides.key] = old
                applied[sides.key] = new
            }
        }
        return (wanted, applied)
    }

    func desired(at address: Address, preventDestroy: Bool) -> DesiredProfile {
        var desired = DesiredProfile(
            address: address, name: name,
            identifiers: identifiers.isEmpty ? [Identifier(type: "none", value: "none")] : identifiers,
            attributes: attributes,
            lifecycle: DesiredProfile.Lifecycle(preventDestroy: preventDestroy, ignoreChanges: ignored),
            origin: .rollback())
        desired.nameDamage = nameDamage
        return desired
    }
}

extension Origin {
    /// Of what no manifest says. Each profile has a line of its own, so that a finding tells whose it is.
    static func rollback(line: Int = 1) -> Origin { Origin(file: "", line: UInt32(clamping: line), column: 1) }
}
