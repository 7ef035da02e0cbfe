import Diagnostics
import Manifests
import ProfilesAPI
import Sandbox

/// The sandbox of an environment that has one in its own process.
enum EmbeddedSandbox {
    static func open(
        _ context: RunContext, for purpose: Account.Purpose, in session: Session
    ) throws(Stop) -> Sandbox {
        guard let data = context.environment.sandboxFile else { preconditionFailure("the environment is an account") }
        let path = resolvePath(try context.resolved(data), in: context.directory)
        // A command that only reads leaves no file behind.
        let isNew = kindOfFile(path) == .missing
        let storage: SandboxStorage = isNew && purpose == .reading ? .memory : .file(path)
        if case .file = storage { try preparePrivateDirectory(of: path) }
        do throws(SandboxFailure) {
            return try Sandbox(
                configuration: SandboxConfiguration(), store: storage, now: session.now,
                seed: session.randomSeed())
        } catch {
            throw Stop(Diagnostic(.sandboxUnusable, "the embedded sandbox does not open: \(error)"), code: .error)
        }
    }
}

extension HTTPTransport {
    /// Carries requests to a sandbox in this process, in the form in which a server would get them.
    static func embedded(_ sandbox: Sandbox) -> HTTPTransport {
        HTTPTransport { request, body throws(TransportFailure) in
            let answer = await sandbox.respond(to: request, body: body)
            switch answer.behaviour {
            case .normal, .slow:
                return HTTPAnswer(head: answer.head, body: answer.body)
            case .cutBefore, .cutAfter:
                throw .connectionLost(sent: true, "the connection was closed without an answer")
            case .truncated(let sending):
                throw .truncated(expected: answer.body.count, got: sending)
            case .misstatedLength(let announced):
                throw .truncated(expected: announced, got: answer.body.count)
            }
        }
    }
}
