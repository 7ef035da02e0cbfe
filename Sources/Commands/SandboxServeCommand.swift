import ArgumentParser
import Diagnostics
import Manifests
import Sandbox

struct SandboxServeCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the sandbox until Ctrl-C.",
        discussion: """
            Switches turn what is not known of the real service, each name=value:

            \(switches)
            """)

    @Option(help: "The port; 0 takes a free one.")
    var port = 8787

    @Option(help: "The address to listen on. Others than loopback let other machines in.")
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("Keep the data in this SQLite file; without it, in memory.", valueName: "file"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "Start with the profiles of these manifests; ${var:NAME} is as in the environment of --env.",
            valueName: "directory"))
    var load: String?

    @Option(help: ArgumentHelp("Wait so long before each answer: 50ms, 1s.", valueName: "duration"))
    var latency: String?

    @Option(
        help: ArgumentHelp(
            "Requests a minute, \(SandboxRateLimit.grammar): in windows of a minute, or from a bucket that holds the burst and fills evenly. Without it there is no limit.",
            valueName: "rule"))
    var rateLimit: String?

    @Option(help: ArgumentHelp("A fault, repeatable: \(SandboxFault.grammar).", valueName: "rule"))
    var fault: [String] = []

    @Option(
        name: .customLong("switch"),
        help: ArgumentHelp("Turn a switch, repeatable; see above.", valueName: "name=value"))
    var switches: [String] = []

    @Option(
        help: ArgumentHelp(
            "Accept only this credential, repeatable: \(SandboxAccess.grammar). Without it everyone is let in.",
            valueName: "credential"))
    var auth: [String] = []

    @OptionGroup var environment: EnvironmentOptions

    func validate() throws {
        guard environment.environment == nil || load != nil else {
            throw ValidationError("--env chooses the variables for the manifests of --load: give --load too")
        }
        do throws(SandboxFailure) {
            _ = try configuration()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run(in session: Session) async throws -> ExitCode {
        let place = try environment.directory.path(in: session)
        let sandbox = try await open(place, session)
        session.whenInterrupted(.drain(farewell: {}))
        let server = Task { try await serve(sandbox, session) }
        let watch = Task {
            while !session.isInterrupted() { try await session.sleep(0.05) }
            server.cancel()
        }
        defer {
            watch.cancel()
            sandbox.close()
        }
        do {
            try await server.value
        } catch let failure as SandboxFailure {
            throw Stop(Diagnostic(.sandboxUnusable, "\(failure)"), code: .error)
        }
        return .done
    }

    private func serve(_ sandbox: Sandbox, _ session: Session) async throws {
        try await SandboxServer.run(sandbox: sandbox, host: host, port: port) { port in
            try? session.output.write("Listening on http://\(host):\(port) (stop with Ctrl-C)\n")
        }
    }

    private func open(_ place: String, _ session: Session) async throws -> Sandbox {
        do {
            let store = data.map { SandboxStorage.file(resolvePath($0, in: place)) } ?? .memory
            let sandbox = try Sandbox(
                configuration: configuration(), store: store, now: session.now, seed: session.randomSeed())
            if let load { try await SandboxLoading(options: environment, session: session).load(load, into: sandbox) }
            return sandbox
        } catch let failure as SandboxFailure {
            throw Stop(Diagnostic(.sandboxUnusable, "the sandbox does not open: \(failure)"), code: .error)
        }
    }

    private func configuration() throws(SandboxFailure) -> SandboxConfiguration {
        guard (0...65_535).contains(port) else { throw .badPort(port) }
        var configuration = SandboxConfiguration()
        configuration.switches = try SandboxSwitches(switches)
        if let rateLimit { configuration.rateLimit = try SandboxRateLimit(rule: rateLimit) }
        for rule in fault { configuration.faults.append(try SandboxFault(rule: rule)) }
        if !auth.isEmpty { configuration.authentication = .required(try SandboxAccess(rules: auth)) }
        if let latency {
            guard let duration = sandboxDuration(latency) else {
                throw .badLatency(latency)
            }
            configuration.latency = duration
        }
        return configuration
    }

    private static let switches = SandboxSwitches.catalogue.map { entry in
        "  \(entry.name)=\(entry.values.joined(separator: "|"))\n      \(entry.meaning) (\(entry.value(in: SandboxSwitches())))"
    }.joined(separator: "\n")
}
