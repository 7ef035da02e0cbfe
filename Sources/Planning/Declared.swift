import ProfileModel

extension DesiredProfile {
    /// What counts as last applied once this manifest is in force for a profile that exists.
    ///
    /// What is ignored is not written, and so does not become ours: it counts as we last wrote it, if we ever
    /// did. Otherwise a value of somebody else's would be removed when the manifest no longer mentions it.
    func declared(after lastApplied: ProfileValues?) -> ProfileValues {
        let ignored = IgnoredPaths(lifecycle.ignoreChanges)
        return ProfileValues(
            name: ignored.name ? lastApplied?.name : name,
            identifiers: ignored.identifiers ? lastApplied?.identifiers ?? [] : identifiers,
            attributes: ignored.ignoresAttributes
                ? declared(attributes, lastApplied?.attributes ?? [:], at: [], ignored) : attributes)
    }

    private func declared(
        _ desired: AttributeObject, _ applied: AttributeObject, at path: [String], _ ignored: IgnoredPaths
    ) -> AttributeObject {
        var result: [(String, AttributeValue)] = []
        for sides in ThreeSides(desired, applied, [:]) {
            let path = path + [sides.key]
            let value: AttributeValue? =
                switch ignored.extent(ofAttribute: path) {
                case .none: sides.desired
                case .wholly: sides.applied
                case .partly: declaredPartly(sides.desired, sides.applied, at: path, ignored)
                }
            if let value { result.append((sides.key, value)) }
        }
        return AttributeObject(list: result)
    }

    private func declaredPartly(
        _ desired: AttributeValue?, _ applied: AttributeValue?, at path: [String], _ ignored: IgnoredPaths
    ) -> AttributeValue? {
        guard case .object(let wanted)? = desired else { return desired }
        let known = if case .object(let known)? = applied { known } else { AttributeObject() }
        return .object(declared(wanted, known, at: path, ignored))
    }
}
