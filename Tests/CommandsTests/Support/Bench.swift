import Commands
import FoundationEssentials
import ProfileModel
import ProfilesAPI
import Synchronization
import Testing
import WireFormat

/// A directory and a session in which the program runs. Whatever a test does not allow, be it the network,
/// waiting or a question to the user, is an issue of that test.
final class Bench: Sendable {
    let directory: String
    private let state = Mutex(State())

    struct State: Sendable {
        var environment: [String: String] = [:]
        /// More variables as the system hands them over, `NAME=value`.
        var variables: [[UInt8]] = []
        /// Instead of the bench's directory.
        var workingDirectory: String?
        var terminal = Session.Terminal()
        /// What the user will type; nil where nobody may be asked.
        var typed: [String]?
        /// Typed before anybody asks.
        var typedAhead: [String] = []
        var mayWait = false
        var service: HTTPTransport?
        var openConnections = 0
        var connections = 0
        var now = Timestamp(seconds: 1_700_000_000)
        var uptime = 0.0
        var seed: UInt64 = 0
        var isInterrupted = false
        /// Processes that run on this machine besides our own.
        var running: Set<Int32> = []
        /// Hears of each wait before it begins.
        var onSleep: (@Sendable (Double) -> Void)?
        /// Hears of each pause of a thread, by its number. A pause takes one second.
        var onThreadPause: (@Sendable (Int) -> Void)?
        var threadPauses = 0
        var mayRunPrograms = false
        /// Instead of the programs that there are.
        var programs: (@Sendable (ProgramCall) throws(ProgramCall.Failure) -> ProgramCall.Result)?
    }

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Sets what the world is from now on.
    func set(_ change: @Sendable (inout State) -> Void) {
        state.withLock { change(&$0) }
    }

    var onThreadPause: (@Sendable (Int) -> Void)? { state.withLock { $0.onThreadPause } }

    /// Seconds that have passed.
    var uptime: Double { state.withLock { $0.uptime } }

    /// Connections that were opened, and those of them that are not closed.
    var connections: (opened: Int, open: Int) { state.withLock { ($0.connections, $0.openConnections) } }

    struct Run {
        var code: ExitCode
        var output: String
        var errors: String
        /// Both streams.
        var all: String { output + errors }
    }

    func run(_ arguments: String...) async -> Run { await run(arguments) }

    func run(_ arguments: [String], output: Output? = nil) async -> Run {
        let (standardOutput, standardError) = (Memory(), Memory())
        let code = await profilectl(
            arguments, in: session(output: output ?? standardOutput.output, errorOutput: standardError.output))
        return Run(code: code, output: standardOutput.text, errors: standardError.text)
    }

    /// With arguments as the system hands them over.
    func run(bytes arguments: [[UInt8]]) async -> Run {
        let (standardOutput, standardError) = (Memory(), Memory())
        let code = await profilectl(
            bytes: arguments, in: session(output: standardOutput.output, errorOutput: standardError.output))
        return Run(code: code, output: standardOutput.text, errors: standardError.text)
    }

    private func session(output: Output, errorOutput: Output) -> Session {
        let world = state.withLock { $0 }
        return Session(
            environment: world.environment, variables: world.variables,
            workingDirectory: world.workingDirectory ?? directory, output: output,
            errorOutput: errorOutput, readLine: { self.readLine() },
            discardTyped: { self.state.withLock { $0.typedAhead = [] } },
            terminal: { self.state.withLock { $0.terminal } },
            now: { self.state.withLock { $0.now } },
            uptime: { self.state.withLock { $0.uptime } },
            sleep: { seconds in self.sleep(seconds) },
            // Nothing takes long here.
            pause: { _ in try await Task.sleep(for: .seconds(3600)) },
            pauseThread: { _ in self.pauseThread() },
            randomSeed: {
                self.state.withLock { state in
                    state.seed += 1
                    return state.seed
                }
            },
            isInterrupted: { self.state.withLock { $0.isInterrupted } },
            process: Session.ProcessFacts(id: 4711, host: "build-7", user: "ops"),
            isRunning: { id in self.state.withLock { id == 4711 || $0.running.contains(id) } },
            network: { self.connect() },
            runProgram: { call throws(ProgramCall.Failure) in try self.runProgram(call) })
    }

    private func runProgram(_ call: ProgramCall) throws(ProgramCall.Failure) -> ProgramCall.Result {
        let (mayRun, programs) = state.withLock { ($0.mayRunPrograms, $0.programs) }
        if let programs { return try programs(call) }
        if !mayRun { Issue.record("a program was run: \(call.name)") }
        return try call.run()
    }

    private func readLine() -> String? {
        state.withLock { state in
            if !state.typedAhead.isEmpty { return state.typedAhead.removeFirst() }
            guard let typed = state.typed else {
                Issue.record("the user was asked")
                return nil
            }
            state.typed = Array(typed.dropFirst())
            return typed.first
        }
    }

    private func sleep(_ seconds: Double) {
        state.withLock { $0.onSleep }?(seconds)
        state.withLock { state in
            if !state.mayWait { Issue.record("waited \(seconds) s") }
            state.uptime += seconds
            state.now.seconds += Int64(seconds.rounded(.up))
        }
    }

    private func pauseThread() {
        let (count, hear) = state.withLock { state in
            state.threadPauses += 1
            state.uptime += 1
            return (state.threadPauses, state.onThreadPause)
        }
        hear?(count)
    }

    private func connect() -> Session.NetworkConnection {
        state.withLock { state in
            state.connections += 1
            state.openConnections += 1
        }
        let service = state.withLock { $0.service }
        if service == nil { Issue.record("the network was used") }
        let nowhere = HTTPTransport { _, _ throws(TransportFailure) in throw .cannotConnect("no network in this test") }
        return Session.NetworkConnection(
            transport: service ?? nowhere, shutDown: { self.state.withLock { $0.openConnections -= 1 } })
    }
}

/// A stream that keeps what it gets.
private final class Memory: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    var output: Output { Output { more in self.bytes.withLock { $0 += more } } }
}

extension Bench {
    func path(_ name: String) -> String { "\(directory)/\(name)" }

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: path(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    func copy(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(atPath: path(name), toPath: path(other))
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Permission bits.
    func mode(_ name: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int ?? -1
    }

    func setMode(_ mode: Int, of name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
    }

    func link(_ name: String, to destination: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: destination)
    }

    func names(in name: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }
}

extension Bench.Run {
    /// The standard output as one JSON document.
    func document(_ location: SourceLocation = #_sourceLocation) throws -> AttributeObject {
        try json(output, location)
    }

    /// The standard output as one JSON object a line.
    func events(_ location: SourceLocation = #_sourceLocation) throws -> [AttributeObject] {
        #expect(output.hasSuffix("\n"), sourceLocation: location)
        return try output.split(separator: "\n").map { try json(String($0), location) }
    }
}

private func json(_ text: String, _ location: SourceLocation) throws -> AttributeObject {
    do {
        if case .object(let object) = try readJSON(Array(text.utf8)) { return object }
    } catch {
        Issue.record("\(error) in: \(text)", sourceLocation: location)
    }
    return try #require(nil, "not a JSON object: \(text)", sourceLocation: location)
}

extension AttributeObject {
    /// A text member; nil when there is none.
    func text(_ key: String) -> String? {
        if case .string(let text)? = self[key] { text } else { nil }
    }

    func list(_ key: String) -> [AttributeObject] {
        guard case .array(let items)? = self[key] else { return [] }
        return items.compactMap { if case .object(let object) = $0 { object } else { nil } }
    }

    func object(_ key: String) -> AttributeObject {
        if case .object(let object)? = self[key] { object } else { [:] }
    }
}
