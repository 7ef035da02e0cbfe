package import HTTPTypes
import ProfileModel

/// What a served sandbox tells and lets tests do beside the API. The server offers it to loopback only;
/// an embedded sandbox has no such paths.
extension Sandbox {
    static let controlPrefix = "/_sandbox/"

    /// Answers `GET /_sandbox/requests` (`?after=N` for those after the Nth), `GET /_sandbox/users` and
    /// `POST /_sandbox/reset`.
    package func control(_ request: HTTPRequest) -> SandboxAnswer {
        let (path, query) = splitTarget(request.path ?? "/")
        // A page in a browser could reach loopback too; only browsers send this header.
        let origin = HTTPField.Name("Origin").flatMap { request.headerFields[$0] }
        guard origin == nil else { return refusal(403, .permissionDenied, "browsers are not let in here") }
        switch (request.method, path.dropFirst(Self.controlPrefix.count)) {
        case (.get, "requests"):
            let after = formParameters(query ?? "")?.first { $0.name == "after" }.flatMap { Int($0.value) } ?? 0
            let requests = requests.filter { $0.n > after }
            return Reply(200, ["requests": .list(requests.map(Self.document))]).answer()
        case (.get, "users"):
            return Reply(200, ["users": .list(users.map(Self.document))]).answer()
        case (.post, "reset"):
            do {
                try reset()
            } catch {
                return refusal(500, .storageFailed, error.description)
            }
            return Reply(200, ["reset": .bool(true)]).answer()
        default: return refusal(404, .routeNotFound, "no endpoint \(request.method.rawValue) \(path)")
        }
    }

    private func refusal(_ status: Int, _ code: Refusal.Code, _ title: String) -> SandboxAnswer {
        Refusal(status, code, title).reply(occurrence: "0", shape: .errors).answer()
    }

    private static func document(_ request: LoggedRequest) -> Document {
        [
            "n": .integer(request.n), "at": .text(timeText(request.at, as: .milliseconds)),
            "method": .text(request.method), "path": .text(request.path),
            "query": request.query.map(Document.text) ?? .null, "body": .text(request.body),
            "status": .integer(request.status),
        ]
    }

    private static func document(_ user: SandboxUser) -> Document {
        [
            "id": .text(user.id), "name": .text(user.name),
            "external_id": user.externalID.map(Document.text) ?? .null,
            "identities": .list(user.identities.map { ["type": .text($0.type), "value": .text($0.value)] }),
            "is_anonymous": .bool(user.isAnonymous),
        ]
    }
}
