/// What becomes of the sentence in which the service says why it refuses a call. It may quote a customer's values in plain
/// words, so no later redaction can find them.
package enum ServiceReasons: Sendable {
    case shown
    /// The sentence is dropped when the answer is read, so that it cannot reach any output, event or journal.
    case hidden
}
