import Planning
import ProfileModel
import WireFormat

extension StepReason {
    func json(words: SafeText) -> AttributeValue {
        var members: AttributeObject = ["code": .string(code), "words": .string(words.plain)]
        switch self {
        case .absent, .setsAndAdds, .resetsName, .removedFromManifests, .existsUnmanaged, .alreadyLive,
            .goneEverywhere, .renamed, .importedAsIs, .importRefused, .letGo, .undone, .liveUnreadable:
            break
        case .absentForUser(let userID): members["user_id"] = .string(userID)
        case .removesIdentifiers(let identifiers): members["identifiers"] = .array(identifiers.map(\.json))
        case .partsRing(let identifiers, let ring):
            members["identifiers"] = .array(identifiers.map(\.json))
            members["ring"] = .texts(ring.map(\.description))
        case .removesAttributes(let paths), .setsAttributesToNull(let paths):
            members["paths"] = .array(paths.map { .texts($0) })
        }
        return .object(members)
    }
}

extension ProfileWrite {
    /// The call as it goes over the wire, and apart from that whom it is for.
    var json: AttributeValue {
        let call = CallForm(self)
        return .object([
            "endpoint": .string(call.endpoint), "method": .string(call.method), "path": .string(call.path),
            "query": .optional(call.query), "body": call.body ?? .null, "user_id": .optional(userID),
            "profile_id": .optional(profileID), "identifier": query?.json ?? .null,
        ])
    }

    private var userID: String? {
        switch self {
        case .putUnderUser(let userID, _, _): userID
        case .putByQuery, .put, .patch, .patchByQuery, .delete: nil
        }
    }

    var profileID: String? {
        switch self {
        case .put(let id, _), .patch(let id, _), .delete(let id): id
        case .putUnderUser, .putByQuery, .patchByQuery: nil
        }
    }

    private var query: IdentifierQuery? {
        switch self {
        case .putUnderUser(_, let query, _), .putByQuery(let query, _), .patchByQuery(let query, _): query
        case .put, .patch, .delete: nil
        }
    }
}

extension IdentifierQuery {
    var json: AttributeValue {
        .object([
            "source": .string(source), "type": .string(type), "identifier_type": .string(identifier.type),
            "value": .string(identifier.value),
        ])
    }
}

extension Identifier {
    var json: AttributeValue { .object(["type": .string(type), "value": .string(value)]) }
}

extension Origin {
    var json: AttributeValue {
        .object(["file": .string(file), "line": .count(line), "column": .count(column)])
    }
}

extension FieldChange {
    /// `before` or `after` is absent where the field was or will be absent. A name that is null is left to the service.
    var json: AttributeValue {
        var members: AttributeObject = ["cause": .string(cause.rawValue)]
        switch change {
        case .nameChanged(let from, let to):
            members.describe("name", "changed", .optional(from), .optional(to))
        case .identifierAdded(let identifier):
            members.describe("identifiers", "added", nil, identifier.json)
        case .identifierRemoved(let identifier):
            members.describe("identifiers", "removed", identifier.json, nil)
        case .attributeAdded(let path, let new):
            members.describe("attributes", "added", nil, new)
            members["path"] = .texts(path)
        case .attributeRemoved(let path, let old):
            members.describe("attributes", "removed", old, nil)
            members["path"] = .texts(path)
        case .attributeChanged(let path, let old, let new):
            members.describe("attributes", "changed", old, new)
            members["path"] = .texts(path)
        }
        return .object(members)
    }
}

extension AttributeObject {
    fileprivate mutating func describe(
        _ field: String, _ change: String, _ before: AttributeValue?, _ after: AttributeValue?
    ) {
        self["field"] = .string(field)
        self["change"] = .string(change)
        self["before"] = before
        self["after"] = after
    }
}

extension SideEffect {
    /// - Parameter address: of the profile whose step has this effect.
    func json(of address: Address) -> AttributeValue {
        var members: AttributeObject = ["words": .string(SafeText.sideEffect(self, of: address).plain)]
        switch self {
        case .identityAdded(let user, let identifier, let certainty):
            members.describe("identity_added", user, certainty)
            members["identifier"] = identifier.json
        case .externalIDSet(let user, let value, let certainty):
            members.describe("external_id_set", user, certainty)
            members["value"] = .string(value)
        case .anonymousUserCreated(let name, let certainty):
            members["kind"] = "anonymous_user_created"
            members["name"] = .string(name)
            members["certainty"] = .string(certainty.rawValue)
        case .attached(let user, let identifier):
            members.describe("attached", user, nil)
            members["identifier"] = identifier.json
        case .identityKept(let userID, let identifier):
            members["kind"] = "identity_kept"
            members["user_id"] = .optional(userID)
            members["identifier"] = identifier.json
        }
        return .object(members)
    }
}

extension AttributeObject {
    fileprivate mutating func describe(_ kind: String, _ user: AffectedUser, _ certainty: SideEffect.Certainty?) {
        self["kind"] = .string(kind)
        self["certainty"] = certainty.map { .string($0.rawValue) }
        self["user_id"] = .null
        self["new_user_of"] = .null
        switch user {
        case .known(let userID): self["user_id"] = .string(userID)
        case .new(let address): self["new_user_of"] = .string(address.description)
        case .unknown: break
        }
    }
}

extension Precondition {
    var json: AttributeValue {
        switch self {
        case .absent(let query):
            .object(["kind": "absent", "identifier": query.json])
        case .unchanged(let id, let updatedAt, let digest):
            .object([
                "kind": "unchanged", "id": .string(id), "updated_at": .optional(updatedAt?.iso8601),
                "digest": .string(digest),
            ])
        case .none:
            .object(["kind": "none"])
        }
    }
}
