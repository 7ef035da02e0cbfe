package import ProfileModel

/// Whether a profile holds values that the service would not tell apart from these (api notes, section 2).
package func isSame(_ profile: Profile, as values: ProfileValues) -> Bool {
    profile.name.isExactly(values.name) && profile.nameDamage == values.nameDamage
        && Set(profile.identifiers.map(\.canonical)) == Set(values.identifiers.map(\.canonical))
        && AttributeValue.object(profile.attributes).isSame(as: .object(values.attributes))
}

/// Whether a profile holds what a write of these values may have made of it, in whatever form the service keeps them.
package func isLikelyResult(_ profile: Profile, of values: ProfileValues) -> Bool {
    isSame(profile, as: values) || isSame(profile, as: values.inLikelyForms(of: profile))
}
