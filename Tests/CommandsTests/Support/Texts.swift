/// What the tests' customer must not find in a log.
let email = "jane.smith@example.com"

let jane = """
    version: 1
    profiles:
      jane:
        source: coolbikes
        type: rider
        identifiers: {email: \(email), bike_id: "77"}
        attributes: {tier: silver}

    """

/// The same with another tier.
func jane(tier: String) -> String {
    """
    version: 1
    profiles:
      jane:
        source: coolbikes
        type: rider
        identifiers: {email: \(email), bike_id: "77"}
        attributes: {tier: \(tier)}

    """
}

/// A manifest of riders whose keys are all their own.
func riders(_ names: String...) -> String {
    names.reduce("version: 1\ndefaults: {source: coolbikes, type: rider}\nprofiles:\n") { text, name in
        text + "  \(name):\n    identifiers: {bike_id: bike-of-\(name)}\n"
    }
}

let localWorkspace = """
    version: 1
    environments:
      local:
        sandbox: {}

    """

/// An account that is reached over the network, with a token from the process environment.
let stagingWorkspace = """
    version: 1
    environments:
      staging:
        url: https://\(Service.host)
        auth: {bearer: "${env:TOKEN}"}
        rate_limit: {per_minute: 100000}

    """

extension Bench {
    /// A workspace with an embedded sandbox and one manifest.
    static func local(_ manifest: String = jane) throws -> Bench {
        let bench = try Bench()
        try bench.write(localWorkspace, to: "profilectl.yaml")
        try bench.write(manifest, to: "profiles/riders.yaml")
        return bench
    }

    /// A workspace with an account and one manifest; the token is in the environment.
    static func staging(_ service: Service, _ manifest: String = jane) throws -> Bench {
        let bench = try Bench()
        try bench.write(stagingWorkspace, to: "profilectl.yaml")
        try bench.write(manifest, to: "profiles/riders.yaml")
        bench.set { state in
            state.environment["TOKEN"] = Service.token
            state.service = service.transport
            state.mayWait = true
        }
        return bench
    }
}
