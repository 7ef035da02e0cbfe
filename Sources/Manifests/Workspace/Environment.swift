package import Diagnostics
package import ProfileModel

/// One account or sandbox, with its credentials, ledger and policy.
///
/// What may hold `${…}` is kept as written, so that `validate` needs no credentials.
package struct Environment: Sendable, Hashable {
    package enum Service: Sendable, Hashable {
        /// The embedded sandbox; nil puts its data in the default place.
        case sandbox(dataFile: Template?)
        case account(url: Template, Authentication)
    }

    package enum Authentication: Sendable, Hashable {
        case bearer(Template)
        case oauthClient(id: Template, secret: Template)
        case apiToken(email: Template, token: Template)
    }

    package struct RateLimit: Sendable, Hashable {
        /// Calls a minute that the account allows: 500 on Suite Professional (api notes, section 4).
        package var perMinute: Int
        /// The part of them that profilectl may use; above 0, at most 1.
        package var share: Double

        package init(perMinute: Int = 500, share: Double = 1) {
            self.perMinute = perMinute
            self.share = share
        }
    }

    /// What a plan may do. Only what is written limits: no threshold is assumed.
    package struct Policy: Sendable, Hashable {
        package var allowDelete: Bool
        package var maxUpdate: ChangeThreshold?
        package var maxDelete: ChangeThreshold?
        /// So many deletes are always within `maxDelete`. 0 unless written.
        package var maxDeleteFloor: Int
        /// What holds for the profiles of one source besides.
        package var sources: [ExactText: SourcePolicy]

        package init(
            allowDelete: Bool = false, maxUpdate: ChangeThreshold? = nil, maxDelete: ChangeThreshold? = nil,
            maxDeleteFloor: Int = 0, sources: [ExactText: SourcePolicy] = [:]
        ) {
            self.allowDelete = allowDelete
            self.maxUpdate = maxUpdate
            self.maxDelete = maxDelete
            self.maxDeleteFloor = maxDeleteFloor
            self.sources = sources
        }
    }

    /// What a plan may do to the profiles of one source.
    package struct SourcePolicy: Sendable, Hashable {
        package enum Deletes: String, Sendable, CaseIterable {
            case never, allowed
        }

        /// Nil is as the rest of the policy has it.
        package var deletes: Deletes?
        package var maxUpdate: ChangeThreshold?
        package var maxDelete: ChangeThreshold?
        package var maxDeleteFloor: Int
        /// Where its source is named; nil when no file says it.
        package var location: SourceLocation?

        package init(
            deletes: Deletes? = nil, maxUpdate: ChangeThreshold? = nil, maxDelete: ChangeThreshold? = nil,
            maxDeleteFloor: Int = 0, location: SourceLocation? = nil
        ) {
            self.location = location
            self.deletes = deletes
            self.maxUpdate = maxUpdate
            self.maxDelete = maxDelete
            self.maxDeleteFloor = maxDeleteFloor
        }
    }

    /// Letters, digits, `-` and `_`: it becomes part of file names.
    package var name: String
    package var service: Service
    package var rateLimit: RateLimit
    /// Nil takes those of the workspace.
    package var manifests: [Template]?
    package var vars: [String: Template]
    /// Nil puts the ledger in the default place.
    package var ledger: Template?
    package var policy: Policy
    /// Where its name is written; nil when no file says it.
    package var location: SourceLocation?

    package init(
        name: String, service: Service, rateLimit: RateLimit = RateLimit(), manifests: [Template]? = nil,
        vars: [String: Template] = [:], ledger: Template? = nil, policy: Policy = Policy(),
        location: SourceLocation? = nil
    ) {
        self.location = location
        self.name = name
        self.service = service
        self.rateLimit = rateLimit
        self.manifests = manifests
        self.vars = vars
        self.ledger = ledger
        self.policy = policy
    }

    /// The ledger's file, relative to the workspace.
    package var ledgerFile: Template { ledger ?? Template(literal: ".profilectl/\(name).sqlite") }

    /// The file of the embedded sandbox, relative to the workspace; nil for an account.
    package var sandboxFile: Template? {
        guard case .sandbox(let dataFile) = service else { return nil }
        return dataFile ?? Template(literal: ".profilectl/\(name)-sandbox.sqlite")
    }

    /// What `${…}` stands for in this environment's manifests, and in its own values. A variable that cannot be
    /// resolved is a problem only where it is used.
    /// - Parameters:
    ///   - environment: the process environment.
    ///   - overrides: values given for this run; they win over `vars`, which then need not be resolvable.
    package func variables(
        environment: ProcessEnvironment, overrides: [String: String] = [:]
    ) -> Variables {
        var variables = Variables(environment: environment, values: overrides)
        let written = vars.filter { overrides[$0.key] == nil }.sorted { $0.key < $1.key }
        for (name, template) in written {
            var problems: [Diagnostic] = []
            let value = template.resolve(Variables(environment: environment), reporting: &problems)
            variables.values[name] = value
            if value == nil { variables.unresolved[name] = problems }
        }
        return variables
    }

    /// The account's base URL without a slash at its end, resolved and checked; nil for a sandbox and after a report.
    package func serviceURL(_ variables: Variables, reporting diagnostics: inout [Diagnostic]) -> String? {
        guard case .account(let url, _) = service,
            let text = url.resolve(variables, reporting: &diagnostics)
        else { return nil }
        if let problem = badServiceURL(text, at: url.location) {
            diagnostics.append(problem)
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

/// How much of a kind of change a plan may hold.
package enum ChangeThreshold: Sendable, Hashable {
    case count(Int)
    /// 0 to 100.
    case percent(Double)
}
