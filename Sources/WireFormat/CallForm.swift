package import ProfileModel

/// A call as it goes over the wire, short of host and headers (reference, its nine endpoints).
package struct CallForm: Sendable, Hashable {
    package var method: String
    /// From `/api/v2/` on, percent-encoded.
    package var path: String
    /// Without the question mark, percent-encoded once.
    package var query: String?
    package var body: AttributeValue?
    /// The endpoint as the reference writes it, without `/api/v2/`: `PUT user_profiles/{profile_id}`.
    package var endpoint: String
}

extension CallForm {
    /// Endpoints 4 to 9.
    package init(_ write: ProfileWrite) {
        switch write {
        case .putUnderUser(let userID, let query, let values):
            self.init("PUT", .profilesOfUser(userID), query: query, body: values.body)
        case .putByQuery(let query, let values):
            self.init("PUT", .profiles, query: query, body: values.body)
        case .put(let id, let values):
            self.init("PUT", .profile(id), body: values.body)
        case .patch(let id, let patch):
            self.init("PATCH", .profile(id), body: patch.body)
        case .patchByQuery(let query, let patch):
            self.init("PATCH", .profiles, query: query, body: patch.body)
        case .delete(let id):
            self.init("DELETE", .profile(id))
        }
    }

    /// Endpoints 1 to 3.
    package init(_ lookup: Lookup) {
        switch lookup {
        case .user(let userID): self.init("GET", .profilesOfUser(userID))
        case .profile(let id): self.init("GET", .profile(id))
        case .query(let query): self.init("GET", .profiles, query: query)
        }
    }

    /// `method`, `path`, and `query` and `body` where the call has them.
    package var json: AttributeValue {
        var members: AttributeObject = ["method": .string(method), "path": .string(path)]
        members["query"] = query.map { .string($0) }
        members["body"] = body
        return .object(members)
    }
}

private enum Resource {
    case profilesOfUser(String)
    case profile(String)
    case profiles

    var path: String {
        switch self {
        case .profilesOfUser(let userID): "users/\(percentEncodedSegment(userID))/profiles"
        case .profile(let id): "user_profiles/\(percentEncodedSegment(id))"
        case .profiles: "user_profiles"
        }
    }

    var template: String {
        switch self {
        case .profilesOfUser: "users/{user_id}/profiles"
        case .profile: "user_profiles/{profile_id}"
        case .profiles: "user_profiles"
        }
    }
}

extension CallForm {
    private init(_ method: String, _ resource: Resource, query: IdentifierQuery? = nil, body: AttributeValue? = nil) {
        self.method = method
        self.path = "/api/v2/\(resource.path)"
        self.query = query.map { "identifier=\(percentEncoded($0.description))" }
        self.body = body
        self.endpoint = "\(method) \(resource.template)\(query == nil ? "" : "?identifier={identifier}")"
    }
}
