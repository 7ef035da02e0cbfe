import ProfileModel

/// The smallest JSON merge patch (RFC 7396) that turns one object into another, and what in it leans on
/// `null`: this service documents neither removal by null nor setting null (api notes, section 3.5).
struct MergePatch {
    private(set) var patch: AttributeObject = [:]
    /// Paths that the patch removes by null.
    private(set) var removed: [[String]] = []
    /// Paths that should hold null, which a merge patch cannot say.
    private(set) var nulls: [[String]] = []

    init(from old: AttributeObject, to new: AttributeObject) {
        patch = difference(old, new, at: [])
    }

    private mutating func difference(
        _ old: AttributeObject, _ new: AttributeObject, at path: [String]
    ) -> AttributeObject {
        guard old != new else { return [:] }
        var members: [(String, AttributeValue)] = []
        for sides in ThreeSides(new, [:], old) {
            if let value = difference(sides.live, sides.desired, at: path + [sides.key]) {
                members.append((sides.key, value))
            }
        }
        return AttributeObject(members)
    }

    private mutating func difference(
        _ old: AttributeValue?, _ new: AttributeValue?, at path: [String]
    ) -> AttributeValue? {
        switch (old, new) {
        case (nil, nil): return nil
        case (_?, nil):
            removed.append(path)
            return .null
        case (let old?, let new?) where old.isSame(as: new): return nil
        case (.object(let old), .object(let new)): return .object(difference(old, new, at: path))
        case (_, let new?):
            noteNulls(in: new, at: path)
            return new
        }
    }

    /// Nulls inside arrays are harmless: a merge patch takes an array as it is.
    private mutating func noteNulls(in value: AttributeValue, at path: [String]) {
        switch value {
        case .null: nulls.append(path)
        case .object(let object):
            for member in object.members { noteNulls(in: member.value, at: path + [member.key]) }
        case .bool, .number, .string, .array: break
        }
    }
}
