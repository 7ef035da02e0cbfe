import ProfileModel

/// An access token from `POST /oauth/tokens`.
struct IssuedToken: Hashable {
    var caller: SandboxCaller
    /// Seconds since 1970.
    var expiresAt: Int64
}

/// The client credentials flow (api notes, section 5). Its errors have OAuth's own shape.
struct OAuthTokens {
    private(set) var issued: [String: IssuedToken] = [:]

    mutating func issue(
        _ body: [UInt8], contentType: String?, access: SandboxAccess, now: Timestamp
    ) -> Reply {
        guard let fields = Self.fields(body, contentType: contentType) else {
            return Self.failure(400, "invalid_request", "the body is neither a JSON object nor a form")
        }
        guard fields["grant_type"] == "client_credentials" else {
            return Self.failure(400, "unsupported_grant_type", "the sandbox knows only client_credentials")
        }
        guard let client = fields["client_id"].flatMap({ access.clients[$0] }), client.secret == fields["client_secret"]
        else { return Self.failure(401, "invalid_client", "the client is not known or its secret is wrong") }
        let lifetime = fields["expires_in"].map { Int64($0) ?? 0 } ?? access.tokenLifetime
        guard fields["expires_in"] == nil || (301..<172_800).contains(lifetime) else {
            return Self.failure(400, "invalid_request", "expires_in must be between 300 and 172800 seconds")
        }
        let scope = fields["scope"] ?? "read write"
        let token = Self.newToken()
        // A token for scopes of no use is issued all the same; the calls it is used for are refused.
        let scopes = Set(scope.split(separator: " ").map(String.init))
        issued[token] = IssuedToken(
            caller: SandboxCaller(role: client.role, scopes: scopes), expiresAt: now.seconds + lifetime)
        return Reply(
            200,
            [
                "access_token": .text(token), "token_type": "bearer", "scope": .text(scope),
                "expires_in": .integer(Int(lifetime)),
            ])
    }

    private static func fields(_ body: [UInt8], contentType: String?) -> [String: String]? {
        if contentType?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true {
            return formParameters(String(decoding: body, as: UTF8.self)).map {
                Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
            }
        }
        guard case .object(let object)? = try? JSONReader.read(body, depthLimit: 8) else { return nil }
        var fields: [String: String] = [:]
        for member in object.members {
            switch member.value {
            case .string(let text): fields[member.key] = text
            case .number(let number): fields[member.key] = number.text
            case .null, .bool, .array, .object, .damaged: continue
            }
        }
        return fields
    }

    private static func failure(_ status: Int, _ error: String, _ description: String) -> Reply {
        Reply(status, ["error": .text(error), "error_description": .text(description)])
    }

    private static func newToken() -> String {
        (0..<4).map { _ in
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

extension Document: ExpressibleByStringLiteral {
    init(stringLiteral value: String) {
        self = .text(value)
    }
}
