import Foundation

/// The binary that was built with these tests, run as a user runs it: in a fresh directory, with an
/// environment that holds nothing but what the test gives.
struct BuiltBinary {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "profilectl-acceptance-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: directory)
    }

    func write(_ text: String, to name: String) throws {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func run(_ arguments: String..., environment: [String: String] = [:], input: String? = nil) async throws -> Result {
        try await run(arguments, environment: environment, input: input)
    }

    /// Another program in the same directory, as a shell that runs the binary.
    func run(program: String, _ arguments: [String]) async throws -> Result {
        let process = start(arguments)
        process.executableURL = URL(filePath: program)
        return try await run(process)
    }

    func run(_ arguments: [String], environment: [String: String] = [:], input: String? = nil) async throws -> Result {
        try await run(start(arguments, environment: environment), input: input)
    }

    private func run(_ process: Process, input: String? = nil) async throws -> Result {
        let standardOutput = Pipe()
        let standardError = Pipe()
        let standardInput = Pipe()
        process.standardOutput = standardOutput
        process.standardError = standardError
        process.standardInput = standardInput
        try process.run()
        if let input { try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
        try standardInput.fileHandleForWriting.close()
        // Both pipes are read at the same time: a full one would stop the program.
        async let errors = Self.text(of: standardError)
        async let output = Self.text(of: standardOutput)
        let result = await Result(status: 0, output: output, errors: errors)
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: result.output, errors: result.errors)
    }

    private static func text(of pipe: Pipe) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let data = pipe.fileHandleForReading.readDataToEndOfFile()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }

    /// A process that is ready to run, for tests that talk to it while it runs.
    func start(_ arguments: [String], environment: [String: String] = [:]) -> Process {
        let process = Process()
        process.executableURL = Self.location
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": directory.path].merging(environment) { $1 }
        return process
    }

    static let location: URL = {
        if let given = ProcessInfo.processInfo.environment["PROFILECTL_BINARY"] { return URL(filePath: given) }
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "profilectl")
    }()
}
