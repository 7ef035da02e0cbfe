import Foundation
import Synchronization

/// The built binary while it runs: a test sees what it prints, and sends it signals.
final class RunningBinary: Sendable {
    private let process: Process
    private let input: FileHandle
    private let output: Gatherer
    private let errors: Gatherer

    /// - Parameter onLine: hears each line of the standard output as it comes.
    convenience init(
        _ binary: BuiltBinary, _ arguments: [String],
        onLine: @escaping @Sendable (RunningBinary, Int, String) -> Void = { _, _, _ in }
    ) throws {
        let process = binary.start(arguments)
        process.standardInput = FileHandle.nullDevice
        try self.init(process, input: .nullDevice, onLine: onLine)
    }

    /// On a terminal of its own: `script` makes it, and what it shows is the output.
    convenience init(onTerminal binary: BuiltBinary, _ arguments: [String]) throws {
        let command = ([BuiltBinary.location.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let process = binary.start(["-qefc", command, "/dev/null"], environment: ["TERM": "xterm"])
        process.executableURL = URL(filePath: "/usr/bin/script")
        let input = Pipe()
        process.standardInput = input
        try self.init(process, input: input.fileHandleForWriting)
    }

    /// With a terminal as its standard input on which somebody has typed before it began.
    convenience init(_ binary: BuiltBinary, _ arguments: [String], typedAhead: String) throws {
        let keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        // TIOCSPTLCK and TIOCGPTN, which Swift does not see.
        var (lock, number): (Int32, Int32) = (0, 0)
        guard ioctl(keyboard, 0x4004_5431, &lock) == 0, ioctl(keyboard, 0x8004_5430, &number) == 0 else {
            throw NoTerminal()
        }
        let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard terminal >= 0 else { throw NoTerminal() }
        let process = binary.start(arguments)
        process.standardInput = FileHandle(fileDescriptor: terminal, closeOnDealloc: true)
        let input = FileHandle(fileDescriptor: keyboard, closeOnDealloc: true)
        try input.write(contentsOf: Data(typedAhead.utf8))
        try self.init(process, input: input)
    }

    struct NoTerminal: Error {}

    private init(
        _ process: Process, input: FileHandle,
        onLine: @escaping @Sendable (RunningBinary, Int, String) -> Void = { _, _, _ in }
    ) throws {
        self.process = process
        self.input = input
        let (outputPipe, errorPipe) = (Pipe(), Pipe())
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        try process.run()
        output = Gatherer(outputPipe)
        errors = Gatherer(errorPipe)
        errors.start { _, _ in }
        output.start { [self] number, line in onLine(self, number, line) }
    }

    /// What somebody types on its terminal.
    func type(_ text: String) { try? input.write(contentsOf: Data(text.utf8)) }

    /// Whether its standard output holds this by now.
    func hasShown(_ text: String) -> Bool { output.text.contains(text) }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Something to do as soon as it is so.
    struct Act: Sendable {
        var when: @Sendable () throws -> Bool
        var perform: @Sendable () -> Void
    }

    /// Does one after the other: on a thread of its own, because the tests that run beside this one keep tasks waiting
    /// for longer than what is waited for may last.
    static func follow(_ acts: Act...) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        for act in acts {
                            try wait(until: act.when)
                            act.perform()
                        }
                    })
            }
        }
    }

    private static func wait(until isSo: () throws -> Bool) throws {
        for _ in 0..<12_000 {
            if try isSo() { return }
            usleep(10_000)
        }
        throw NeverSo()
    }

    struct NeverSo: Error {}

    func hasSaid(_ text: String) -> Bool { errors.text.contains(text) }

    func end() async -> BuiltBinary.Result {
        let (output, errors) = await (output.end(), errors.end())
        process.waitUntilExit()
        return BuiltBinary.Result(status: process.terminationStatus, output: output, errors: errors)
    }

    /// Whether it was ended by this signal and not by itself. To be asked after `end`.
    func wasKilled(by signal: Int32) -> Bool {
        process.terminationReason == .uncaughtSignal && process.terminationStatus == signal
    }
}

/// Reads a pipe on a thread of its own.
private final class Gatherer: Sendable {
    private struct State {
        var text = ""
        var isOver = false
        var waiting: CheckedContinuation<String, Never>?
    }

    private let pipe: Pipe
    private let state = Mutex(State())

    init(_ pipe: Pipe) { self.pipe = pipe }

    var text: String { state.withLock { $0.text } }

    func start(_ onLine: @escaping @Sendable (Int, String) -> Void) {
        Thread.detachNewThread { [self] in
            var (rest, number) = ("", 0)
            while true {
                let data = pipe.fileHandleForReading.availableData
                guard !data.isEmpty else { break }
                let more = String(decoding: data, as: UTF8.self)
                state.withLock { $0.text += more }
                rest += more
                while let line = rest.firstIndex(of: "\n") {
                    number += 1
                    onLine(number, String(rest[..<line]))
                    rest = String(rest[rest.index(after: line)...])
                }
            }
            state.withLock { state in
                state.isOver = true
                state.waiting?.resume(returning: state.text)
                state.waiting = nil
            }
        }
    }

    func end() async -> String {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                if state.isOver { continuation.resume(returning: state.text) } else { state.waiting = continuation }
            }
        }
    }
}
