import AsyncHTTPClient
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension TransportFailure {
    /// Words for people, and never a header of the request, which some errors of the client quote.
    init(_ error: any Error, progress: RequestProgress, usesTLS: Bool, connectSeconds: Double) {
        switch error {
        case let failure as TransportFailure: self = failure
        case is CancellationError: self = .cancelled(progress)
        case let error as HTTPClientError: self = .client(error, progress, connectSeconds: connectSeconds)
        case let error as NIOConnectionError: self = .cannotConnect(reason(error))
        case let error as IOError: self = .system(error, progress)
        case is ChannelError:
            self = progress == .nothingSent ? .cannotConnect("no connection in time") : .lost(progress, "it was closed")
        // What remains before anything is sent comes from the TLS handshake.
        case _ where progress == .nothingSent && usesTLS: self = .insecure(tlsReason(String(describing: error)))
        default: self = .lost(progress, "the answer is not HTTP")
        }
    }

    private static func client(
        _ error: HTTPClientError, _ progress: RequestProgress, connectSeconds: Double
    ) -> TransportFailure {
        switch error {
        case .cancelled: return .cancelled(progress)
        case .connectTimeout, .getConnectionFromPoolTimeout:
            return .cannotConnect("no connection within \(Int(connectSeconds.rounded(.up))) s")
        case .tlsHandshakeTimeout: return .cannotConnect("the TLS handshake took too long")
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            return progress == .nothingSent ? .cannotConnect("timed out before the request was sent") : .timedOut
        case .remoteConnectionClosed: return .lost(progress, "the server closed it")
        default:
            return progress == .nothingSent
                ? .cannotConnect(error.shortDescription) : .lost(progress, error.shortDescription)
        }
    }

    /// Before anything is sent it is the connecting that fails, unless there was a connection to lose.
    private static func system(_ error: IOError, _ progress: RequestProgress) -> TransportFailure {
        let hadConnection = error.errnoCode == ECONNRESET || error.errnoCode == EPIPE
        return progress == .nothingSent && !hadConnection
            ? .cannotConnect(reason(error)) : .lost(progress, reason(error))
    }

    private static func lost(_ progress: RequestProgress, _ reason: String) -> TransportFailure {
        switch progress {
        case .nothingSent: .connectionLost(sent: false, reason)
        case .sent: .connectionLost(sent: true, reason)
        case .answering(let expected, let got): .truncated(expected: expected, got: got)
        }
    }

    private static func cancelled(_ progress: RequestProgress) -> TransportFailure {
        progress == .nothingSent ? .connectionLost(sent: false, "cancelled") : .cancelled
    }
}

private func reason(_ error: NIOConnectionError) -> String {
    guard let failure = error.connectionErrors.first else { return "no such host: \(error.host)" }
    switch failure.error {
    case let error as IOError: return reason(error)
    case is ChannelError: return "no connection in time"
    default: return "no connection"
    }
}

private func reason(_ error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "connection refused"
    case ECONNRESET: "connection reset"
    case EPIPE: "the server closed it"
    case EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL: "no route to the host"
    case ETIMEDOUT: "no connection in time"
    default: "system error \(error.errnoCode)"
    }
}

/// The words of the TLS library are long and change; three of its reasons are worth telling apart.
private func tlsReason(_ text: String) -> String {
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return "TLS: the certificate is not trusted" }
    if text.contains("WRONG_VERSION_NUMBER") { return "TLS: the server does not speak TLS here" }
    if text.contains("ailedToValidateHostname") || text.contains("HOSTNAME") {
        return "TLS: the certificate is for another host"
    }
    return "TLS: the handshake failed"
}
