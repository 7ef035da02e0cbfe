import HTTPTypes
import ProfileModel
import ProfilesAPI
import Synchronization
import Testing

/// A service that answers from a script, one line a request, and remembers what it was asked.
final class FakeService: Sendable {
    struct Asked: Sendable {
        var request: HTTPRequest
        var body: String
        var at: Double

        var line: String { "\(request.method.rawValue) \(request.path ?? "")" }
        func header(_ name: HTTPField.Name) -> String? { request.headerFields[name] }
    }

    enum Line: Sendable {
        case answer(Int, String = "", [String: String] = ["content-type": "application/json"])
        case failure(TransportFailure)
    }

    private struct State {
        var script: [Line]
        var asked: [Asked] = []
    }

    let clock: VirtualClock
    private let state: Mutex<State>

    init(_ script: [Line], clock: VirtualClock = VirtualClock()) {
        self.clock = clock
        state = Mutex(State(script: script))
    }

    var asked: [Asked] { state.withLock { $0.asked } }
    var lines: [String] { asked.map(\.line) }

    var transport: HTTPTransport {
        HTTPTransport { [self] request, body async throws(TransportFailure) in
            let line = state.withLock { state in
                state.asked.append(
                    Asked(request: request, body: String(decoding: body, as: UTF8.self), at: clock.now))
                return state.script.isEmpty ? nil : state.script.removeFirst()
            }
            switch line {
            case .answer(let status, let body, let headers)?: return HTTPAnswer(status, body, headers)
            case .failure(let failure)?: throw failure
            case nil:
                Issue.record("a request that the script does not know: \(request.method) \(request.path ?? "")")
                return HTTPAnswer(599, "", [:])
            }
        }
    }
}

extension HTTPAnswer {
    init(_ status: Int, _ body: String = "", _ headers: [String: String] = ["content-type": "application/json"]) {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        self.init(head: HTTPResponse(status: .init(code: status), headerFields: fields), body: Array(body.utf8))
    }
}

extension FakeService {
    func reading(
        _ credentials: Credentials = .none, retry: RetryPolicy = .standard, limiter: RateLimiter? = nil
    ) throws -> ReadingClient {
        ReadingClient(
            origin: try #require(ServiceOrigin(url: "https://acme.example.com")), credentials: credentials,
            transport: transport, limiter: limiter ?? .unlimited(pacer: clock.pacer), retry: retry,
            userAgent: "profilectl/1.0 (+https://profilectl.example)", pacer: clock.pacer)
    }

    func writing(
        _ credentials: Credentials = .none, retry: RetryPolicy = .standard, limiter: RateLimiter? = nil
    ) throws -> WritingClient {
        WritingClient(reading: try reading(credentials, retry: retry, limiter: limiter))
    }
}

/// What a call threw; nil when it returned.
func failure<Answer>(of call: () async throws(APIFailure) -> Answer) async -> APIFailure? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}
