import ProfileModel

/// What becomes of a profile's name.
///
/// A missing name in the manifest means the derived one only where we once gave a name and take it back;
/// a name that we never gave is left alone, for a human may have written it.
struct NameDiff {
    enum Rule: Hashable {
        case given(String)
        /// We gave it before; now the service derives it again.
        case takenBack
        case leftAlone
        case ignored
    }

    let rule: Rule
    /// Of the name that the manifest gives.
    private let damage: Damage?
    /// Nil when live already is as it should be, or the name is not ours to change.
    private(set) var field: FieldChange?

    /// - Parameter result: the identifiers that the profile holds afterwards; a name is derived from them.
    init(desired: DesiredProfile, lastApplied: ProfileValues?, live: Profile, result: [Identifier], ignored: Bool) {
        let applied = lastApplied?.name
        damage = desired.nameDamage
        let wanted: String
        switch (desired.name, applied) {
        case _ where ignored:
            rule = .ignored
            return
        case (nil, nil):
            rule = .leftAlone
            return
        case (let name?, _):
            rule = .given(name)
            wanted = name
        case (nil, _?):
            rule = .takenBack
            wanted = derivedName(of: result)
        }
        // Telling the same derived name in different words is no difference.
        let isShownAlike = (live.name ?? derivedName(of: live.identifiers)).isExactly(wanted)
        guard !isShownAlike || live.nameDamage != desired.nameDamage else { return }
        let current = live.name ?? derivedName(of: live.identifiers)
        let cause = FieldChange.Cause(
            isManaged: lastApplied != nil, wasApplied: applied != nil,
            manifestAsApplied: desired.name.isExactly(applied),
            liveAsApplied: current.isExactly(applied ?? derivedName(of: live.identifiers)))
        field = FieldChange(.nameChanged(from: live.name, to: wanted), cause)
    }

    /// What a PUT sends; nil lets the service derive it. A PUT that says nothing would lose a name that
    /// is not derived, and saying a derived one would freeze it.
    func sent(live: Profile) -> String? {
        switch rule {
        case .given(let name): name
        case .takenBack: nil
        case .ignored: live.name
        case .leftAlone: live.hasDerivedName ? nil : live.name
        }
    }

    /// Of what `sent` gives.
    func sentDamage(live: Profile) -> Damage? {
        switch rule {
        case .given: damage
        case .takenBack: nil
        case .ignored, .leftAlone: sent(live: live) == nil ? nil : live.nameDamage
        }
    }
}
