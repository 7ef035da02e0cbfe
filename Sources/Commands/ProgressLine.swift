import Planning
import Synchronization
import Views

/// The last line of the terminal while an apply runs: rewritten in place, and gone before anything else is written.
final class ProgressLine: Sendable {
    private struct State {
        var planned = 0
        var ended = 0
        var start: Double?
        var isDrawn = false
    }

    private let session: Session
    private let state = Mutex(State())

    /// Nil where it would not be seen, or where it would spoil what is recorded.
    init?(_ format: OutputFormat, in session: Session) {
        let (terminal, environment) = (session.terminal(), session.environment)
        guard format == .text, terminal.outputIsTerminal, terminal.errorIsTerminal, terminal.width != nil,
            environment["TERM"] != "dumb", (environment["CI"] ?? "").isEmpty
        else { return nil }
        self.session = session
    }

    /// Takes note of an event, and writes what is to be told of it.
    func tell(_ event: ApplyEvent, of plan: Int, _ write: () throws -> Void) throws {
        try state.withLock { state in
            erase(&state)
            try write()
            state.planned = plan
            switch event {
            case .started: if state.start == nil { state.start = session.uptime() }
            case .finished: state.ended += 1
            case .settled, .progress, .waiting, .canary: break
            case .summary: return
            }
            draw(&state)
        }
    }

    /// Writes something else in its place.
    func interrupted(by write: () -> Void) {
        state.withLock { state in
            let wasDrawn = state.isDrawn
            erase(&state)
            write()
            if wasDrawn { draw(&state) }
        }
    }

    func clear() {
        state.withLock { erase(&$0) }
    }

    private func draw(_ state: inout State) {
        guard let width = session.terminal().width else { return }
        let seconds = state.start.map { session.uptime() - $0 } ?? 0
        let progress = ApplyProgress(planned: state.planned, ended: state.ended, seconds: seconds)
        try? session.errorOutput.write(ProgressText.line(progress, width: width))
        state.isDrawn = true
    }

    private func erase(_ state: inout State) {
        guard state.isDrawn else { return }
        try? session.errorOutput.write("\r\u{1B}[K")
        state.isDrawn = false
    }
}
