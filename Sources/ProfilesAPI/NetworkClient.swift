import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Owns the connections. Whoever makes one must call `shutdown` before letting go of it.
package final class NetworkClient: Sendable {
    package struct Limits: Sendable, Hashable {
        /// Seconds.
        package var connect: Double
        /// Seconds without a byte of the answer.
        package var read: Double
        /// Seconds for a request and its answer.
        package var whole: Double
        package var answerBytes: Int

        package init(connect: Double = 10, read: Double = 30, whole: Double = 120, answerBytes: Int = 32 << 20) {
            self.connect = connect
            self.read = read
            self.whole = whole
            self.answerBytes = answerBytes
        }
    }

    private let limits: Limits
    private let client: HTTPClient

    package init(_ limits: Limits = Limits()) {
        self.limits = limits
        var pool = HTTPClient.Configuration.ConnectionPool(idleTimeout: .seconds(30))
        // Retries are the policy's; and how many requests are under way at once is the caller's choice.
        pool.retryConnectionEstablishment = false
        pool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
        let configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .of(seconds: limits.connect), read: .of(seconds: limits.read)),
            connectionPool: pool)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    package func shutdown() async {
        // It fails only when it was shut down before.
        try? await client.shutdown()
    }
}

extension HTTPTransport {
    package static func network(_ client: NetworkClient) -> HTTPTransport {
        HTTPTransport { request, body async throws(TransportFailure) in try await client.send(request, body) }
    }
}

extension NetworkClient {
    fileprivate func send(_ request: HTTPRequest, _ body: [UInt8]) async throws(TransportFailure) -> HTTPAnswer {
        let collector = AnswerCollector(limit: limits.answerBytes)
        do {
            let task = client.execute(
                request: try HTTPClient.Request(request, body), delegate: collector,
                deadline: .now() + .of(seconds: limits.whole))
            return try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            throw TransportFailure(
                error, progress: collector.progress, usesTLS: request.scheme == "https",
                connectSeconds: limits.connect)
        }
    }
}

extension HTTPClient.Request {
    fileprivate init(_ request: HTTPRequest, _ body: [UInt8]) throws {
        var headers = HTTPHeaders()
        for field in request.headerFields { headers.add(name: field.name.rawName, value: field.value) }
        try self.init(
            url: "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "/")",
            method: HTTPMethod(rawValue: request.method.rawValue), headers: headers,
            body: body.isEmpty ? nil : .bytes(body))
    }
}

extension TimeAmount {
    fileprivate static func of(seconds: Double) -> TimeAmount {
        .nanoseconds(Int64(seconds * 1e9))
    }
}
