import HTTPTypes

/// Why a request is refused. The codes are the sandbox's own and stable; of the real service only
/// `MissingOrInvalidAuthentication`, `PermissionDenied`, `TooManyRequests` and `InvalidProfileTypeLength`
/// were ever seen (api notes, section 6). The reference's own samples hold a placeholder.
struct Refusal: Error, Hashable {
    enum Code: String, CaseIterable {
        case routeNotFound = "RouteNotFound"
        case missingOrInvalidAuthentication = "MissingOrInvalidAuthentication"
        case permissionDenied = "PermissionDenied"
        case featureNotEnabled = "FeatureNotEnabled"
        case tooManyRequests = "TooManyRequests"
        case unsupportedContentType = "UnsupportedContentType"
        case bodyTooLarge = "BodyTooLarge"
        case malformedJSON = "MalformedJSON"
        case missingProfile = "MissingProfile"
        case invalidUserID = "InvalidUserID"
        case missingIdentifierQuery = "MissingIdentifierQuery"
        case invalidIdentifierQuery = "InvalidIdentifierQuery"
        case invalidProfileSourceLength = "InvalidProfileSourceLength"
        case invalidProfileTypeLength = "InvalidProfileTypeLength"
        case invalidIdentifierTypeLength = "InvalidIdentifierTypeLength"
        case invalidIdentifierValueLength = "InvalidIdentifierValueLength"
        case reservedSource = "ReservedSource"
        case invalidField = "InvalidField"
        case unknownField = "UnknownField"
        case invalidIdentifiers = "InvalidIdentifiers"
        case missingIdentifiers = "MissingIdentifiers"
        case tooManyIdentifiers = "TooManyIdentifiers"
        case duplicateIdentifier = "DuplicateIdentifier"
        case missingQueryIdentifier = "MissingQueryIdentifier"
        case sourceMismatch = "SourceMismatch"
        case typeMismatch = "TypeMismatch"
        case userMismatch = "UserMismatch"
        case userNotFound = "UserNotFound"
        case profileNotFound = "ProfileNotFound"
        case profileOfAnotherUser = "ProfileOfAnotherUser"
        case identifierOfAnotherUser = "IdentifierOfAnotherUser"
        case identifiersOfSeveralUsers = "IdentifiersOfSeveralUsers"
        case identifierOfAnotherProfile = "IdentifierOfAnotherProfile"
        case tooManyProfiles = "TooManyProfiles"
        case tooManySources = "TooManySources"
        case tooManyTypes = "TooManyTypes"
        case injectedFault = "InjectedFault"
        case storageFailed = "StorageFailed"
    }

    var status: Int
    var code: Code
    var title: String

    init(_ status: Int, _ code: Code, _ title: String) {
        self.status = status
        self.code = code
        self.title = title
    }
}

extension Refusal {
    /// The body in the shape that the switch asks for. `id` names the occurrence, as Events API's UUIDs do.
    func reply(occurrence: String, shape: SandboxSwitches.ErrorShape) -> Reply {
        switch shape {
        case .errors:
            Reply(status, ["errors": [["code": .text(code.rawValue), "id": .text(occurrence), "title": .text(title)]]])
        case .error:
            Reply(status, ["error": [["code": .text(code.rawValue), "title": .text(title)]]])
        case .description:
            Reply(status, ["error": .text(code.rawValue), "description": .text(title)])
        case .text:
            Reply(status: status, contentType: "text/plain; charset=utf-8", body: Array((title + "\n").utf8))
        }
    }
}
