package import Planning
package import ProfileModel
package import ProfilesAPI

/// Asks the service what the planner needs to know, round by round, until it knows enough.
package func refresh(
    for planner: Planner, from client: ReadingClient, parallelism: Int
) async throws(APIFailure) -> LiveState {
    try await refresh(asking: planner.lookups, from: client, parallelism: parallelism)
}

/// Asks the service round by round.
/// - Parameter questions: those that are open after the answers so far; none ends it.
package func refresh(
    asking questions: @Sendable (LiveState) -> [Lookup], from client: ReadingClient, parallelism: Int
) async throws(APIFailure) -> LiveState {
    var live = LiveState()
    while true {
        let lookups = questions(live)
        guard !lookups.isEmpty else { return live }
        for (lookup, answer) in try await answers(to: lookups, from: client, parallelism: parallelism) {
            live.answers[lookup] = answer ?? []
            if case .user(let userID) = lookup, answer == nil { live.unknownUsers.insert(userID) }
        }
    }
}

private func answers(
    to lookups: [Lookup], from client: ReadingClient, parallelism: Int
) async throws(APIFailure) -> [(Lookup, [Profile]?)] {
    do {
        return try await withThrowingTaskGroup(of: (Lookup, [Profile]?).self) { group in
            var waiting = lookups.makeIterator()
            var answers: [(Lookup, [Profile]?)] = []
            answers.reserveCapacity(lookups.count)
            for _ in 0..<max(1, parallelism) {
                guard let lookup = waiting.next() else { break }
                group.addTask { (lookup, try await client.answer(lookup)) }
            }
            while let answer = try await group.next() {
                answers.append(answer)
                guard let lookup = waiting.next() else { continue }
                group.addTask { (lookup, try await client.answer(lookup)) }
            }
            return answers
        }
    } catch let failure as APIFailure {
        throw failure
    } catch {
        fatalError("a read throws nothing but APIFailure: \(error)")
    }
}
