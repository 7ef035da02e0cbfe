/// Why a sandbox cannot be opened, loaded, configured or served. Refused requests are answers, not failures.
package enum SandboxFailure: Error, Sendable, Hashable {
    /// Another process, or another sandbox of this one, holds the data file.
    case inUse(path: String)
    /// The data file was written by a newer version.
    case newerFormat(path: String, found: Int, known: Int)
    /// The file is something else than a sandbox's data.
    case notSandboxData(path: String)
    case cannotOpen(path: String, reason: String)
    case cannotWrite(path: String, reason: String)
    /// A world that the service could not be in; one sentence for each contradiction.
    case inconsistentWorld([String])
    case unknownSwitch(name: String, known: [String])
    case unknownSwitchValue(name: String, value: String, known: [String])
    case badFaultRule(rule: String, reason: String)
    case badRateLimit(rule: String, reason: String)
    case badLatency(String)
    case badPort(Int)
    case badAccessRule(reason: String)
    case cannotListen(host: String, port: Int, reason: String)
}

extension SandboxFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let path): "the sandbox data \(path) is in use by another process"
        case .newerFormat(let path, let found, let known):
            "the sandbox data \(path) has format \(found), but this version knows formats up to \(known)"
        case .notSandboxData(let path): "\(path) is not the data of a sandbox"
        case .cannotOpen(let path, let reason): "the sandbox data \(path) cannot be opened: \(reason)"
        case .cannotWrite(let path, let reason): "the sandbox data \(path) cannot be written: \(reason)"
        case .inconsistentWorld(let problems):
            "the data to load contradicts itself: " + problems.joined(separator: "; ")
        case .unknownSwitch(let name, let known):
            "there is no sandbox switch '\(name)'; there are " + known.joined(separator: ", ")
        case .unknownSwitchValue(let name, let value, let known):
            "the sandbox switch '\(name)' has no value '\(value)'; it takes " + known.joined(separator: ", ")
        case .badFaultRule(let rule, let reason): "the fault rule '\(rule)' is not understood: \(reason)"
        case .badRateLimit(let rule, let reason): "the rate limit '\(rule)' is not understood: \(reason)"
        case .badLatency(let text): "the latency '\(text)' is not understood: \(sandboxDurationForm)"
        case .badPort(let port): "there is no port \(port); ports are 1 to 65535, and 0 takes a free one"
        case .badAccessRule(let reason): "the access rule is not understood: \(reason)"
        case .cannotListen(let host, let port, let reason): "cannot listen on \(host):\(port): \(reason)"
        }
    }
}
