import Ledger
package import Manifests
package import ProfileModel
package import ProfilesAPI

/// Everything that a command may touch outside itself. Commands reach the world through this value
/// only, so that a test decides what the world is.
package struct Session: Sendable {
    /// The variables of the process for what is decided here, with U+FFFD for what is no UTF-8.
    package var environment: [String: String]
    /// The same for what is sent or chosen by them: it knows which values are no text.
    package var variables: ProcessEnvironment
    /// Absolute; empty when there is none any more.
    package var workingDirectory: String
    package var output: Output
    package var errorOutput: Output
    /// A line from the user without its line break, or nil at the end of the input.
    package var readLine: @Sendable () -> String?
    /// Forgets what was typed on the terminal and not read yet.
    package var discardTyped: @Sendable () -> Void
    /// As it is now: a window changes its width.
    package var terminal: @Sendable () -> Terminal
    package var now: @Sendable () -> Timestamp
    /// Seconds on a clock that never goes back.
    package var uptime: @Sendable () -> Double
    package var sleep: @Sendable (Double) async throws -> Void
    /// As `sleep`, for what only keeps an eye on something: it ends when its task is cancelled.
    package var pause: @Sendable (Double) async throws -> Void
    /// Blocks the thread for so many seconds, where a library waits on it.
    package var pauseThread: @Sendable (Double) -> Void
    package var randomSeed: @Sendable () -> UInt64
    /// Whether the user asked to stop (first Ctrl-C or SIGTERM) and the work is to come to an orderly end.
    package var isInterrupted: @Sendable () -> Bool
    /// True once that is so; false when the task was cancelled.
    package var waitForInterrupt: @Sendable () async -> Bool
    /// Sets what Ctrl-C and SIGTERM do from now on.
    package var whenInterrupted: @Sendable (InterruptResponse) -> Void
    /// Holds on to a large value until the process exits: to give its parts back one by one would take longer.
    package var keepToTheEnd: @Sendable (any Sendable) -> Void
    package var process: ProcessFacts
    /// Whether a process of this id runs on this machine.
    package var isRunning: @Sendable (Int32) -> Bool
    package var network: @Sendable () -> NetworkConnection
    package var runProgram: @Sendable (ProgramCall) throws(ProgramCall.Failure) -> ProgramCall.Result

    package struct Terminal: Sendable {
        package var inputIsTerminal: Bool
        package var outputIsTerminal: Bool
        package var errorIsTerminal: Bool
        /// Columns; nil when the output is no terminal.
        package var width: Int?

        package init(
            inputIsTerminal: Bool = false, outputIsTerminal: Bool = false, errorIsTerminal: Bool = false,
            width: Int? = nil
        ) {
            self.inputIsTerminal = inputIsTerminal
            self.outputIsTerminal = outputIsTerminal
            self.errorIsTerminal = errorIsTerminal
            self.width = width
        }
    }

    package struct ProcessFacts: Sendable {
        package var id: Int32
        package var host: String
        package var user: String

        package init(id: Int32, host: String, user: String) {
            self.id = id
            self.host = host
            self.user = user
        }
    }

    package struct NetworkConnection: Sendable {
        package var transport: HTTPTransport
        package var shutDown: @Sendable () async -> Void

        package init(transport: HTTPTransport, shutDown: @escaping @Sendable () async -> Void) {
            self.transport = transport
            self.shutDown = shutDown
        }
    }

    /// - Parameters:
    ///   - environment: variables of the process.
    ///   - variables: more of them as `NAME=value`, as the system hands them over.
    package init(
        environment: [String: String], variables: [[UInt8]] = [], workingDirectory: String, output: Output,
        errorOutput: Output,
        readLine: @escaping @Sendable () -> String?, discardTyped: @escaping @Sendable () -> Void = {},
        terminal: @escaping @Sendable () -> Terminal,
        now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async throws -> Void,
        pause: @escaping @Sendable (Double) async throws -> Void,
        pauseThread: @escaping @Sendable (Double) -> Void = { Ledger.pauseThread($0) },
        randomSeed: @escaping @Sendable () -> UInt64,
        isInterrupted: @escaping @Sendable () -> Bool,
        waitForInterrupt: @escaping @Sendable () async -> Bool = { false },
        whenInterrupted: @escaping @Sendable (InterruptResponse) -> Void = { _ in },
        keepToTheEnd: @escaping @Sendable (any Sendable) -> Void = { _ in }, process: ProcessFacts,
        isRunning: @escaping @Sendable (Int32) -> Bool = { _ in true },
        network: @escaping @Sendable () -> NetworkConnection,
        runProgram: @escaping @Sendable (ProgramCall) throws(ProgramCall.Failure) -> ProgramCall.Result
    ) {
        let texts = environment.map { Array("\($0.key)=\($0.value)".utf8) }
        self.variables = ProcessEnvironment(entries: texts + variables)
        self.environment = self.variables.texts
        self.workingDirectory = workingDirectory
        self.output = output
        self.errorOutput = errorOutput
        self.readLine = readLine
        self.discardTyped = discardTyped
        self.terminal = terminal
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
        self.pause = pause
        self.pauseThread = pauseThread
        self.randomSeed = randomSeed
        self.isInterrupted = isInterrupted
        self.waitForInterrupt = waitForInterrupt
        self.whenInterrupted = whenInterrupted
        self.keepToTheEnd = keepToTheEnd
        self.process = process
        self.isRunning = isRunning
        self.network = network
        self.runProgram = runProgram
    }
}

extension Session {
    /// Whether the variable CI says that a pipeline runs: it is set, and neither empty, `0` nor `false`.
    var isInPipeline: Bool { !["", "0", "false"].contains(environment["CI"]?.lowercased() ?? "") }

    /// The line that the user answers with, or nil at the end of the input. What was typed before the question was
    /// there answers nothing.
    func answer(to question: String) throws -> String? {
        discardTyped()
        try errorOutput.write(question)
        return readLine()
    }
}
