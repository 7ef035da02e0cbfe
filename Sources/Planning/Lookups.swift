import ProfileModel

extension Roster {
    /// What must still be asked to know the live side of every line: in address order, nothing twice.
    ///
    /// One question for a user where two or more of the user's profiles are to be read, or where the manifests
    /// name the user of a new profile: then it matters what else the user has.
    func questions(_ readings: [Reading], _ live: LiveState) -> [Lookup] {
        let open = zip(lines, readings).compactMap { line, reading -> Question? in
            guard case .unanswered(let lookup) = reading.state else { return nil }
            return Question(
                lookup: lookup, formerUser: line.entry.flatMap { entries[$0].userID },
                namedUser: line.desired.flatMap { imports[desired[$0].address] == nil ? desired[$0].userID : nil })
        }
        var wanted: [String: Int] = [:]
        for question in open {
            switch question.lookup {
            case .profile: if let user = question.formerUser { wanted[user, default: 0] += 1 }
            case .query: if let user = question.namedUser { wanted[user, default: 0] += 2 }
            // It is asked anyway, and shows the user's other profiles too.
            case .user(let user): wanted[user, default: 0] += 1
            }
        }
        var asked: Set<Lookup> = []
        return open.compactMap { question in
            var lookup = question.lookup
            if let user = question.user, live.answers[.user(user)] == nil, wanted[user, default: 0] > 1 {
                lookup = .user(user)
            }
            return asked.insert(lookup).inserted ? lookup : nil
        }
    }

    private struct Question {
        var lookup: Lookup
        /// The user who had the profile when we last saw it.
        var formerUser: String?
        /// The user under whom the manifest wants it.
        var namedUser: String?

        var user: String? {
            switch lookup {
            case .profile: formerUser
            case .query: namedUser
            case .user: nil
            }
        }
    }

    /// What must be asked besides to foresee what the service would refuse, once all lines are read: who holds, in
    /// the profile's source and type, each identifier that a step will bring; and what the users have to whom new
    /// profiles will fall.
    func questionsOfOwners(_ readings: [Reading], _ live: LiveState) -> [Lookup] {
        var asked: Set<Lookup> = []
        let claims = self.claims(readings)
        let known = LiveIndex(live).selected(by: Set(claims.map(\.canonical)))
        var questions = claims.compactMap { claim -> Lookup? in
            let lookup = Lookup.query(claim.stored)
            guard live.answers[lookup] == nil, known[claim.canonical] == nil else { return nil }
            return asked.insert(lookup).inserted ? lookup : nil
        }
        for user in usersOfCreates(readings, live) where live.answers[.user(user)] == nil {
            questions.append(.user(user))
        }
        return questions
    }

    /// Queries for the identifiers that the lines bring to their profiles.
    private func claims(_ readings: [Reading]) -> [IdentifierQuery] {
        var claims: [IdentifierQuery] = []
        for (line, reading) in zip(lines, readings) {
            guard let index = line.desired else { continue }
            switch reading.state {
            case .byID(let live), .byKey(let live):
                guard !areSame(desired[index].identifiers, live.identifiers),
                    !IgnoredPaths(desired[index].lifecycle.ignoreChanges).identifiers
                else { continue }
                let held = Set(live.identifiers.map(\.canonical))
                claims += desired[index].identifiers.filter { !held.contains($0.canonical) }
                    .map { desired[index].query($0) }
            case .absent: claims += desired[index].identifiers.map { desired[index].query($0) }
            case .unanswered, .outOfScope, .letGo, .importRefused: break
            }
        }
        return claims
    }

    /// In rising order.
    private func usersOfCreates(_ readings: [Reading], _ live: LiveState) -> [String] {
        var users: Set<String> = []
        var identifiers: Set<Identifier> = []
        for (line, reading) in zip(lines, readings) {
            guard case .absent = reading.state, let index = line.desired else { continue }
            if let user = desired[index].userID {
                users.insert(user)
            } else {
                identifiers.formUnion(desired[index].identifiers.filter(\.isStandard).map(\.canonical))
            }
        }
        for found in LiveIndex(live).users(having: identifiers).values { users.formUnion(found) }
        return users.sorted()
    }
}

extension DesiredProfile {
    fileprivate func query(_ identifier: Identifier) -> IdentifierQuery {
        IdentifierQuery(source: address.source, type: address.type, identifier: identifier)
    }
}
