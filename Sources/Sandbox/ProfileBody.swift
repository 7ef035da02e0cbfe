import HTTPTypes
import ProfileModel

/// What a request's body says of one field.
enum Sent<Value> {
    case absent
    case null
    case value(Value)
}

/// The `profile` of a body, its fields checked each by itself (api notes, section 12, steps 5, 6 and 8).
struct ProfileBody {
    var name: Sent<String>
    /// Normalised; nil when the body has none.
    var identifiers: [Identifier]?
    var attributes: Sent<AttributeObject>
    var source: String?
    var type: String?
    var userID: String?
    /// Name and attributes before the service made its own of them.
    var sentName: String?
    var sentAttributes: AttributeObject?
}

/// Steps 5 and 6: the media type, the JSON, and the envelope.
func profileObject(
    _ bytes: [UInt8], contentType: String?, isPatch: Bool, limits: SandboxLimits
) throws(Refusal) -> AttributeObject {
    let media = (contentType ?? "").split(separator: ";").first.map { String($0).lowercased() } ?? ""
    switch media.filter({ $0 != " " }) {
    case "application/json": break
    case "application/merge-patch+json" where isPatch: break
    default:
        throw Refusal(
            415, .unsupportedContentType,
            "the Content-Type is '\(contentType ?? "")' but must be 'application/json'"
                + (isPatch ? " or 'application/merge-patch+json'" : ""))
    }
    guard bytes.count <= limits.bodyBytes else {
        throw Refusal(413, .bodyTooLarge, "the body has \(bytes.count) bytes, more than \(limits.bodyBytes)")
    }
    let document: AttributeValue
    do {
        document = try JSONReader.read(bytes, depthLimit: limits.jsonDepth)
    } catch {
        throw Refusal(400, .malformedJSON, "the body is not JSON: \(error.problem) at byte \(error.offset)")
    }
    guard case .object(let envelope) = document, case .object(let profile)? = envelope["profile"] else {
        throw Refusal(400, .missingProfile, "the body must be an object whose 'profile' is an object")
    }
    return profile
}

/// Step 8 for one body; PATCH has its own view of some fields.
struct ProfileBodyReader {
    var isPatch: Bool
    var limits: SandboxLimits
    var switches: SandboxSwitches

    private var texts: StoredTexts { StoredTexts(switches: switches) }

    static let knownKeys: Set<String> = [
        "attributes", "created_at", "id", "identifiers", "name", "source", "type", "updated_at", "user_id",
    ]

    func read(_ profile: AttributeObject) throws(Refusal) -> ProfileBody {
        if switches.unknownKeys == .rejects, let key = profile.keys.first(where: { !Self.knownKeys.contains($0) }) {
            throw Refusal(400, .unknownField, "a profile has no field '\(key)'")
        }
        let name = try name(profile["name"])
        let attributes = try attributes(profile["attributes"])
        let identifiers = try identifiers(profile["identifiers"])
        // A PATCH ignores source, type and user_id without a word (api notes, section 3.5).
        return ProfileBody(
            name: name, identifiers: identifiers, attributes: attributes,
            source: isPatch ? nil : try text(profile["source"], "source"),
            type: isPatch ? nil : try text(profile["type"], "type"),
            userID: isPatch ? nil : try userID(profile["user_id"]), sentName: try text(profile["name"], "name"),
            sentAttributes: profile["attributes"].flatMap { if case .object(let object) = $0 { object } else { nil } })
    }

    private func text(_ value: AttributeValue?, _ field: String) throws(Refusal) -> String? {
        switch value {
        case nil, .null: return nil
        case .string(let text): return text
        case .bool, .number, .array, .object, .damaged:
            throw Refusal(400, .invalidField, "'\(field)' must be a string")
        }
    }

    private func userID(_ value: AttributeValue?) throws(Refusal) -> String? {
        if case .number(let number)? = value { return number.text }
        return try text(value, "user_id")
    }

    private func name(_ value: AttributeValue?) throws(Refusal) -> Sent<String> {
        if case .null? = value { return .null }
        guard let text = try text(value, "name") else { return .absent }
        let stored = texts.text(text)
        guard stored.isEmpty else { return .value(stored) }
        switch switches.emptyName {
        case .keeps: return .value("")
        case .derives: return .null
        case .rejects: throw Refusal(400, .invalidField, "'name' must not be empty")
        }
    }

    private func attributes(_ value: AttributeValue?) throws(Refusal) -> Sent<AttributeObject> {
        switch value {
        case nil: return .absent
        case .null: return .null
        case .object(let object):
            if switches.attributes == .strictStrings { try checkStrings(object) }
            // A PATCH's nulls mean something else, and come to an end in the merge.
            return .value(texts.attributes(object, droppingNulls: !isPatch && switches.putNull == .drops))
        case .bool, .number, .string, .array, .damaged:
            throw Refusal(400, .invalidField, "'attributes' must be an object")
        }
    }

    private func checkStrings(_ object: AttributeObject) throws(Refusal) {
        for member in object.members {
            switch member.value {
            case .string: continue
            case .null where isPatch: continue
            case .null, .bool, .number, .array, .object, .damaged:
                throw Refusal(400, .invalidField, "the attribute '\(member.key)' must be a string")
            }
        }
    }

    private func identifiers(_ value: AttributeValue?) throws(Refusal) -> [Identifier]? {
        guard let value else {
            if isPatch { return nil }
            throw Refusal(400, .missingIdentifiers, "'identifiers' is missing; a profile needs at least one")
        }
        guard case .array(let items) = value else {
            throw Refusal(400, .invalidIdentifiers, "'identifiers' must be an array of objects")
        }
        guard !items.isEmpty || isPatch else {
            throw Refusal(400, .missingIdentifiers, "'identifiers' is empty; a profile needs at least one")
        }
        guard items.count <= limits.identifiersPerProfile else {
            throw Refusal(
                400, .tooManyIdentifiers,
                "\(items.count) identifiers are more than a profile's \(limits.identifiersPerProfile)")
        }
        var seen: Set<Identifier> = []
        var identifiers: [Identifier] = []
        for (index, item) in items.enumerated() {
            let identifier = texts.identifier(try identifier(item, at: "identifiers[\(index)]"))
            guard seen.insert(identifier.folded(switches.lowerCase)).inserted else {
                throw Refusal(
                    400, .duplicateIdentifier, "the identifier \(identifier.type) '\(identifier.value)' is given twice")
            }
            identifiers.append(identifier)
        }
        return identifiers
    }

    private func identifier(_ item: AttributeValue, at place: String) throws(Refusal) -> Identifier {
        guard case .object(let object) = item else {
            throw Refusal(400, .invalidIdentifiers, "\(place) must be an object with 'type' and 'value'")
        }
        guard case .string(let type)? = object["type"], !type.isEmpty else {
            throw Refusal(400, .invalidIdentifiers, "\(place).type must be a non-empty string")
        }
        let value: String
        switch object["value"] {
        case .string(let text)? where !text.isEmpty: value = text
        // The reference's own first example has the number 12345678.
        case .number(let number)? where switches.identifierValues == .lenient: value = number.text
        default: throw Refusal(400, .invalidIdentifiers, "\(place).value must be a non-empty string")
        }
        let identifier = Identifier(type: type, value: value)
        try identifier.checkLengths(limits)
        return identifier
    }
}
