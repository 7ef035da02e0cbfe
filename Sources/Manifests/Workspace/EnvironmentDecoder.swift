import Diagnostics
import ProfileModel
import YAMLSyntax

extension WorkspaceDecoder {
    mutating func environment(_ key: YAMLNode, _ node: YAMLNode) -> Environment? {
        let name = key.text
        guard node.kind == .mapping else {
            let help = "an embedded sandbox is written `\(name): {sandbox: {}}`"
            if node.isNull {
                findings.emptyValue(key, "environment \(name)", help: help)
            } else {
                findings.wrongShape(node, "environment \(name)", mustBe: "a mapping", help: help)
            }
            return nil
        }
        let members = members(of: node, EnvironmentKey.known, in: "an environment")
        let service = service(of: key, node, members)
        var environment = Environment(name: name, service: service ?? .sandbox(dataFile: nil), location: key.location)
        if let node = members[.rateLimit] { environment.rateLimit = rateLimit(node) }
        if let node = members[.manifests] { environment.manifests = manifests(node) }
        if let node = members[.vars] { environment.vars = vars(node) }
        if let node = members[.ledger] { environment.ledger = ledger(node) }
        if let node = members[.policy] { environment.policy = policy(node) }
        return service == nil ? nil : environment
    }

    /// Exactly one of `sandbox` and `url`, and `auth` with the latter only.
    private mutating func service(
        of key: YAMLNode, _ node: YAMLNode, _ members: [EnvironmentKey: YAMLNode]
    ) -> Environment.Service? {
        func isMisspelt(_ key: EnvironmentKey) -> Bool {
            misspells(key.rawValue, in: node, among: EnvironmentKey.known.names)
        }
        let auth = members[.auth].flatMap { authentication($0) }
        switch (members[.sandbox], members[.url]) {
        case (let sandbox?, nil):
            if let node = members[.auth] {
                findings.add(
                    .badAuthentication, "an embedded sandbox takes no auth", at: node,
                    help: "remove it; for a served sandbox write its url in place of `sandbox`")
            }
            return self.sandbox(sandbox)
        case (nil, let url?):
            let template = serviceURL(url)
            if members[.auth] == nil, !isMisspelt(.auth) {
                findings.add(
                    .badAuthentication, "environment \(key.text) has a url but no auth", at: key,
                    help: "write for example `auth: {bearer: \"${env:ZENDESK_OAUTH_TOKEN}\"}`")
            }
            guard let template, let auth else { return nil }
            return .account(url: template, auth)
        case (let sandbox?, _?):
            findings.add(
                .wrongShape, "environment \(key.text) has both a sandbox and a url", at: sandbox,
                help: "keep the one it is about")
            return nil
        case (nil, nil) where isMisspelt(.url) || isMisspelt(.sandbox):
            return nil
        case (nil, nil):
            findings.add(
                .missingValue, "environment \(key.text) has neither a url nor a sandbox", at: key,
                help: "write the `url` of the account, or `sandbox: {}` for an embedded sandbox")
            return nil
        }
    }

    private mutating func sandbox(_ node: YAMLNode) -> Environment.Service {
        guard !node.isNull else {
            findings.emptyValue(node, "sandbox", help: "write `sandbox: {}`")
            return .sandbox(dataFile: nil)
        }
        let members = members(of: node, SandboxKey.known, in: "sandbox")
        return .sandbox(dataFile: members[.data].flatMap { template($0, "data") })
    }

    private mutating func serviceURL(_ node: YAMLNode) -> Template? {
        guard let template = template(node, "url") else { return nil }
        if template.isLiteral, !template.text.isEmpty {
            findings.add(badServiceURL(template.text, at: node.location))
        }
        return template
    }

    private mutating func rateLimit(_ node: YAMLNode) -> Environment.RateLimit {
        let members = members(of: node, RateLimitKey.known, in: "rate_limit")
        var limit = Environment.RateLimit()
        if let node = members[.perMinute], let number = count(node, "per_minute", least: 1) {
            limit.perMinute = number
        }
        if let node = members[.share], let share = share(node) { limit.share = share }
        return limit
    }

    private mutating func vars(_ node: YAMLNode) -> [String: Template] {
        guard node.kind == .mapping else {
            findings.wrongShape(node, "vars", mustBe: "a mapping of names to texts")
            return [:]
        }
        var vars: [String: Template] = [:]
        for (key, value) in node.pairs {
            let name = key.text
            guard Substitution.isName(Array(name.utf8)) else {
                findings.add(
                    .wrongShape, "\"\(shortened(name))\" cannot be the name of a variable", at: key,
                    help: "a name is letters, digits, '_', '-' and '.', and begins with a letter or '_'")
                continue
            }
            if let value = variable(name, value) { vars[name] = value }
        }
        return vars
    }

    /// A variable may be an empty text, and may refer to the process environment but to no other variable.
    private mutating func variable(_ name: String, _ node: YAMLNode) -> Template? {
        guard node.kind == .scalar, !node.isNull else {
            findings.wrongShape(node, "variable \(name)", mustBe: "a text", help: "write \"\" for an empty one")
            return nil
        }
        let template = Template(node)
        template.checkSyntax(reporting: &findings.diagnostics)
        if template.references.contains(where: { $0.space == .variable }) {
            findings.add(
                .badSubstitution, "variable \(name) refers to another variable", at: node,
                help: "only ${env:NAME} is replaced here")
            return nil
        }
        return template
    }

    private mutating func ledger(_ node: YAMLNode) -> Template? {
        let members = members(of: node, LedgerKey.known, in: "ledger")
        return members[.file].flatMap { template($0, "file") }
    }

    private mutating func policy(_ node: YAMLNode) -> Environment.Policy {
        let members = members(of: node, PolicyKey.known, in: "policy")
        var policy = Environment.Policy()
        if let node = members[.allowDelete] { policy.allowDelete = flag(node, "allow_delete") ?? false }
        if let node = members[.maxUpdate] { policy.maxUpdate = threshold(node, "max_update") }
        (policy.maxDelete, policy.maxDeleteFloor) = deleteLimit(members[.maxDelete], floor: members[.maxDeleteFloor])
        if let node = members[.sources] { policy.sources = sourcePolicies(node) }
        return policy
    }

    private mutating func sourcePolicies(_ node: YAMLNode) -> [ExactText: Environment.SourcePolicy] {
        guard node.kind == .mapping else {
            findings.wrongShape(
                node, "sources", mustBe: "a mapping of sources to policies", help: "write it as {crm: {delete: never}}")
            return [:]
        }
        var policies: [ExactText: Environment.SourcePolicy] = [:]
        for (key, value) in node.pairs {
            let source = key.text
            guard !Substitution.mayOccur(in: source) else {
                findings.add(substitutionInKey(at: key.location))
                continue
            }
            let problems = [
                reservedSource(source, at: key.location), colonInName(source, "a source", at: key.location),
                slashInName(source, "a source", at: key.location),
                tooLong(source, limit: ServiceLimits.sourceLength, "the source", at: key.location),
            ].compactMap(\.self)
            findings.diagnostics += problems
            policies[ExactText(source)] = sourcePolicy(value, of: source, at: key.location)
        }
        return policies
    }

    private mutating func sourcePolicy(
        _ node: YAMLNode, of source: String, at location: SourceLocation
    ) -> Environment.SourcePolicy {
        let members = members(of: node, SourcePolicyKey.known, in: "the policy of source \(shortened(source))")
        var policy = Environment.SourcePolicy(location: location)
        if let node = members[.delete] {
            policy.deletes = word(node, "delete", of: Environment.SourcePolicy.Deletes.self)
        }
        if let node = members[.maxUpdate] { policy.maxUpdate = threshold(node, "max_update") }
        (policy.maxDelete, policy.maxDeleteFloor) = deleteLimit(members[.maxDelete], floor: members[.maxDeleteFloor])
        if policy.deletes == .never {
            findings.diagnostics += thresholdsOfNever(
                [("max_delete", members[.maxDelete]), ("max_delete_floor", members[.maxDeleteFloor])], source: source)
        }
        return policy
    }

    private mutating func deleteLimit(_ limit: YAMLNode?, floor: YAMLNode?) -> (ChangeThreshold?, Int) {
        let maximum = limit.flatMap { node in threshold(node, "max_delete").map { ($0, node) } }
        let least = floor.flatMap { node in count(node, "max_delete_floor", least: 0).map { ($0, node) } }
        findings.add(uselessThresholds(maximum, floor: least, hasLimit: limit != nil))
        return (maximum?.0, least?.0 ?? 0)
    }
}
