import ProfilesAPI
import Sandbox

extension HTTPTransport {
    /// Carries requests to a sandbox in this process, in the form in which a server would get them.
    static func embedded(_ sandbox: Sandbox) -> HTTPTransport {
        HTTPTransport { request, body throws(TransportFailure) in
            let answer = await sandbox.respond(to: request, body: body)
            switch answer.behaviour {
            case .normal:
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
