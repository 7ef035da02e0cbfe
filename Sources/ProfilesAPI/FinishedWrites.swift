import HTTPTypes

extension HTTPTransport {
    /// The same way, on which a write that has left is waited for even when its task is cancelled meanwhile: to hang up
    /// would not call it back. The sign-in, a POST, is no write.
    package var finishingWrites: HTTPTransport {
        HTTPTransport { request, body throws(TransportFailure) in
            guard request.method != .get, request.method != .post else { return try await send(request, body) }
            return try await Task { await result(of: request, body) }.value.get()
        }
    }

    private func result(of request: HTTPRequest, _ body: [UInt8]) async -> Result<HTTPAnswer, TransportFailure> {
        do {
            return .success(try await send(request, body))
        } catch {
            return .failure(error)
        }
    }
}
