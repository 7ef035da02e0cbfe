import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `profilectl sandbox serve` on a free port, as long as a test needs it.
final class ServedSandbox {
    let url: String
    private let process: Process

    convenience init(_ binary: BuiltBinary, _ options: String...) throws {
        try self.init(binary, options: options)
    }

    init(_ binary: BuiltBinary, options: [String]) throws {
        process = binary.start(["sandbox", "serve", "--port", "0"] + options)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line += more
        }
        let text = String(decoding: line, as: UTF8.self)
        guard let match = text.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/) else {
            process.terminate()
            throw NotListening(output: text)
        }
        url = String(match.output)
    }

    struct NotListening: Error {
        var output: String
    }

    /// A request as the sandbox logs it.
    struct Request: Decodable {
        var n: Int
        var method: String
        var path: String
        var query: String?
        var status: Int
    }

    struct User: Decodable {
        var id: String
    }

    /// Those after the nth, the first of which is the oldest.
    func requests(after n: Int = 0) async throws -> [Request] {
        struct Log: Decodable { var requests: [Request] }
        return try await get("requests?after=\(n)", as: Log.self).requests
    }

    func users() async throws -> [User] {
        struct List: Decodable { var users: [User] }
        return try await get("users", as: List.self).users
    }

    private func get<Value: Decodable>(_ path: String, as type: Value.Type) async throws -> Value {
        let (data, _) = try await URLSession.shared.data(from: URL(string: "\(url)/_sandbox/\(path)")!)
        return try JSONDecoder().decode(type, from: data)
    }

    /// How it ended.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit {
        if process.isRunning { process.terminate() }
    }
}

/// A workspace with one environment that is the served sandbox.
func workspace(url: String, token: String = "good") -> String {
    """
    version: 1
    manifests: [riders.yaml]
    environments:
      served:
        url: \(url)
        auth: {bearer: "${env:TOKEN:-\(token)}"}

    """
}
