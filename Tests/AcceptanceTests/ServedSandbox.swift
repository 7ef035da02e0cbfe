import Foundation

/// `profilectl sandbox serve` on a free port, as long as a test needs it.
final class ServedSandbox {
    let url: String
    private let process: Process

    init(_ binary: BuiltBinary, _ options: String...) throws {
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
