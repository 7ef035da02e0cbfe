/// Why a request has no whole answer. For a write the question is whether the service may have acted on it.
package enum TransportFailure: Error, Sendable, Hashable {
    /// No connection: nothing was sent. The text is for people.
    case cannotConnect(String)
    /// The request was sent, or part of it, and no whole answer came in time.
    case timedOut
    /// `sent` is false only when it is certain that no byte of the request left.
    case connectionLost(sent: Bool, String)
    /// The TLS connection could not be made or trusted: nothing was sent.
    case insecure(String)
    /// The answer began, and ended before it was whole.
    case truncated(expected: Int?, got: Int)
    case tooLarge(limit: Int)
    /// The caller gave up when the request may have been sent.
    case cancelled
}

extension TransportFailure {
    /// Whether it is certain that the service has seen nothing.
    package var nothingWasSent: Bool {
        switch self {
        case .cannotConnect, .insecure, .connectionLost(sent: false, _): true
        case .timedOut, .connectionLost(sent: true, _), .truncated, .tooLarge, .cancelled: false
        }
    }
}

extension TransportFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotConnect(let reason): reason
        case .timedOut: "no answer in time"
        case .connectionLost(sent: false, let reason): "the connection was lost before anything was sent: \(reason)"
        case .connectionLost(sent: true, let reason): "the connection was lost after the request was sent: \(reason)"
        case .insecure(let reason): reason
        case .truncated(let expected?, let got): "the answer was cut off after \(got) of \(expected) bytes"
        case .truncated(nil, let got): "the answer was cut off after \(got) bytes"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .cancelled: "cancelled"
        }
    }
}
