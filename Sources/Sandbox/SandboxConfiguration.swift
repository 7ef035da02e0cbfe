/// How a sandbox behaves. The default is an account that lets everyone in, without delay, throttle or fault.
package struct SandboxConfiguration: Sendable {
    package var authentication: SandboxAuthentication
    /// Nil switches throttling off, and with it the headers that tell of it.
    package var rateLimit: SandboxRateLimit?
    package var limits: SandboxLimits
    package var switches: SandboxSwitches
    /// Waited before each answer.
    package var latency: Duration
    package var faults: [SandboxFault]
    /// How many requests the log keeps; older ones are dropped.
    package var requestLogCapacity: Int

    package init(
        authentication: SandboxAuthentication = .open, rateLimit: SandboxRateLimit? = nil,
        limits: SandboxLimits = SandboxLimits(), switches: SandboxSwitches = SandboxSwitches(),
        latency: Duration = .zero, faults: [SandboxFault] = [], requestLogCapacity: Int = 100_000
    ) {
        self.authentication = authentication
        self.rateLimit = rateLimit
        self.limits = limits
        self.switches = switches
        self.latency = latency
        self.faults = faults
        self.requestLogCapacity = requestLogCapacity
    }
}

/// The account's limits (api notes, section 4). Lengths are counted in Unicode scalars.
package struct SandboxLimits: Sendable, Hashable {
    package var profilesPerUser = 20
    package var identifiersPerProfile = 20
    package var sources = 50
    package var types = 2_500
    package var sourceLength = 40
    package var typeLength = 40
    package var identifierTypeLength = 60
    /// Nothing is known of a limit.
    package var identifierValueLength: Int?
    /// Nothing is known of a limit; this one keeps the sandbox alive.
    package var bodyBytes = 16 << 20
    package var jsonDepth = 512

    package init() {}
}
