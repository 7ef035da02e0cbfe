import FoundationEssentials

/// How the caller proves who it is (api notes, section 5). Passwords are no longer accepted by the service.
package enum Credentials: Sendable, Hashable {
    /// An OAuth access token, used as it is.
    case bearer(Secret)
    /// The e-mail chooses the user that the token acts as.
    case apiToken(email: String, Secret)
    /// OAuth client credentials: access tokens are fetched, and fetched again before they run out.
    case oauthClient(id: String, Secret)
    case none
}

extension Credentials {
    /// The `Authorization` header, where it is known without asking the service.
    var fixedHeader: Secret? {
        switch self {
        case .bearer(let token): Credentials.bearerHeader(token)
        case .apiToken(let email, let token):
            Secret("Basic \(Data("\(email)/token:\(token.reveal())".utf8).base64EncodedString())")
        case .oauthClient, .none: nil
        }
    }

    static func bearerHeader(_ token: Secret) -> Secret {
        Secret("Bearer \(token.reveal())")
    }

    var secret: Secret? {
        switch self {
        case .bearer(let secret), .apiToken(_, let secret), .oauthClient(_, let secret): secret
        case .none: nil
        }
    }
}
