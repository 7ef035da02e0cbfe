package import ProfileModel

/// A JSON merge patch (RFC 7396), with the two doubts about this service as parameters
/// (api notes, section 3.5): what null does, and whether objects below the first level merge.
package struct MergePatch: Sendable {
    package var null: SandboxSwitches.PatchNull
    package var nested: SandboxSwitches.PatchNested

    package init(null: SandboxSwitches.PatchNull = .deletes, nested: SandboxSwitches.PatchNested = .merges) {
        self.null = null
        self.nested = nested
    }

    package func apply(_ patch: AttributeObject, to target: AttributeObject) -> AttributeObject {
        var result = target
        for member in patch.members {
            switch member.value {
            case .null:
                switch null {
                case .deletes: result[member.key] = nil
                case .ignores: break
                case .stores: result[member.key] = .null
                }
            case .object(let inner):
                let old: AttributeObject =
                    if nested == .merges, case .object(let object)? = result[member.key] { object } else { [:] }
                result[member.key] = .object(apply(inner, to: old))
            case .bool, .number, .string, .array, .damaged:
                result[member.key] = member.value
            }
        }
        return result
    }
}
