/// An access token as the service granted it.
struct AccessToken: Sendable {
    var value: Secret
    /// Seconds; nil for a token that runs out at an unknown time.
    var lifetime: Double?

    /// Renewed a minute early, or at half of a short life.
    var usefulLifetime: Double? {
        lifetime.map { max($0 - 60, $0 / 2) }
    }
}

/// Keeps one access token fresh for all workers, with at most one fetch under way.
actor AccessTokens {
    private struct Held {
        var value: Secret
        var renewAt: Double?
    }

    private let fetch: @Sendable () async -> Result<AccessToken, APIFailure>
    private let now: @Sendable () -> Double
    private var held: Held?
    private var fetching: Task<Result<AccessToken, APIFailure>, Never>?

    init(
        now: @escaping @Sendable () -> Double, fetch: @escaping @Sendable () async -> Result<AccessToken, APIFailure>
    ) {
        self.now = now
        self.fetch = fetch
    }

    func current() async throws(APIFailure) -> Secret {
        if let held, held.renewAt.map({ now() < $0 }) ?? true { return held.value }
        return try await renewed()
    }

    /// Another token than the one that was refused; fetched once, however many workers were refused.
    func replacement(for refused: Secret) async throws(APIFailure) -> Secret {
        if let held, held.value != refused { return held.value }
        held = nil
        return try await renewed()
    }

    private func renewed() async throws(APIFailure) -> Secret {
        // Not a child of the caller's task: others wait for it when that one is cancelled.
        let task = fetching ?? Task { [fetch] in await fetch() }
        fetching = task
        let asked = now()
        guard let result = await value(of: task) else { throw .cancelled }
        if fetching == task {
            fetching = nil
            if case .success(let token) = result {
                held = Held(value: token.value, renewAt: token.usefulLifetime.map { asked + $0 })
            }
        }
        return try result.get().value
    }
}

/// Nil as soon as the task that waits is cancelled; the one that is waited for goes on.
private func value<Value: Sendable>(of task: Task<Value, Never>) async -> Value? {
    let (values, continuation) = AsyncStream<Value>.makeStream()
    Task {
        continuation.yield(await task.value)
        continuation.finish()
    }
    for await value in values { return value }
    return nil
}
