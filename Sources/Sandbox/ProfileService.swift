import ProfileModel

/// Decides what a request that has passed the door does and is answered. It changes nothing itself.
struct ProfileService {
    let account: Account
    let limits: SandboxLimits
    let switches: SandboxSwitches
    let now: Timestamp
    var issuer: Issuer

    struct Decision {
        var reply: Reply
        var changes: [Change] = []
    }

    /// A request, its body not yet read.
    struct Call {
        var endpoint: Endpoint
        var query: Substring?
        var contentType: String?
        var body: [UInt8]
    }

    mutating func decide(_ call: Call) throws(Refusal) -> Decision {
        switch call.endpoint {
        case .list(let userID): return try list(userID)
        case .read(let id): return Decision(reply: Reply(200, documents.single(try profile(id))))
        case .readByQuery:
            let query = try IdentifierQuery(parameterOf: call.query, limits: limits)
            return Decision(reply: Reply(200, documents.single(try profile(matching: query))))
        case .putUnderUser(let userID):
            let object = try object(of: call)
            try checkNumber(userID)
            return try put(query: try creatingQuery(call), underUser: userID, try fields(object, isPatch: false))
        case .putByQuery:
            let object = try object(of: call)
            return try put(query: try creatingQuery(call), underUser: nil, try fields(object, isPatch: false))
        case .put(let id):
            let body = try fields(try object(of: call), isPatch: false)
            return try replace(try profile(id), body)
        case .patch(let id):
            let body = try fields(try object(of: call), isPatch: true)
            return try patch(try profile(id), body)
        case .patchByQuery:
            let object = try object(of: call)
            let query = try IdentifierQuery(parameterOf: call.query, limits: limits)
            let body = try fields(object, isPatch: true)
            return try patch(try profile(matching: query), body)
        case .delete(let id): return try delete(id)
        case .token: throw Refusal(404, .routeNotFound, "no endpoint POST /oauth/tokens")
        }
    }

    var documents: ProfileDocument { ProfileDocument(switches: switches) }

    private func object(of call: Call) throws(Refusal) -> AttributeObject {
        try profileObject(
            call.body, contentType: call.contentType, isPatch: call.endpoint.isPatch, limits: limits)
    }

    private func fields(_ object: AttributeObject, isPatch: Bool) throws(Refusal) -> ProfileBody {
        try ProfileBodyReader(isPatch: isPatch, limits: limits, switches: switches).read(object)
    }

    private func creatingQuery(_ call: Call) throws(Refusal) -> IdentifierQuery {
        let query = try IdentifierQuery(parameterOf: call.query, limits: limits)
        try query.checkNotReserved()
        return query
    }

    private func checkNumber(_ userID: String) throws(Refusal) {
        guard !userID.isEmpty, userID.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw Refusal(400, .invalidUserID, "the user id '\(userID)' is not a number")
        }
    }

    private func profile(_ id: String) throws(Refusal) -> StoredProfile {
        guard let profile = account.profiles[id] else {
            throw Refusal(404, .profileNotFound, "there is no profile with the id '\(id)'")
        }
        return profile
    }

    private func profile(matching query: IdentifierQuery) throws(Refusal) -> StoredProfile {
        guard let profile = account.profile(matching: query.key(switches)) else {
            throw Refusal(404, .profileNotFound, "no profile matches '\(query)'")
        }
        return profile
    }

    private func list(_ userID: String) throws(Refusal) -> Decision {
        try checkNumber(userID)
        guard account.users[userID] != nil || switches.unknownUser == .empty else {
            throw Refusal(404, .userNotFound, "there is no user with the id '\(userID)'")
        }
        let profiles = account.profiles(ofUser: userID)
        return Decision(
            reply: Reply(200, documents.list(switches.listOrder == .oldest ? profiles : profiles.reversed())))
    }

    /// The user, its identities and its external id stay (api notes, section 7).
    private func delete(_ id: String) throws(Refusal) -> Decision {
        if account.profiles[id] == nil {
            switch switches.secondDelete {
            case .notFound: break
            case .badRequest: throw Refusal(400, .profileNotFound, "there is no profile with the id '\(id)'")
            case .noContent: return Decision(reply: gone)
            }
        }
        return Decision(reply: gone, changes: [.removal(profileID: try profile(id).id)])
    }

    private var gone: Reply {
        switches.deleteBody == .null ? Reply(204, .null) : Reply(status: 204)
    }
}
