package import ProfileModel
package import ProfilesAPI

/// Everything that a command may touch outside itself. Commands reach the world through this value
/// only, so that a test decides what the world is.
package struct Session: Sendable {
    package var environment: [String: String]
    /// Absolute.
    package var workingDirectory: String
    package var output: Output
    package var errorOutput: Output
    /// A line from the user without its line break, or nil at the end of the input.
    package var readLine: @Sendable () -> String?
    package var terminal: Terminal
    package var now: @Sendable () -> Timestamp
    /// Seconds on a clock that never goes back.
    package var uptime: @Sendable () -> Double
    package var sleep: @Sendable (Double) async throws -> Void
    /// As `sleep`, for what only keeps an eye on something: it ends when its task is cancelled.
    package var pause: @Sendable (Double) async throws -> Void
    package var randomSeed: @Sendable () -> UInt64
    /// Whether the user asked to stop (first Ctrl-C or SIGTERM).
    package var isInterrupted: @Sendable () -> Bool
    /// While true, the first Ctrl-C or SIGTERM lets what is under way come to its end; else it ends the process.
    package var drainsWhenInterrupted: @Sendable (Bool) -> Void
    /// Holds on to a large value until the process exits: to give its parts back one by one would take longer.
    package var keepToTheEnd: @Sendable (any Sendable) -> Void
    package var process: ProcessFacts
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

    package init(
        environment: [String: String], workingDirectory: String, output: Output, errorOutput: Output,
        readLine: @escaping @Sendable () -> String?, terminal: Terminal, now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async throws -> Void,
        pause: @escaping @Sendable (Double) async throws -> Void, randomSeed: @escaping @Sendable () -> UInt64,
        isInterrupted: @escaping @Sendable () -> Bool,
        drainsWhenInterrupted: @escaping @Sendable (Bool) -> Void = { _ in },
        keepToTheEnd: @escaping @Sendable (any Sendable) -> Void = { _ in }, process: ProcessFacts,
        network: @escaping @Sendable () -> NetworkConnection,
        runProgram: @escaping @Sendable (ProgramCall) throws(ProgramCall.Failure) -> ProgramCall.Result
    ) {
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.output = output
        self.errorOutput = errorOutput
        self.readLine = readLine
        self.terminal = terminal
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
        self.pause = pause
        self.randomSeed = randomSeed
        self.isInterrupted = isInterrupted
        self.drainsWhenInterrupted = drainsWhenInterrupted
        self.keepToTheEnd = keepToTheEnd
        self.process = process
        self.network = network
        self.runProgram = runProgram
    }
}
