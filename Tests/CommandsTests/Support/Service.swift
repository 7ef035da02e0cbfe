import HTTPTypes
import ProfileModel
import ProfilesAPI
import Sandbox
import Synchronization

/// An account somewhere else: a sandbox that asks for credentials, reached over what stands in for the network.
final class Service: Sendable {
    static let token = "s3cret-t0ken-of-this-test"
    static let host = "acme-staging.zendesk.com"

    let sandbox: Sandbox
    private let seen = Mutex<[HTTPRequest]>([])
    private let listener = Mutex<(@Sendable (HTTPRequest) async -> Void)?>(nil)

    init(_ access: [String] = ["bearer:\(Service.token)"], faults: [String] = [], switches: [String] = []) throws {
        var configuration = SandboxConfiguration(authentication: .required(try SandboxAccess(rules: access)))
        configuration.switches = try SandboxSwitches(switches)
        for rule in faults { configuration.faults.append(try SandboxFault(rule: rule)) }
        sandbox = try Sandbox(
            configuration: configuration, now: { Timestamp(seconds: 1_700_000_000) }, sleep: { _ in })
    }

    /// With their headers, which the sandbox does not log.
    var requests: [HTTPRequest] { seen.withLock { $0 } }

    /// Hears of each request before the account does. Must not keep the bench or this account: they keep it.
    func onRequest(_ body: @escaping @Sendable (HTTPRequest) async -> Void) {
        listener.withLock { $0 = body }
    }

    var transport: HTTPTransport {
        HTTPTransport { [self] request, body throws(TransportFailure) in
            seen.withLock { $0.append(request) }
            await listener.withLock { $0 }?(request)
            let answer = await sandbox.respond(to: request, body: body)
            switch answer.behaviour {
            case .normal, .slow: return HTTPAnswer(head: answer.head, body: answer.body)
            case .cutBefore, .cutAfter: throw .connectionLost(sent: true, "cut")
            case .truncated(let sending): throw .truncated(expected: answer.body.count, got: sending)
            case .misstatedLength(let announced): throw .truncated(expected: announced, got: answer.body.count)
            }
        }
    }
}

/// Answers every request alike.
func answering(_ status: Int, _ contentType: String, _ body: @escaping @Sendable (HTTPRequest) -> String)
    -> HTTPTransport
{
    HTTPTransport { request, _ throws(TransportFailure) in
        var head = HTTPResponse(status: HTTPResponse.Status(code: status))
        head.headerFields[.contentType] = contentType
        return HTTPAnswer(head: head, body: Array(body(request).utf8))
    }
}
