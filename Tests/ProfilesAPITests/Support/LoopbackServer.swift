import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
    private let streamSocket = Int32(SOCK_STREAM.rawValue)
#else
    import Darwin
    private let streamSocket = SOCK_STREAM
#endif

/// A server on a real socket that does exactly what it is told, even what no HTTP library would do.
final class LoopbackServer: Sendable {
    enum Act: Sendable {
        /// Reads a request, writes this, and closes.
        case answer(String)
        /// Writes this without waiting for a request, and closes.
        case greeting(String)
        /// Reads a request and closes.
        case hangUp
        /// Reads a request and leaves the connection open.
        case keepSilent
    }

    let port: Int
    private let listener: Int32
    private let requests = Mutex<[String]>([])
    private let kept = Mutex<[Int32]>([])
    /// Whether the listener is still this server's; the number of a closed one soon belongs to another test.
    private let isListening = Mutex(true)

    /// Acts once for each connection; after the last act it listens no more. `onRequest` is called when a
    /// whole request was read.
    init(_ acts: [Act], onRequest: @escaping @Sendable () -> Void = {}) {
        signal(SIGPIPE, SIG_IGN)
        listener = socket(AF_INET, streamSocket, 0)
        port = LoopbackServer.bind(listener)
        listen(listener, 16)
        DispatchQueue(label: "loopback").async { [self] in
            defer {
                isListening.withLock { isListening in
                    close(listener)
                    isListening = false
                }
            }
            for act in acts {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                perform(act, connection)
                onRequest()
            }
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var seen: [String] { requests.withLock { $0 } }

    func stop() {
        // Wakes a waiting `accept`, after which the listener is closed.
        isListening.withLock { if $0 { shutdown(listener, Int32(SHUT_RDWR)) } }
        kept.withLock { $0.forEach { close($0) } }
    }

    /// A port on which nobody listens.
    static func closedPort() -> Int {
        let descriptor = socket(AF_INET, streamSocket, 0)
        defer { close(descriptor) }
        return bind(descriptor)
    }

    private func perform(_ act: Act, _ connection: Int32) {
        switch act {
        case .greeting(let text):
            send(text, connection)
            // What came meanwhile is read, or closing would be a reset and take the greeting with it.
            shutdown(connection, Int32(SHUT_WR))
            var ignored = [UInt8](repeating: 0, count: 4096)
            while recv(connection, &ignored, ignored.count, 0) > 0 {}
            close(connection)
        case .answer(let text):
            read(connection)
            send(text, connection)
            close(connection)
        case .hangUp:
            read(connection)
            close(connection)
        case .keepSilent:
            read(connection)
            kept.withLock { $0.append(connection) }
        }
    }

    private func send(_ text: String, _ connection: Int32) {
        let bytes = Array(text.utf8)
        _ = write(connection, bytes, bytes.count)
    }

    private static func bind(_ descriptor: Int32) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                #if canImport(Glibc)
                    _ = Glibc.bind(descriptor, generic, length)
                #else
                    _ = Darwin.bind(descriptor, generic, length)
                #endif
                getsockname(descriptor, generic, &length)
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
    }

    private func read(_ connection: Int32) {
        let request = LoopbackServer.request(connection)
        requests.withLock { $0.append(request) }
    }

    /// The head, and as much body as it announces.
    private static func request(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound].lowercased()
                let announced = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                let length = announced.flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
                if text[end.upperBound...].utf8.count >= length { return text }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return text }
            bytes += buffer[..<count]
        }
    }
}
