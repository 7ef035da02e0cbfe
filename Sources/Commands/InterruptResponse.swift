/// What Ctrl-C and SIGTERM do. The process ends with `ExitCode.interrupted`.
package enum InterruptResponse: Sendable {
    /// The first ends the process at once.
    case end
    /// The first ends the process after this. It runs on a thread of its own, while everything else goes on.
    case endAfter(@Sendable () -> Void)
    /// The first asks the work to come to its end in order. The second ends the process after the farewell, which runs on a
    /// thread of its own.
    case drain(farewell: @Sendable () -> Void)
}
