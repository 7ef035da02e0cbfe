import ProfileModel

extension Roster {
    /// What must still be asked to know the live side of every line: in address order, nothing twice,
    /// and one question for a user where two or more of the user's profiles are to be read.
    func questions(_ live: LiveState, scope: PlanScope) -> [Lookup] {
        let open = zip(lines, readings(live, scope: scope)).compactMap { line, reading -> Question? in
            guard case .unanswered(let lookup) = reading.state else { return nil }
            return Question(lookup: lookup, userID: line.entry.flatMap { entries[$0].userID })
        }
        var profilesOfUser: [String: Int] = [:]
        for question in open {
            guard case .profile = question.lookup, let userID = question.userID else { continue }
            profilesOfUser[userID, default: 0] += 1
        }
        var asked: Set<Lookup> = []
        return open.compactMap { question in
            var lookup = question.lookup
            if case .profile = lookup, let userID = question.userID, live.answers[.user(userID)] == nil,
                profilesOfUser[userID, default: 0] > 1
            {
                lookup = .user(userID)
            }
            return asked.insert(lookup).inserted ? lookup : nil
        }
    }

    private struct Question {
        var lookup: Lookup
        /// The user who had the profile when we last saw it.
        var userID: String?
    }
}
