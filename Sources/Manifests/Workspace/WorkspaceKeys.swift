/// The keys of `profilectl.yaml`, one enumeration for each mapping in it.
enum WorkspaceKey: String, CaseIterable {
    case version, manifests
    case defaultEnvironment = "default_environment"
    case environments, sensitive, attributes

    static let known = KnownKeys<WorkspaceKey>()
}

enum EnvironmentKey: String, CaseIterable {
    case sandbox, url, auth
    case rateLimit = "rate_limit"
    case manifests, vars, ledger, policy

    static let known = KnownKeys<EnvironmentKey>()
}

enum SandboxKey: String, CaseIterable {
    case data

    static let known = KnownKeys<SandboxKey>()
}

enum AuthenticationKey: String, CaseIterable {
    case bearer
    case oauthClient = "oauth_client"
    case apiToken = "api_token"

    static let known = KnownKeys<AuthenticationKey>()
}

enum OAuthClientKey: String, CaseIterable {
    case id, secret

    static let known = KnownKeys<OAuthClientKey>()
}

enum APITokenKey: String, CaseIterable {
    case email, token

    static let known = KnownKeys<APITokenKey>()
}

enum RateLimitKey: String, CaseIterable {
    case perMinute = "per_minute"
    case share

    static let known = KnownKeys<RateLimitKey>()
}

enum LedgerKey: String, CaseIterable {
    case file

    static let known = KnownKeys<LedgerKey>()
}

enum PolicyKey: String, CaseIterable {
    case allowDelete = "allow_delete"
    case maxUpdate = "max_update"
    case maxDelete = "max_delete"
    case maxDeleteFloor = "max_delete_floor"
    case sources

    static let known = KnownKeys<PolicyKey>()
}

enum SourcePolicyKey: String, CaseIterable {
    case delete
    case maxUpdate = "max_update"
    case maxDelete = "max_delete"
    case maxDeleteFloor = "max_delete_floor"

    static let known = KnownKeys<SourcePolicyKey>()
}

enum SensitiveKey: String, CaseIterable {
    case publicAttributes = "public_attributes"

    static let known = KnownKeys<SensitiveKey>()
}

/// What `attributes` of the workspace may say.
enum AttributePolicy: String, CaseIterable {
    case strictStrings = "strict_strings"
}
