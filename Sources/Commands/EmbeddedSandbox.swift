import Diagnostics
import HTTPTypes
import Manifests
import ProfilesAPI
import Sandbox
import Synchronization

/// The sandbox of an environment that has one in its own process. It leaves no file behind before `keep`.
final class EmbeddedSandbox: Sendable {
    private let path: String
    private let session: Session
    private let hasFile: Bool
    private let sandbox: Mutex<Sandbox>

    init(_ context: RunContext, in session: Session) throws(Stop) {
        guard let data = context.environment.sandboxFile else { preconditionFailure("the environment is an account") }
        path = resolvePath(try context.resolved(data), in: context.directory)
        hasFile = kindOfFile(path) != .missing
        self.session = session
        sandbox = Mutex(try Self.open(hasFile ? .file(path) : .memory, in: session))
    }

    /// From now on there is a file of what is written. Called at most once.
    func keep() throws(Stop) {
        guard !hasFile else { return }
        try preparePrivateDirectory(of: path)
        // Nothing is lost: without the permission to write nothing came into the one in memory.
        let file = try Self.open(.file(path), in: session)
        sandbox.withLock { $0 = file }
    }

    var holdsProfiles: Bool { !sandbox.withLock { $0 }.world().profiles.isEmpty }

    /// Looks into the data file, for whoever does not open the account. What cannot be looked at holds none.
    static func holdsProfiles(_ context: RunContext, in session: Session) -> Bool {
        guard let sandbox = try? EmbeddedSandbox(context, in: session) else { return false }
        // One sandbox at a time holds the file.
        defer { sandbox.sandbox.withLock { $0.close() } }
        return sandbox.holdsProfiles
    }

    func respond(to request: HTTPRequest, body: [UInt8]) async -> SandboxAnswer {
        await sandbox.withLock { $0 }.respond(to: request, body: body)
    }

    private static func open(_ storage: SandboxStorage, in session: Session) throws(Stop) -> Sandbox {
        do throws(SandboxFailure) {
            return try Sandbox(
                configuration: SandboxConfiguration(), store: storage, now: session.now, seed: session.randomSeed())
        } catch {
            throw Stop(Diagnostic(.sandboxUnusable, "the embedded sandbox does not open: \(error)"), code: .error)
        }
    }
}

extension HTTPTransport {
    /// Carries requests to a sandbox in this process, in the form in which a server would get them.
    static func embedded(_ sandbox: EmbeddedSandbox) -> HTTPTransport {
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
