import ProfileModel

/// The difference between a live profile and what its manifest wants, by three-way comparison with what
/// was last applied. Pure facts; which call closes it is `VerbChoice`'s to say.
struct ProfileDiff {
    let name: NameDiff
    let identifiers: IdentifierDiff
    let attributes: AttributeDiff

    /// - Parameter lastApplied: nil when the ledger does not know the profile.
    init(desired: DesiredProfile, lastApplied: ProfileValues?, live: Profile) {
        let ignored = IgnoredPaths(desired.lifecycle.ignoreChanges)
        identifiers = IdentifierDiff(
            desired: desired, lastApplied: lastApplied, live: live.identifiers, ignored: ignored.identifiers)
        attributes = AttributeDiff(
            desired: desired.attributes, lastApplied: lastApplied?.attributes, live: live.attributes,
            mode: desired.attributesMode, ignored: ignored)
        name = NameDiff(
            desired: desired, lastApplied: lastApplied, live: live, result: identifiers.result, ignored: ignored.name)
    }

    var isEmpty: Bool {
        name.field == nil && identifiers.fields.isEmpty && attributes.fields.isEmpty
    }

    /// Name, then identifiers, then attributes by path.
    var fields: [FieldChange] {
        (name.field.map { [$0] } ?? []) + identifiers.fields + attributes.fields
    }
}
