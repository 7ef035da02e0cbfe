import Planning
import ProfileModel
import Testing

/// No smaller set of questions would let the planner know as much.
struct FewestReadsTests {
    /// Small worlds in which the ledger is right about who has what: profiles of a few users, some of nobody
    /// known, some new ones, some under users whom the manifests name. Every set of questions is tried.
    @Test(arguments: 1...250 as ClosedRange<UInt64>)
    func noSmallerSetOfQuestionsIsEnough(seed: UInt64) {
        var random = SeededRandom(seed)
        let users = ["1", "2", "3", nil]
        var wanted: [DesiredProfile] = []
        var ledger: [LedgerEntry] = []
        var profiles: [Profile] = []
        for number in 0..<Int.random(in: 1...5, using: &random) {
            let (name, ids, user) = ("p\(number)", ["member:\(number)"], users.randomElement(using: &random) ?? nil)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: wanted.append(desired(name, ids))
            case 1:
                wanted.append(desired(name, ids, userID: user))
                if let user { profiles.append(live("L\(number)", ids, user: user)) }
            default:
                profiles.append(live("L\(number)", ids, user: user))
                ledger.append(applied(name, id: "L\(number)", ids, user: user))
                wanted.append(desired(name, ids))
            }
        }
        let world = World(profiles)
        let planner = planner(wanted, ledger)
        let asked = world.answers(to: planner).answers.count

        let questions =
            profiles.map { Lookup.profile(id: $0.id) } + users.compactMap { $0.map { .user($0) } }
            + wanted.map { .query($0.keyQuery) }
        let fewest = (0..<(1 << questions.count)).filter { choice in
            choice.nonzeroBitCount < asked
                && planner.lookups(
                    after: LiveState(
                        answers: Dictionary(
                            uniqueKeysWithValues: questions.indices.filter { choice >> $0 & 1 == 1 }.map {
                                (questions[$0], world.answer(questions[$0]))
                            }))
                ).isEmpty
        }
        #expect(fewest.isEmpty, "seed \(seed): \(asked) questions, but fewer are enough")
    }

    @Test func aUserWhomTheManifestsNameIsAskedForOnceAndForAll() {
        let wanted = [
            desired("a", ["member:a"], userID: "7"), desired("b", ["member:b"], userID: "7"),
            desired("c", ["member:c"]),
        ]
        let world = World([live("PA", ["member:a"], user: "7"), live("PC", ["member:c"], user: "7")])
        let planner = planner(wanted, [applied("c", id: "PC", ["member:c"], user: "7")])
        #expect(planner.lookups(after: LiveState()) == [.user("7")])
        #expect(Set(world.answers(to: planner).answers.keys) == [.user("7"), .query(query("member:b"))])
    }

    @Test func whoHoldsAnIdentifierIsAskedOnlyWhereItIsToBeTaken() {
        let wanted = [
            desired("a", ["member:a", "badge:1"]), desired("b", ["member:b", "badge:2"]), desired("n", ["member:n"]),
        ]
        let world = World([
            live("PA", ["member:a", "badge:1"], user: "1"), live("PB", ["member:b"], user: "2"),
        ])
        let planner = planner(
            wanted,
            [
                applied("a", id: "PA", ["member:a", "badge:1"], user: "1"),
                applied("b", id: "PB", ["member:b"], user: "2"),
            ])
        #expect(
            Set(world.answers(to: planner).answers.keys) == [
                .profile(id: "PA"), .profile(id: "PB"), .query(query("member:n")), .query(query("badge:2")),
            ])
    }
}
