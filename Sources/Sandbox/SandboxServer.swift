import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A sandbox on a port.
package enum SandboxServer {
    /// Serves until the task is cancelled or the surrounding service group shuts down gracefully; both return.
    /// Port 0 takes a free one; `onListening` hears which, once connections are taken.
    package static func run(
        sandbox: Sandbox, host: String = "127.0.0.1", port: Int = 0,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws(SandboxFailure) {
        let responder = CallbackResponder<Connection> { request, connection in
            try await respond(to: request, on: connection.channel, from: sandbox)
        }
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) },
            logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await application.run()
        } catch {
            if Task.isCancelled || error is CancellationError { return }
            throw .cannotListen(host: host, port: port, reason: "\(error)")
        }
    }

    private struct Connection: RequestContext {
        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            channel = source.channel
        }
    }

    private static func respond(
        to request: Request, on channel: any Channel, from sandbox: Sandbox
    ) async throws -> Response {
        if request.head.path?.hasPrefix(Sandbox.controlPrefix) == true, isLoopback(channel) {
            return response(sandbox.control(request.head), on: channel)
        }
        let limit = sandbox.configuration.limits.bodyBytes
        let body: [UInt8]
        do {
            // One byte more than is allowed, so that the sandbox itself refuses.
            body = Array(buffer: try await request.body.collect(upTo: limit + 1))
        } catch is NIOTooManyBytesError {
            body = Array(repeating: 0, count: limit + 1)
        }
        let answer = await sandbox.respond(to: request.head, body: body)
        switch answer.behaviour {
        case .normal, .truncated, .misstatedLength, .slow: break
        case .cutBefore, .cutAfter: try? await channel.close()
        }
        return response(answer, on: channel)
    }

    private static func response(_ answer: SandboxAnswer, on channel: any Channel) -> Response {
        let body: ResponseBody
        switch answer.behaviour {
        case .normal:
            // A 204 has no body on the wire, whatever a switch would have it say.
            body =
                answer.body.isEmpty || answer.head.status == .noContent
                ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        case .cutBefore, .cutAfter: body = closing(channel, after: [])
        case .truncated(let sending): body = closing(channel, after: answer.body.prefix(sending))
        case .misstatedLength: body = closing(channel, after: answer.body[...])
        case .slow(let duration): body = dripping(answer.body, over: duration)
        }
        return Response(status: answer.head.status, headers: answer.head.headerFields, body: body)
    }

    private static func closing(_ channel: any Channel, after bytes: ArraySlice<UInt8>) -> ResponseBody {
        ResponseBody { writer in
            if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
            try? await channel.close()
        }
    }

    private static func dripping(_ bytes: [UInt8], over duration: Duration) -> ResponseBody {
        let pieces = max(1, min(50, bytes.count))
        return ResponseBody(contentLength: bytes.count) { writer in
            for piece in 0..<pieces {
                try await Task.sleep(for: duration / pieces)
                let (from, to) = (bytes.count * piece / pieces, bytes.count * (piece + 1) / pieces)
                try await writer.write(ByteBuffer(bytes: bytes[from..<to]))
            }
            try await writer.finish(nil)
        }
    }

    private static func isLoopback(_ channel: any Channel) -> Bool {
        guard let address = channel.remoteAddress?.ipAddress else { return false }
        return address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }
}
