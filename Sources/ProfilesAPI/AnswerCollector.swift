import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import Synchronization

/// How far a request had come when it failed.
enum RequestProgress: Sendable, Hashable {
    case nothingSent
    /// The head of the request, or more, was handed to the connection.
    case sent
    /// The head of the answer was read, and so many bytes of its body.
    case answering(expected: Int?, got: Int)
}

/// Gathers the answer to one request and remembers how far things went. The client tells its delegate
/// when the head is written, which no error of its tells; a lost connection is only harmless before that.
final class AnswerCollector: HTTPClientResponseDelegate {
    private struct State {
        var headWasSent = false
        var head: HTTPResponseHead?
        var body: [UInt8] = []

        var expected: Int? { head?.headers.first(name: "content-length").flatMap { Int($0) } }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    var progress: RequestProgress {
        state.withLock { state in
            if state.head != nil { return .answering(expected: state.expected, got: state.body.count) }
            return state.headWasSent ? .sent : .nothingSent
        }
    }

    func didSendRequestHead(task: HTTPClient.Task<HTTPAnswer>, _ head: HTTPRequestHead) {
        state.withLock { $0.headWasSent = true }
    }

    func didReceiveHead(task: HTTPClient.Task<HTTPAnswer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let expected = state.withLock { state in
            state.head = head
            return state.expected
        }
        return proceed(task, expected ?? 0)
    }

    func didReceiveBodyPart(task: HTTPClient.Task<HTTPAnswer>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let count = state.withLock { state in
            state.body.append(contentsOf: buffer.readableBytesView)
            return state.body.count
        }
        return proceed(task, count)
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPAnswer>) throws -> HTTPAnswer {
        try state.withLock { state in
            guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
            let hasNoBody = head.status.code == 204 || head.status.code == 304
            if !hasNoBody, let expected = state.expected, expected != state.body.count {
                throw TransportFailure.truncated(expected: expected, got: state.body.count)
            }
            return HTTPAnswer(head: HTTPResponse(head), body: state.body)
        }
    }

    private func proceed(_ task: HTTPClient.Task<HTTPAnswer>, _ bytes: Int) -> EventLoopFuture<Void> {
        bytes <= limit
            ? task.eventLoop.makeSucceededVoidFuture()
            : task.eventLoop.makeFailedFuture(TransportFailure.tooLarge(limit: limit))
    }
}

extension HTTPResponse {
    fileprivate init(_ head: HTTPResponseHead) {
        var fields = HTTPFields()
        for (name, value) in head.headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        self.init(status: .init(code: min(Int(head.status.code), 999)), headerFields: fields)
    }
}
