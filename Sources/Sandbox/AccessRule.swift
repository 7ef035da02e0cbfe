/// The written form of a credential that is accepted:
///
///     bearer:TOKEN[,role=agent][,scopes=users:read+users:write]
///     token:TOKEN[,role=…]               an API token, for Basic {email}/token:{api_token}
///     oauth:CLIENT_ID:SECRET[,role=…]    a client of POST /oauth/tokens
///     password:EMAIL:PASSWORD
///
/// Errors do not repeat what was written, because it is secret.
extension SandboxAccess {
    package static let grammar = """
        bearer:TOKEN, token:API_TOKEN, oauth:CLIENT_ID:SECRET or password:EMAIL:PASSWORD, \
        with ,role=admin|agent|read_only_agent|end_user and, for bearer, ,scopes=users:read+users:write
        """

    package init(rules: some Sequence<String>) throws(SandboxFailure) {
        self.init()
        for rule in rules { try add(rule: rule) }
    }

    package mutating func add(rule: String) throws(SandboxFailure) {
        let parts = rule.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let caller = try Self.caller(parts.dropFirst())
        let words = parts[0].split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard caller.scopes == SandboxCaller().scopes || words[0] == "bearer" else {
            throw .badAccessRule(reason: "scopes= is for bearer")
        }
        guard words.allSatisfy({ !$0.isEmpty }) else { throw .badAccessRule(reason: "a part is empty") }
        switch (words[0], words.count) {
        case ("bearer", 2): bearers[words[1]] = caller
        case ("token", 2): apiTokens[words[1]] = caller
        case ("oauth", 3): clients[words[1]] = Client(secret: words[2], role: caller.role)
        case ("password", 3): passwords[words[1]] = words[2]
        default: throw .badAccessRule(reason: "expected " + Self.grammar)
        }
    }

    private static func caller(_ options: ArraySlice<String>) throws(SandboxFailure) -> SandboxCaller {
        var caller = SandboxCaller()
        for option in options {
            let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
            switch (pair.first, pair.count) {
            case ("role", 2):
                guard let role = SandboxRole(rawValue: pair[1]) else {
                    throw .badAccessRule(reason: "'\(pair[1])' is no role")
                }
                caller.role = role
            case ("scopes", 2): caller.scopes = Set(pair[1].split(separator: "+").map(String.init))
            default: throw .badAccessRule(reason: "the options are role= and scopes=")
            }
        }
        return caller
    }
}
