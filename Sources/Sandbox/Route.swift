import HTTPTypes

/// The nine endpoints in the order of the reference, and the token endpoint.
enum Endpoint: Hashable {
    case list(userID: String)
    case read(id: String)
    case readByQuery
    case putUnderUser(userID: String)
    case putByQuery
    case put(id: String)
    case patch(id: String)
    case patchByQuery
    case delete(id: String)
    case token

    var isWrite: Bool {
        switch self {
        case .list, .read, .readByQuery, .token: false
        case .putUnderUser, .putByQuery, .put, .patch, .patchByQuery, .delete: true
        }
    }

    var isPatch: Bool {
        switch self {
        case .patch, .patchByQuery: true
        case .list, .read, .readByQuery, .putUnderUser, .putByQuery, .put, .delete, .token: false
        }
    }
}

/// A request line taken apart. The host plays no part.
struct Route {
    var endpoint: Endpoint
    /// As sent, without the question mark.
    var query: Substring?

    init(_ request: HTTPRequest, jsonSuffix: SandboxSwitches.JSONSuffix) throws(Refusal) {
        var path: Substring
        (path, query) = splitTarget(request.path ?? "/")
        if jsonSuffix == .accepted, path.hasSuffix(".json") { path.removeLast(5) }
        guard let endpoint = Self.endpoint(request.method, path) else {
            throw Refusal(404, .routeNotFound, "no endpoint \(request.method.rawValue) \(path)")
        }
        self.endpoint = endpoint
    }

    private static func endpoint(_ method: HTTPRequest.Method, _ path: Substring) -> Endpoint? {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map(Substring.init)
        guard segments.count >= 3, segments[0].isEmpty else { return nil }
        if segments[1...] == ["oauth", "tokens"] { return method == .post ? .token : nil }
        guard segments[1] == "api", segments[2] == "v2" else { return nil }
        let rest = segments[3...].map { percentDecoded($0.utf8, plusIsSpace: false) ?? "" }
        switch (method, rest.count, rest.first) {
        case (.get, 3, "users") where rest[2] == "profiles": return .list(userID: rest[1])
        case (.put, 3, "users") where rest[2] == "profiles": return .putUnderUser(userID: rest[1])
        case (.get, 1, "user_profiles"): return .readByQuery
        case (.put, 1, "user_profiles"): return .putByQuery
        case (.patch, 1, "user_profiles"): return .patchByQuery
        case (.get, 2, "user_profiles") where !rest[1].isEmpty: return .read(id: rest[1])
        case (.put, 2, "user_profiles") where !rest[1].isEmpty: return .put(id: rest[1])
        case (.patch, 2, "user_profiles") where !rest[1].isEmpty: return .patch(id: rest[1])
        case (.delete, 2, "user_profiles") where !rest[1].isEmpty: return .delete(id: rest[1])
        default: return nil
        }
    }
}

/// Path and query of a request target.
func splitTarget(_ target: String) -> (path: Substring, query: Substring?) {
    let parts = target.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    return (Substring(parts[0]), parts.count > 1 ? Substring(parts[1]) : nil)
}
