import Diagnostics
import YAMLSyntax

extension WorkspaceDecoder {
    /// Exactly one of the three ways to prove who calls. There is none with a password: the service
    /// takes passwords no longer (api notes, section 5).
    mutating func authentication(_ node: YAMLNode) -> Environment.Authentication? {
        guard node.kind == .mapping else {
            findings.wrongShape(node, "auth", mustBe: "a mapping", help: Self.ways)
            return nil
        }
        let members = members(of: node, AuthenticationKey.known, in: "auth")
        guard members.count == 1 else {
            let isMisspelt = AuthenticationKey.known.names.contains {
                misspells($0, in: node, among: AuthenticationKey.known.names)
            }
            guard !members.isEmpty || !isMisspelt else { return nil }
            let problem = members.isEmpty ? "auth names no way to authenticate" : "auth names several ways"
            findings.add(.badAuthentication, problem, at: node, help: Self.ways)
            return nil
        }
        if let node = members[.bearer] { return bearer(node) }
        if let node = members[.oauthClient] { return oauthClient(node) }
        return members[.apiToken].flatMap { apiToken($0) }
    }

    private static let ways = "write one of bearer, oauth_client: {id, secret} and api_token: {email, token}"

    private mutating func bearer(_ node: YAMLNode) -> Environment.Authentication? {
        secret(node, "bearer").map(Environment.Authentication.bearer)
    }

    private mutating func oauthClient(_ node: YAMLNode) -> Environment.Authentication? {
        let members = members(of: node, OAuthClientKey.known, in: "oauth_client")
        let id = required(members[.id], "id", OAuthClientKey.known, of: "oauth_client", at: node).flatMap {
            template($0, "id")
        }
        let secret = required(members[.secret], "secret", OAuthClientKey.known, of: "oauth_client", at: node).flatMap {
            self.secret($0, "secret")
        }
        guard let id, let secret else { return nil }
        return .oauthClient(id: id, secret: secret)
    }

    private mutating func apiToken(_ node: YAMLNode) -> Environment.Authentication? {
        let members = members(of: node, APITokenKey.known, in: "api_token")
        let email = required(members[.email], "email", APITokenKey.known, of: "api_token", at: node).flatMap {
            template($0, "email")
        }
        let token = required(members[.token], "token", APITokenKey.known, of: "api_token", at: node).flatMap {
            secret($0, "token")
        }
        guard let email, let token else { return nil }
        return .apiToken(email: email, token: token)
    }

    private mutating func required<Key>(
        _ member: YAMLNode?, _ key: String, _ known: KnownKeys<Key>, of part: String, at node: YAMLNode
    ) -> YAMLNode? {
        if member == nil, node.kind == .mapping, !misspells(key, in: node, among: known.names) {
            findings.add(.missingValue, "\(part) has no \(key)", at: node)
        }
        return member
    }

    private mutating func secret(_ node: YAMLNode, _ what: String) -> Template? {
        guard let secret = template(node, what), !secret.text.isEmpty else { return nil }
        findings.add(literalSecret(what, secret))
        return secret
    }
}
