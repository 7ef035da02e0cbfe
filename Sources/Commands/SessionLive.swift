import Glibc
import ProfileModel
import ProfilesAPI
import Synchronization

extension Session {
    /// The real world.
    package static func live() -> Session {
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow any more is told of as a full disk is.
        signal(SIGXFSZ, SIG_IGN)
        Interrupts.listen()
        return Session(
            environment: [:], variables: processVariables(),
            workingDirectory: currentDirectory(),
            output: .descriptor(STDOUT_FILENO),
            errorOutput: .descriptor(STDERR_FILENO),
            readLine: { Swift.readLine() },
            discardTyped: { tcflush(STDIN_FILENO, TCIFLUSH) },
            terminal: { liveTerminal() },
            now: { liveNow() },
            uptime: {
                let duration = ContinuousClock.now - processStart
                return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
            },
            sleep: { try await Task.sleep(for: .seconds($0)) },
            pause: { try await Task.sleep(for: .seconds($0)) },
            randomSeed: { UInt64.random(in: 0...UInt64.max) },
            isInterrupted: { Interrupts.isDraining },
            waitForInterrupt: { await Interrupts.waitForDrain() },
            whenInterrupted: { Interrupts.answer(by: $0) },
            keepToTheEnd: { value in kept.withLock { $0.append(value) } },
            process: liveProcess(),
            isRunning: { kill($0, 0) == 0 || errno == EPERM },
            network: { liveNetwork() },
            runProgram: { call throws(ProgramCall.Failure) in try call.run() }
        )
    }
}

private let processStart = ContinuousClock.now
private let kept = Mutex<[any Sendable]>([])

private func liveNow() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
}

/// Empty when the directory was removed, or is out of reach.
private func currentDirectory() -> String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    let directory = String(cString: path)
    return directory.hasPrefix("/") ? directory : ""
}

private func liveTerminal() -> Session.Terminal {
    var size = winsize()
    let width = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    return Session.Terminal(
        inputIsTerminal: isatty(STDIN_FILENO) == 1, outputIsTerminal: isatty(STDOUT_FILENO) == 1,
        errorIsTerminal: isatty(STDERR_FILENO) == 1, width: width)
}

private func liveProcess() -> Session.ProcessFacts {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    let host = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(geteuid())"
    return Session.ProcessFacts(id: getpid(), host: host, user: user)
}

private func liveNetwork() -> Session.NetworkConnection {
    let client = NetworkClient()
    return Session.NetworkConnection(transport: .network(client), shutDown: { await client.shutdown() })
}
