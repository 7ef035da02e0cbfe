import Glibc
import Synchronization

/// Ctrl-C, SIGTERM, and a terminal that is closed (SIGHUP), as they come.
///
/// In a signal handler hardly anything is allowed, so the handler only counts and writes a byte into a pipe. A thread of its
/// own waits at the other end, and does what the response says. Until there is a response a signal ends the process.
enum Interrupts {
    static func listen() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        // Programs that are started inherit nothing of it, and the handler never waits.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        // Touched before any signal comes: the first use of a global initialises it.
        readingEnd.store(ends[0], ordering: .relaxed)
        writingEnd.store(ends[1], ordering: .relaxed)
        signalCount.store(0, ordering: .relaxed)
        endsAtOnce.store(true, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] { signal(number, handle) }
        // What `nohup` started goes on.
        if !isIgnored(SIGHUP) { signal(SIGHUP, handle) }
        unblock([SIGINT, SIGTERM, SIGHUP])
    }

    static func answer(by response: InterruptResponse) {
        _ = thread
        state.withLock { $0.response = response }
        let isEnd = if case .end = response { true } else { false }
        endsAtOnce.store(isEnd, ordering: .relaxed)
    }

    static var isDraining: Bool { state.withLock { $0.isDraining } }

    /// True once the work is to come to its end; false when the task is cancelled.
    static func waitForDrain() async -> Bool {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isDraining || Task.isCancelled { return true }
                    state.waiters[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
        return isDraining
    }

    /// On the thread that waits for signals.
    fileprivate static func respond() {
        switch state.withLock({ $0.response }) {
        case .end: end()
        case .endAfter(let work):
            work()
            end()
        case .drain(let farewell):
            let waiters: [CheckedContinuation<Void, Never>]? = state.withLock { state in
                if state.isDraining { return nil }
                state.isDraining = true
                defer { state.waiters = [:] }
                return Array(state.waiters.values)
            }
            if let waiters { return waiters.forEach { $0.resume() } }
            farewell()
            end()
        }
    }

    private struct State {
        var response = InterruptResponse.end
        var isDraining = false
        var lastWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private static let state = Mutex(State())
}

private let readingEnd = Atomic<Int32>(-1)
private let writingEnd = Atomic<Int32>(-1)
private let signalCount = Atomic<Int>(0)
private let endsAtOnce = Atomic<Bool>(true)

private func end() -> Never { _exit(ExitCode.interrupted.rawValue) }

/// Runs as a signal handler. The third signal ends the process even where the farewell hangs.
private func handle(_: Int32) {
    let count = signalCount.add(1, ordering: .relaxed).newValue
    if count > 2 || endsAtOnce.load(ordering: .relaxed) { _exit(130) }
    let number = errno
    var byte: UInt8 = 0
    _ = write(writingEnd.load(ordering: .relaxed), &byte, 1)
    errno = number
}

private func isIgnored(_ number: Int32) -> Bool {
    var present = sigaction()
    guard sigaction(number, nil, &present) == 0 else { return false }
    return unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}

private func waitForByte(_ descriptor: Int32) -> Bool {
    var byte: UInt8 = 0
    while true {
        let count = read(descriptor, &byte, 1)
        if count < 0, errno == EINTR { continue }
        return count == 1
    }
}

/// A program may be started with signals blocked by what starts it.
private func unblock(_ numbers: [Int32]) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

/// Started with its first use.
private let thread: Void = {
    var thread = pthread_t()
    let result = pthread_create(
        &thread, nil,
        { _ in
            while waitForByte(readingEnd.load(ordering: .relaxed)) { Interrupts.respond() }
            return nil
        }, nil)
    if result == 0 { pthread_detach(thread) }
}()
