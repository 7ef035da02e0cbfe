package import ProfileModel

/// Whether a profile holds values that the service would not tell apart from these (api notes, section 2).
package func isSame(_ profile: Profile, as values: ProfileValues) -> Bool {
    profile.name.isExactly(values.name)
        && Set(profile.identifiers.map(\.canonical)) == Set(values.identifiers.map(\.canonical))
        && AttributeValue.object(profile.attributes).isSame(as: .object(values.attributes))
}
