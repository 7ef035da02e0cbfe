import ProfileModel

/// The smallest JSON merge patch (RFC 7396) that turns one object into another, whether or not the service merges
/// below the first level; and what in it leans on `null`: this service documents neither removal by null nor
/// setting null (api notes, section 3.5).
struct MergePatch {
    private(set) var patch: AttributeObject = [:]
    /// Paths that the patch removes by null.
    private(set) var removed: [[String]] = []
    /// Paths whose value becomes null, which a merge patch can say only where null deletes.
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
        if old.isSameMember(as: new) { return nil }
        switch (old, new) {
        case (_, nil):
            removed.append(path)
            return .null
        case (_, .null):
            nulls.append(path)
            return .null
        case (.object(let old), .object(let new)): return .object(whole(new, over: old, at: path))
        case (_, let new?): return new
        }
    }

    /// An object that differs is sent with all its members, for whether the service merges it into the old one
    /// or puts it in its place is unknown, and what the patch leaves out would be lost.
    private mutating func whole(
        _ new: AttributeObject, over old: AttributeObject, at path: [String]
    ) -> AttributeObject {
        var members: [(String, AttributeValue)] = []
        for sides in ThreeSides(new, [:], old) {
            let path = path + [sides.key]
            switch (sides.live.unlessNull, sides.desired) {
            case (nil, nil), (nil, .null?): break
            case (_?, nil):
                removed.append(path)
                members.append((sides.key, .null))
            case (_?, .null?):
                nulls.append(path)
                members.append((sides.key, .null))
            case (.object(let old)?, .object(let new)?):
                members.append((sides.key, .object(whole(new, over: old, at: path))))
            case (_, let new?): members.append((sides.key, new))
            }
        }
        return AttributeObject(list: members)
    }
}
