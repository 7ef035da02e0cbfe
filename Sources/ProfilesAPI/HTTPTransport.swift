package import HTTPTypes

/// The way to the service and back: one request, one answer, nothing decided.
/// A transport follows no redirect and repeats nothing.
package struct HTTPTransport: Sendable {
    package var send: @Sendable (HTTPRequest, [UInt8]) async throws(TransportFailure) -> HTTPAnswer

    package init(send: @escaping @Sendable (HTTPRequest, [UInt8]) async throws(TransportFailure) -> HTTPAnswer) {
        self.send = send
    }
}

package struct HTTPAnswer: Sendable, Hashable {
    package var head: HTTPResponse
    package var body: [UInt8]

    package init(head: HTTPResponse, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }
}
