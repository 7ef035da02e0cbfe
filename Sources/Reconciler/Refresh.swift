package import Planning
package import ProfileModel
package import ProfilesAPI

/// Asks the service what the planner needs to know, round by round, until it knows enough.
package func refresh(
    for planner: Planner, from client: ReadingClient, parallelism: Int
) async throws(APIFailure) -> LiveState {
    try await refresh(asking: planner.lookups, from: client, parallelism: parallelism)
}

/// Asks the service round by round. An answer that cannot be read stands in `LiveState.unreadable`. It is a failure
/// only when the way to the service spoiled all answers, such as a login page.
/// - Parameter questions: those that are open after the answers so far; none ends it.
package func refresh(
    asking questions: @Sendable (LiveState) -> [Lookup], from client: ReadingClient, parallelism: Int
) async throws(APIFailure) -> LiveState {
    var round = Round()
    while true {
        let lookups = questions(round.live)
        guard !lookups.isEmpty else { return round.live }
        try await ask(lookups, from: client, parallelism: parallelism, &round)
        try round.checkThatServiceAnswers()
    }
}

private typealias Answer = (lookup: Lookup, result: Result<LookupAnswer?, APIFailure>)

/// What was answered so far.
private struct Round {
    /// So many answers in a row that nobody can read are enough: the others will be no better.
    private static let enough = 100

    var live = LiveState()
    private var first: APIFailure?
    private var areAllOfTheWay = true

    mutating func note(_ answer: Answer) throws(APIFailure) {
        switch answer.result {
        case .success(let found):
            live.answers[answer.lookup] = found?.profiles ?? []
            if let unreadable = found?.unreadable, !unreadable.isEmpty { live.unreadable[answer.lookup] = unreadable }
            if case .user(let userID) = answer.lookup, found == nil { live.unknownUsers.insert(userID) }
        case .failure(let failure):
            guard let unreadable = failure.unreadable(in: answer.lookup) else { throw failure }
            live.unreadable[answer.lookup] = [unreadable]
            first = first ?? failure
            areAllOfTheWay = areAllOfTheWay && failure.isOfTheWay
            if live.answers.isEmpty, live.unreadable.count >= Self.enough { throw failure }
        }
    }

    func checkThatServiceAnswers() throws(APIFailure) {
        if let first, live.answers.isEmpty, areAllOfTheWay { throw first }
    }
}

private func ask(
    _ lookups: [Lookup], from client: ReadingClient, parallelism: Int, _ round: inout Round
) async throws(APIFailure) {
    do {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            var waiting = lookups.makeIterator()
            for _ in 0..<max(1, parallelism) {
                guard let lookup = waiting.next() else { break }
                group.addTask { await answer(to: lookup, from: client) }
            }
            while let answer = try await group.next() {
                try round.note(answer)
                guard let lookup = waiting.next() else { continue }
                group.addTask { await Reconciler.answer(to: lookup, from: client) }
            }
        }
    } catch let failure as APIFailure {
        throw failure
    } catch {
        fatalError("a read throws nothing but APIFailure: \(error)")
    }
}

private func answer(to lookup: Lookup, from client: ReadingClient) async -> Answer {
    do throws(APIFailure) {
        return (lookup, .success(try await client.answer(lookup)))
    } catch {
        return (lookup, .failure(error))
    }
}
