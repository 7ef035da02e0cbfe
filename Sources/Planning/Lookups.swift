import ProfileModel

extension Roster {
    /// What must still be asked to know the live side of every line: in address order, nothing twice.
    ///
    /// One question for a user where two or more of the user's profiles are to be read, or where the manifests
    /// name the user of a new profile: then it matters what else the user has.
    func questions(_ readings: [Reading], _ live: LiveState) -> [Lookup] {
        questionsOfLines(readings, live).eachOnce
    }

    /// The same with the lines that ask; several may ask the same.
    func questionsOfLines(_ readings: [Reading], _ live: LiveState) -> [LineQuestion] {
        let open = zip(lines, readings).enumerated().compactMap { index, pair -> Question? in
            let (line, reading) = pair
            guard case .unanswered(let lookup) = reading.state else { return nil }
            return Question(
                line: index, lookup: lookup, formerUser: line.entry.flatMap { entries[$0].userID },
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
        return open.map { question in
            var lookup = question.lookup
            if let user = question.user, !live.wasAsked(.user(user)), wanted[user, default: 0] > 1 {
                lookup = .user(user)
            }
            return LineQuestion(line: question.line, lookup: lookup)
        }
    }

    private struct Question {
        var line: Int
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
        ownerQuestionsOfLines(readings, live).eachOnce
    }

    /// The same with the lines that ask; several may ask the same.
    func ownerQuestionsOfLines(_ readings: [Reading], _ live: LiveState) -> [LineQuestion] {
        let claims = self.claims(readings)
        let known = LiveIndex(live).selected(by: Set(claims.map(\.query.canonical)))
        let questions = claims.compactMap { claim -> LineQuestion? in
            let lookup = Lookup.query(claim.query.stored)
            guard !live.wasAsked(lookup), known[claim.query.canonical] == nil else { return nil }
            return LineQuestion(line: claim.line, lookup: lookup)
        }
        return questions + questionsOfUsers(readings, live)
    }

    /// Queries for the identifiers that the lines bring to their profiles.
    private func claims(_ readings: [Reading]) -> [(line: Int, query: IdentifierQuery)] {
        var claims: [(line: Int, query: IdentifierQuery)] = []
        for (place, reading) in readings.enumerated() {
            guard let index = lines[place].desired else { continue }
            switch reading.state {
            case .byID(let live), .byKey(let live):
                guard !areSame(desired[index].identifiers, live.identifiers),
                    !IgnoredPaths(desired[index].lifecycle.ignoreChanges).identifiers
                else { continue }
                let held = Set(live.identifiers.map(\.canonical))
                claims += desired[index].asKept(entry(lines[place]), by: live).identifiers
                    .filter { !held.contains($0.canonical) }
                    .map { (place, desired[index].query($0)) }
            case .absent: claims += desired[index].identifiers.map { (place, desired[index].query($0)) }
            case .unanswered, .unreadable, .outOfScope, .letGo, .importRefused: break
            }
        }
        return claims
    }

    /// What the users have to whom new profiles will fall, in rising order of the users.
    private func questionsOfUsers(_ readings: [Reading], _ live: LiveState) -> [LineQuestion] {
        var users: [(user: String, line: Int)] = []
        var claimants: [Identifier: [Int]] = [:]
        for (place, reading) in readings.enumerated() {
            guard case .absent = reading.state, let index = lines[place].desired else { continue }
            if let user = desired[index].userID {
                users.append((user, place))
            } else {
                for identifier in desired[index].identifiers where identifier.isStandard {
                    claimants[identifier.canonical, default: []].append(place)
                }
            }
        }
        for (identifier, found) in LiveIndex(live).users(having: Set(claimants.keys)) {
            for user in found { users += claimants[identifier, default: []].map { (user, $0) } }
        }
        return users.filter { !live.wasAsked(.user($0.user)) }.sorted { $0 < $1 }
            .map { LineQuestion(line: $0.line, lookup: .user($0.user)) }
    }
}

extension DesiredProfile {
    fileprivate func query(_ identifier: Identifier) -> IdentifierQuery {
        IdentifierQuery(source: address.source, type: address.type, identifier: identifier)
    }
}

/// What must be asked to plan a line.
struct LineQuestion {
    var line: Int
    var lookup: Lookup
}

extension [LineQuestion] {
    fileprivate var eachOnce: [Lookup] {
        var asked: Set<Lookup> = []
        return compactMap { asked.insert($0.lookup).inserted ? $0.lookup : nil }
    }
}
