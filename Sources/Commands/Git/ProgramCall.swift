import Glibc

/// Another program, run to its end without a shell.
package struct ProgramCall: Sendable {
    /// Looked for on the PATH.
    package var name: String
    package var arguments: [String]
    package var environment: [String: String]
    package var input: [UInt8]

    package init(name: String, arguments: [String], environment: [String: String], input: [UInt8] = []) {
        self.name = name
        self.arguments = arguments
        self.environment = environment
        self.input = input
    }

    package struct Result: Sendable {
        package var status: Int32
        package var output: [UInt8]
        package var errors: [UInt8]
    }

    package struct Failure: Error {
        package var reason: String
        /// There is no such program.
        package var isMissing: Bool

        init(_ number: Int32) {
            reason = errorText(number)
            isMissing = number == ENOENT
        }
    }

    /// Waits for the end. What the program reads and writes goes on at the same time, or full pipes would
    /// stop both sides.
    package func run() throws(Failure) -> Result {
        let (input, output, errors) = (try Pipe(), try Pipe(), try Pipe())
        let process = try start(input, output, errors)
        var streams = ProgramStreams(
            input: input.keepingWriteEnd(), output: output.keepingReadEnd(), errors: errors.keepingReadEnd(),
            pending: self.input[...])
        streams.carry()
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return Result(status: code, output: streams.received, errors: streams.complaints)
    }

    private func start(_ input: Pipe, _ output: Pipe, _ errors: Pipe) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.reading, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors.writing, STDERR_FILENO)
        // We ignore SIGPIPE, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        var process: pid_t = 0
        let words = CStrings([name] + arguments)
        let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
        let code = posix_spawnp(&process, name, &actions, &attributes, words.pointers, variables.pointers)
        guard code == 0 else {
            for pipe in [input, output, errors] { pipe.closeBoth() }
            throw Failure(code)
        }
        return process
    }
}

private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws(ProgramCall.Failure) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ProgramCall.Failure(errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    func keepingReadEnd() -> Int32 {
        close(writing)
        return reading
    }

    func keepingWriteEnd() -> Int32 {
        close(reading)
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        return writing
    }

    func closeBoth() {
        close(reading)
        close(writing)
    }
}

/// Texts as C takes a list of them.
private final class CStrings {
    private(set) var pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) {
        pointers = texts.map { strdup($0) } + [nil]
    }

    deinit { for pointer in pointers { free(pointer) } }
}

/// The three streams of a program, seen from outside.
private struct ProgramStreams {
    var input: Int32
    var output: Int32
    var errors: Int32
    var pending: ArraySlice<UInt8>
    var received: [UInt8] = []
    var complaints: [UInt8] = []

    /// Until the program has closed its outputs.
    mutating func carry() {
        if pending.isEmpty { closeInput() }
        while output >= 0 || errors >= 0 {
            var events = [
                pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&events, 3, -1) >= 0 || errno == EINTR else { break }
            if events[0].revents != 0 { send() }
            if events[1].revents != 0 { Self.receive(&output, &received) }
            if events[2].revents != 0 { Self.receive(&errors, &complaints) }
        }
        closeInput()
    }

    private mutating func send() {
        let written = pending.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if written >= 0 {
            pending = pending.dropFirst(written)
        } else if errno != EAGAIN, errno != EINTR {
            // It wants no more, and will say why.
            pending = []
        }
        if pending.isEmpty { closeInput() }
    }

    private mutating func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    private static func receive(_ descriptor: inout Int32, _ bytes: inout [UInt8]) {
        var got = 0
        bytes += [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            got = read(descriptor, buffer.baseAddress, 1 << 16)
            count = max(0, got)
        }
        if got < 0, errno == EINTR || errno == EAGAIN { return }
        guard got <= 0 else { return }
        close(descriptor)
        descriptor = -1
    }
}
