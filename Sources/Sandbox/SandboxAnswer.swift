package import HTTPTypes

/// What the sandbox answers, and how the answer travels.
package struct SandboxAnswer: Sendable, Hashable {
    package var head: HTTPResponse
    package var body: [UInt8]
    package var behaviour: SandboxBehaviour

    package init(head: HTTPResponse, body: [UInt8] = [], behaviour: SandboxBehaviour = .normal) {
        self.head = head
        self.body = body
        self.behaviour = behaviour
    }
}

/// What happens to the connection. Whoever carries the answer, the server or an embedded transport, acts on it.
package enum SandboxBehaviour: Sendable, Hashable {
    case normal
    /// The connection closes without an answer, and the request had no effect.
    case cutBefore
    /// The connection closes without an answer, but the request had its effect.
    case cutAfter
    /// The head announces the whole body, `sending` bytes of it arrive, and the connection closes.
    case truncated(sending: Int)
    /// The head announces `announced` bytes, the whole body is sent, and the connection closes.
    case misstatedLength(announced: Int)
    /// The body arrives in pieces, over this time.
    case slow(over: Duration)
}
