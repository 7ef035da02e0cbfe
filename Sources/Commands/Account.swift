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
    /// Nil for a service.
    private var sandbox: EmbeddedSandbox?
    private var shutDown: @Sendable () async -> Void

    var reader: ReadingClient { writer.reading }

    /// - Parameters:
    ///   - redact: that of the command. Where values are redacted, the service's reasons are not even read.
    ///   - onWait: told now and then of how long the account's rate makes calls wait; nil tells on the standard error.
    static func open(
        _ context: RunContext, redacting redact: RedactChoice, in session: Session,
        onWait: (@Sendable (Double) -> Void)? = nil
    ) throws(Stop) -> Account {
        let notice = WaitNotice(session, show: onWait)
        let stamp = try stamp(of: context)
        let reasons = redact.serviceReasons(in: session)
        return switch context.environment.service {
        case .sandbox: try openSandbox(stamp, context, notice, reasons, session)
        case .account(_, let authentication):
            try openService(stamp, authentication, context, notice, reasons, session)
        }
    }

    /// Which account the environment is about; needs no credentials.
    static func stamp(of context: RunContext) throws(Stop) -> EnvironmentStamp {
        let name = context.environment.name
        if let data = context.environment.sandboxFile {
            return EnvironmentStamp(name: name, service: "sandbox:\(try context.resolved(data))")
        }
        var problems: [Diagnostic] = []
        guard let url = context.environment.serviceURL(context.variables, reporting: &problems) else {
            throw Stop(problems, code: .invalidInput, sources: context.sources)
        }
        return EnvironmentStamp(name: name, service: url)
    }

    /// Runs the work and closes the connections, however the work ends.
    func use<Value: Sendable>(_ work: (ReadingClient) async throws -> Value) async throws -> Value {
        try await closing { try await work(writer.reading) }
    }

    func useForWriting<Value: Sendable>(_ work: (WritingClient) async throws -> Value) async throws -> Value {
        try await closing { try await work(writer) }
    }

    /// To be called before the first write, once it is wanted: creates what is not there yet.
    func keepWhatIsWritten() throws(Stop) {
        try sandbox?.keep()
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

    /// Whether an embedded sandbox has any; false for a service.
    var holdsProfilesInSandbox: Bool { sandbox?.holdsProfiles ?? false }

    private static func openSandbox(
        _ stamp: EnvironmentStamp, _ context: RunContext, _ notice: WaitNotice, _ reasons: ServiceReasons,
        _ session: Session
    ) throws(Stop) -> Account {
        let sandbox = try EmbeddedSandbox(context, in: session)
        return Account(
            stamp: stamp, pace: context.pace,
            writer: WritingClient(
                reading: ReadingClient(
                    origin: .embedded, credentials: .none, transport: .embedded(sandbox),
                    limiter: .unlimited(pacer: session.pacer, onWait: notice.tell), userAgent: userAgent,
                    pacer: session.pacer, reasons: reasons)),
            sandbox: sandbox, shutDown: {})
    }

    private static func openService(
        _ stamp: EnvironmentStamp, _ authentication: Environment.Authentication, _ context: RunContext,
        _ notice: WaitNotice, _ reasons: ServiceReasons, _ session: Session
    ) throws(Stop) -> Account {
        let origin: ServiceOrigin
        do throws(APIFailure) {
            origin = try ServiceOrigin(parsing: stamp.service)
        } catch {
            throw Stop(error.diagnostic(stamp), code: error.exitCode)
        }
        let credentials = try context.credentials(authentication)
        let network = session.network()
        let limiter = RateLimiter(
            perMinute: Double(context.pace.perMinute), share: context.pace.share, pacer: session.pacer,
            onWait: notice.tell)
        return Account(
            stamp: stamp, pace: context.pace,
            writer: WritingClient(
                reading: ReadingClient(
                    origin: origin, credentials: credentials, transport: network.transport.finishingWrites,
                    limiter: limiter, userAgent: userAgent, pacer: session.pacer, reasons: reasons)),
            shutDown: network.shutDown)
    }
}

let userAgent = "profilectl/\(version) (customer profiles as code)"

extension RunContext {
    var pace: Pace { Pace(perMinute: environment.rateLimit.perMinute, share: environment.rateLimit.share) }

    fileprivate func credentials(_ authentication: Environment.Authentication) throws(Stop) -> Credentials {
        switch authentication {
        case .bearer(let token): .bearer(Secret(try credential(token, "the bearer token")))
        case .apiToken(let email, let token):
            .apiToken(email: try credential(email, "the email"), Secret(try credential(token, "the API token")))
        case .oauthClient(let id, let secret):
            .oauthClient(
                id: try credential(id, "the client id"), Secret(try credential(secret, "the client secret")))
        }
    }

    /// What is not sent as it was meant would be refused by the service, which cannot say why.
    private func credential(_ template: Template, _ what: String) throws(Stop) -> String {
        let text = try resolved(template, what)
        if let problem = badCredential(text, what, at: template.location) {
            throw Stop([problem], code: .invalidInput, sources: sources)
        }
        return text
    }
}

extension ServiceOrigin {
    /// Where requests to a sandbox in this process would go if they went anywhere.
    fileprivate static var embedded: ServiceOrigin {
        guard let origin = ServiceOrigin(url: "http://localhost") else { preconditionFailure("a valid URL") }
        return origin
    }
}

extension Session {
    fileprivate var pacer: Pacer { Pacer(now: uptime, sleep: sleep, date: now) }
}
