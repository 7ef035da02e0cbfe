/// Who is let in (api notes, section 5).
package enum SandboxAuthentication: Sendable, Hashable {
    /// Everyone, as an administrator.
    case open
    case required(SandboxAccess)
}

package enum SandboxRole: String, Sendable, CaseIterable {
    case admin
    case agent
    /// An agent whose role does not allow changes to people.
    case readOnlyAgent = "read_only_agent"
    case endUser = "end_user"
}

/// What a credential stands for.
package struct SandboxCaller: Sendable, Hashable {
    package var role: SandboxRole
    /// `users:read`, `users:write`, `read`, `write`. Nil is a credential that scopes do not narrow.
    package var scopes: Set<String>?

    package init(role: SandboxRole = .admin, scopes: Set<String>? = nil) {
        self.role = role
        self.scopes = scopes
    }

    /// Step 3: profiles count as the user resource.
    func checkMay(_ endpoint: Endpoint) throws(Refusal) {
        switch role {
        case .admin, .agent: break
        case .readOnlyAgent where !endpoint.isWrite: break
        case .readOnlyAgent: throw Refusal(403, .permissionDenied, "this agent's role does not allow changing profiles")
        case .endUser: throw Refusal(403, .permissionDenied, "profiles are for agents and admins")
        }
        guard let scopes else { return }
        let needed = endpoint.isWrite ? ["users:write", "write"] : ["users:read", "read"]
        guard scopes.isDisjoint(with: needed) else { return }
        throw Refusal(403, .permissionDenied, "the access token is missing the required scope \(needed[0])")
    }
}

/// The credentials that are accepted. Its description shows none of them.
package struct SandboxAccess: Sendable, Hashable {
    package struct Client: Sendable, Hashable {
        package var secret: String
        package var role: SandboxRole

        package init(secret: String, role: SandboxRole = .admin) {
            self.secret = secret
            self.role = role
        }
    }

    /// By access token.
    package var bearers: [String: SandboxCaller] = [:]
    /// By API token; it may act as any user, so the e-mail plays no part.
    package var apiTokens: [String: SandboxCaller] = [:]
    /// By client id, for `POST /oauth/tokens`.
    package var clients: [String: Client] = [:]
    /// By e-mail. Empty as in every account since January 2026.
    package var passwords: [String: String] = [:]
    /// Seconds that an issued access token lives when its request names no `expires_in`.
    package var tokenLifetime: Int64 = 7_200

    package init() {}
}

extension SandboxAccess: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        "\(bearers.count) access tokens, \(apiTokens.count) API tokens, \(clients.count) clients, "
            + "\(passwords.count) passwords"
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SandboxAccess {
    /// Step 2: who the `Authorization` header names.
    func caller(
        authorization: String?, issued: [String: IssuedToken], now: Int64
    ) throws(Refusal) -> SandboxCaller {
        guard let authorization else { throw refusal("the request has no Authorization header") }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { throw refusal("the Authorization header is not understood") }
        let credential = parts[1].trimmed
        switch parts[0].lowercased() {
        case "bearer": return try bearer(credential, issued: issued, now: now)
        case "basic": return try basic(credential)
        default: throw refusal("the Authorization scheme '\(parts[0])' is neither Bearer nor Basic")
        }
    }

    private func bearer(
        _ token: String, issued: [String: IssuedToken], now: Int64
    ) throws(Refusal) -> SandboxCaller {
        if let caller = bearers[token] { return caller }
        guard let issued = issued[token] else { throw refusal("the access token is not known") }
        guard now < issued.expiresAt else { throw refusal("the access token has expired") }
        return issued.caller
    }

    /// `{email}/token:{api_token}`; what has no `/token` is a password.
    private func basic(_ encoded: String) throws(Refusal) -> SandboxCaller {
        guard let text = base64Decoded(encoded), let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            throw refusal("the Basic credentials are not Base64 of user:secret")
        }
        let user = text[..<colon]
        let secret = String(text[text.utf8.index(after: colon)...])
        if user.hasSuffix("/token"), user.count > 6 {
            guard let caller = apiTokens[secret] else { throw refusal("the API token is not known") }
            return caller
        }
        guard let password = passwords[String(user)] else {
            throw refusal("passwords are not accepted; use an access token, or {email}/token:{api_token}")
        }
        guard password == secret else { throw refusal("the password is wrong") }
        return SandboxCaller()
    }

    private func refusal(_ title: String) -> Refusal { Refusal(401, .missingOrInvalidAuthentication, title) }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed())
    }
}

/// Base64 (RFC 4648, section 4) of UTF-8 text.
private func base64Decoded(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 {
        let digit: UInt8
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - 97 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 48 + 52
        case UInt8(ascii: "+"): digit = 62
        case UInt8(ascii: "/"): digit = 63
        case UInt8(ascii: "="): continue
        default: return nil
        }
        bits = bits << 6 | UInt32(digit)
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
    }
    return String(validating: bytes, as: UTF8.self)
}
