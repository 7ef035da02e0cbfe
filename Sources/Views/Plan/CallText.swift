import Planning
import ProfileModel

extension SafeText {
    /// A call in the endpoint form with its values, queries decoded for people.
    static func call(_ write: ProfileWrite) -> SafeText {
        switch write {
        case .putUnderUser(let userID, let query, _): "PUT users/\(bare: userID)/profiles?identifier=\(.query(query))"
        case .putByQuery(let query, _): "PUT user_profiles?identifier=\(.query(query))"
        case .put(let id, _): "PUT user_profiles/\(bare: id)"
        case .patch(let id, _): "PATCH user_profiles/\(bare: id)"
        case .patchByQuery(let query, _): "PATCH user_profiles?identifier=\(.query(query))"
        case .delete(let id): "DELETE user_profiles/\(bare: id)"
        }
    }

    static func symbol(_ action: Step.Action) -> SafeText {
        switch action {
        case .create: "\("+", .green)"
        case .update: "\("~", .yellow)"
        case .delete: "\("-", .red)"
        case .adopt: "\(">", .cyan)"
        case .forget: "\("x", .magenta)"
        case .move: "\("→", .cyan)"
        }
    }
}

/// One field line: what differs where, and who made the difference.
struct FieldText {
    var symbol: SafeText
    var label: SafeText
    var value: SafeText
    var cause: SafeText = ""
}

extension FieldText {
    init(_ field: FieldChange) {
        cause = .cause(field.cause)
        switch field.change {
        case .nameChanged(nil, let to?):
            symbol = Self.added
            label = "name"
            value = "\(quoted: to)"
        case .nameChanged(let from?, nil):
            symbol = Self.removed
            label = "name"
            value = "\(quoted: from)"
        case .nameChanged(let from, let to):
            symbol = Self.changed
            label = "name"
            value = "\(Self.name(from)) → \(Self.name(to))"
        case .identifierAdded(let identifier):
            symbol = Self.added
            label = "identifiers"
            value = .identifier(identifier)
        case .identifierRemoved(let identifier):
            symbol = Self.removed
            label = "identifiers"
            value = .identifier(identifier)
        case .attributeAdded(let path, let new):
            symbol = Self.added
            label = "attributes." + .path(path)
            value = .value(new)
        case .attributeRemoved(let path, let old):
            symbol = Self.removed
            label = "attributes." + .path(path)
            value = .value(old)
        case .attributeChanged(let path, let old, let new):
            symbol = Self.changed
            label = "attributes." + .path(path)
            value = "\(.value(old)) → \(.value(new))"
        }
    }

    private static var added: SafeText { "\("+", .green)" }
    private static var removed: SafeText { "\("-", .red)" }
    private static var changed: SafeText { "\("~", .yellow)" }

    private static func name(_ name: String?) -> SafeText {
        switch name {
        case let name?: "\(quoted: name)"
        case nil: "(left to the service)"
        }
    }
}
