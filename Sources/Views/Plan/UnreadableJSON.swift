import ProfileModel

extension UnreadableProfile {
    var json: AttributeValue {
        .object(["id": .optional(id), "problem": .string(problem.rawValue), "field": .optional(field)])
    }

    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> UnreadableProfile {
        UnreadableProfile(
            id: try node.optionalText("id"), try node.name("problem"), field: try node.optionalText("field"))
    }
}

extension DamagedField {
    /// `["attributes", "bio"]`.
    var json: AttributeValue {
        switch self {
        case .name: .texts(["name"])
        case .identifiers: .texts(["identifiers"])
        case .attribute(let key): .texts(["attributes", key])
        }
    }

    static func read(_ node: DocumentNode) throws(PlanDocumentFailure) -> DamagedField {
        let path = try node.items { item throws(PlanDocumentFailure) in try item.text() }
        switch (path.first, path.count) {
        case ("name", 1): return .name
        case ("identifiers", 1): return .identifiers
        case ("attributes", 2): return .attribute(path[1])
        default: throw node.failure(.unknownName(path.joined(separator: ".")))
        }
    }
}
