import Diagnostics
import Manifests
import Planning
import ProfileModel
import ProfilesAPI
import Sandbox

/// The account of an environment, opened for one command.
///
/// Commands that only read get `reader`, whose type has no calls that write.
struct Account: Sendable {
    var stamp: EnvironmentStamp
    var pace: Pace
    private var writer: WritingClient
    private var shutDown: @Sendable () async -> Void

    var reader: ReadingClient { writer.reading }

    /// Whether a command may create what is not there yet.
    enum Purpose {
        case reading, writing
    }

    static func open(_ context: RunContext, for purpose: Purpose, in session: Session) throws(Stop) -> Account {
        switch context.environment.service {
        case .sandbox(let data): try openSandbox(data, context, purpose, session)
        case .account(let url, let authentication): try openService(url, authentication, context, session)
        }
    }

    /// Runs the work and closes the connections, however the work ends.
    func use<Value: Sendable>(_ work: (ReadingClient) async throws -> Value) async throws -> Value {
        try await closing { try await work(writer.reading) }
    }

    func useForWriting<Value: Sendable>(_ work: (WritingClient) async throws -> Value) async throws -> Value {
        try await closing { try await work(writer) }
    }

    private func closing<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        do {
            let value = try await work()
            await shutDown()
            return value
        } catch {
            await shutDown()
            throw error
        }
    }

    private static func openSandbox(
        _ data: String, _ context: RunContext, _ purpose: Purpose, _ session: Session
    ) throws(Stop) -> Account {
        let path = resolvePath(data, in: context.directory)
        // A command that only reads leaves no file behind.
        let storage: SandboxStorage =
            purpose == .reading && kindOfFile(path) == .missing ? .memory : .file(path)
        if case .file = storage { try preparePrivateDirectory(of: path) }
        let sandbox: Sandbox
        do throws(SandboxFailure) {
            sandbox = try Sandbox(
                configuration: SandboxConfiguration(), storage: storage, now: session.now, seed: session.randomSeed())
        } catch {
            throw Stop(Diagnostic(.unreachable, "the embedded sandbox does not open: \(error)"), code: .error)
        }
        let client = WritingClient(
            reading: ReadingClient(
                origin: .embedded, credentials: .none, transport: .embedded(sandbox), limiter: .unlimited,
                retry: RetryPolicy(), userAgent: userAgent, clock: session.pacingClock))
        return Account(
            stamp: EnvironmentStamp(name: context.environment.name, service: "sandbox:\(data)"),
            pace: Pace(perMinute: context.environment.perMinute, share: context.environment.share), writer: client,
            shutDown: {})
    }

    private static func openService(
        _ url: String, _ authentication: Authentication, _ context: RunContext, _ session: Session
    ) throws(Stop) -> Account {
        guard let origin = ServiceOrigin(url: url) else {
            throw Stop(Diagnostic(.badURL, "'\(url)' is no address of a service"), code: .invalidInput)
        }
        let credentials = try authentication.credentials(context)
        let pace = Pace(perMinute: context.environment.perMinute, share: context.environment.share)
        let network = session.network()
        let client = WritingClient(
            reading: ReadingClient(
                origin: origin, credentials: credentials, transport: network.transport,
                limiter: RateLimiter(perMinute: pace.perMinute, share: pace.share, clock: session.pacingClock),
                retry: RetryPolicy(), userAgent: userAgent, clock: session.pacingClock))
        return Account(
            stamp: EnvironmentStamp(name: context.environment.name, service: url), pace: pace, writer: client,
            shutDown: network.shutDown)
    }
}

let userAgent = "profilectl/\(version) (customer profiles as code)"
