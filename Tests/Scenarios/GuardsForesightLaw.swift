import Diagnostics
import FoundationEssentials
import Manifests
import ProfileModel
import Sandbox
import Testing

@testable import Planning

/// People with profiles in several sources, who gain, lose and exchange identifiers of all kinds. What a plan
/// foresees comes true: a plan without errors meets no refusal, users change by just what it says, it costs the
/// calls that it says; and a plan with errors could not have been carried out in any order.
///
/// Every user's identities are on some profile that is read: others nobody can foresee.
struct GuardsForesightLaw {
    /// `PROFILECTL_WORLDS` asks for more, `PROFILECTL_SEED` for one seed alone.
    private static let worlds =
        ProcessInfo.processInfo.environment["PROFILECTL_WORLDS"].flatMap { Int($0) } ?? 10_000

    @Test(arguments: lawSeeds)
    func whatIsForeseenComesTrue(seed: UInt64) async throws {
        var draw = Draw(seed: seed)
        let account = try LawAccount()
        var tally = Tally()
        for number in 0..<(Self.worlds / lawSeeds.count) {
            var test = PeopleCase()
            do {
                try account.sandbox.reset()
                try await test.settle(account, &draw)
                test.want(&draw)
                guard test.isValid else { continue }
                try await tally.count(judge(test, account, &draw))
            } catch {
                Issue.record("\(error)\nPROFILECTL_SEED=\(seed), case \(number)\n\(test)")
                return
            }
        }
        print("foresight: \(tally) of seed \(seed)")
        #expect(tally.carriedOut > tally.all / 4, "too many plans were refused to prove anything")
        #expect(tally.provedImpossible > tally.all / 50, "too few errors to prove that they are true")
    }

    private struct Tally: CustomStringConvertible {
        var all = 0
        var carriedOut = 0
        var provedImpossible = 0

        mutating func count(_ verdict: Verdict) {
            all += 1
            switch verdict {
            case .carriedOut: carriedOut += 1
            case .impossible: provedImpossible += 1
            case .notJudged: break
            }
        }

        var description: String {
            "\(carriedOut) worlds reached, \(provedImpossible) shown to be out of reach, \(all) in all"
        }
    }

    private enum Verdict {
        case carriedOut, impossible, notJudged
    }

    private func judge(_ test: PeopleCase, _ account: LawAccount, _ draw: inout Draw) async throws -> Verdict {
        let start = account.sandbox.world()
        let reads = account.sandbox.requests.count
        let planner = account.planner(test.desired, test.ledger)
        let live = try await account.live(for: planner)
        let plan = planner.plan(live, at: Timestamp(seconds: 1_700_000_000))
        guard plan.cost.readsMade == account.sandbox.requests.count - reads else {
            throw Broken("reads are miscounted")
        }
        if plan.errored { return try await doubt(test, live, account, start) }
        guard plan.blocked.allSatisfy({ $0.isOfUser }) else { throw Broken("blocked: \(plan.blocked.map(\.reason))") }

        let entries = try await account.carryOut(plan, test.ledger, &draw)
        let foreseen = Forecasted(plan, before: start.users)
        guard foreseen.people == Set(account.sandbox.users.map(Person.init)) else {
            throw Broken("users are \(account.sandbox.users.map(Person.init)), foreseen were \(foreseen.people)")
        }
        let again = try await account.plan(test.desired, entries)
        guard again.steps.isEmpty, again.diagnostics.filter({ $0.severity == .error }).isEmpty else {
            throw Broken("then there is still to do: \(again.steps.map { "\($0.action) \($0.address)" })")
        }
        return .carriedOut
    }

    /// Whether the service would take the steps all the same, one by one in some order.
    private func doubt(
        _ test: PeopleCase, _ live: LiveState, _ account: LawAccount, _ start: SandboxWorld
    ) async throws -> Verdict {
        let roster = Roster(test.desired, test.ledger)
        let decisions = Decisions(roster, roster.readings(live, scope: PlanScope()), patchNullDeletes: false)
        let steps = decisions.steps.filter { $0.request != nil }
        guard decisions.blocked.isEmpty, decisions.diagnostics.allSatisfy({ $0.severity != .error }),
            steps.count <= 4, !test.sharesIdentities
        else { return .notJudged }
        if let order = try await account.orderThatIsTaken(steps, from: start) { throw Broken(falseAlarm: order) }
        return .impossible
    }
}

extension BlockedStep {
    /// A profile cannot change its user, and what waits for one that should is blocked too.
    fileprivate var isOfUser: Bool {
        switch reason {
        case .userDiffers, .dependsOn: true
        case .deletesAreOff, .preventDestroy, .deletesEverything, .tooManyDeletes, .tooManyUpdates, .sourceKeepsAll,
            .tooManyDeletesOfSource, .tooManyUpdatesOfSource, .excluded, .conflict, .notCheckedOut,
            .unknownWithoutLedger, .unreadable, .ownerUnreadable, .notReproducible:
            false
        }
    }
}

/// A user without its number, which nobody can foresee.
private struct Person: Hashable, CustomStringConvertible {
    var name: String
    var externalID: String?
    var identities: Set<Identifier>
    /// Nil for a user that the plan made.
    var id: String?

    init(_ user: SandboxUser) {
        name = user.name
        externalID = user.externalID
        identities = Set(user.identities)
        id = nil
    }

    var description: String {
        "\(name) \(externalID ?? "-") \(identities.map { "\($0.type) \($0.value)" }.sorted())"
    }
}

/// The users after a plan, as its side effects say.
private struct Forecasted {
    private var users: [AffectedUser: Person]

    init(_ plan: Plan, before: [SandboxUser]) {
        users = Dictionary(uniqueKeysWithValues: before.map { (.known($0.id), Person($0)) })
        for step in plan.steps {
            for effect in step.sideEffects {
                switch effect {
                case .identityAdded(let user, let identifier, .certain): users[user]?.identities.insert(identifier)
                case .externalIDSet(let user, let value, .certain): users[user]?.externalID = value
                case .anonymousUserCreated(let name, _):
                    users[.new(step.address)] = Person(SandboxUser(id: "", name: name))
                case .identityAdded, .externalIDSet, .attached, .identityKept: break
                }
            }
        }
    }

    var people: Set<Person> { Set(users.values) }
}

/// Live profiles, which of them are ours, and what we want.
private struct PeopleCase: CustomStringConvertible {
    private(set) var live: [(profile: Profile, isManaged: Bool)] = []
    private(set) var ledger: [LedgerEntry] = []
    private(set) var desired = DesiredState()

    private static let pairs = [("s", "t"), ("s", "u"), ("c", "t")]
    private static let badges = (1...4).map { Identifier(type: "badge", value: "b\($0)") }
    private static let standard =
        (1...3).map { Identifier(type: "email", value: "e\($0)@x") }
        + (1...2).map { Identifier(type: "external_id", value: "x\($0)") }
        + (1...2).map { Identifier(type: "phone_number", value: "\($0)") }

    /// Other clients, and we in earlier runs, make some profiles.
    mutating func settle(_ account: LawAccount, _ draw: inout Draw) async throws {
        for number in 0..<draw.one(of: [2, 3, 4, 5]) {
            let isManaged = draw.chance(80)
            let (source, type) = draw.one(of: Self.pairs)
            let identifiers = pick(from: isManaged ? Self.badges + Self.standard : Self.badges, &draw)
            let query = IdentifierQuery(source: source, type: type, identifier: identifiers[0])
            let values = ProfileValues(name: draw.chance(50) ? "p\(number)" : nil, identifiers: identifiers)
            let user = draw.chance(25) ? live.randomElement(using: &draw)?.profile.userID : nil
            let write: ProfileWrite =
                user.map { .putUnderUser(userID: $0, query, values) } ?? .putByQuery(query, values)
            // A replaced profile would hide what its user has; so would a second external id, which no user takes.
            let isNew = !live.contains { one in
                one.profile.source == source && one.profile.type == type
                    && one.profile.identifiers.contains(identifiers[0])
            }
            let start = account.sandbox.world()
            guard isNew, let profile = try await account.write(write) else { continue }
            guard areAllShown(account.sandbox.users, live.map(\.profile) + [profile]) else {
                try account.sandbox.load(start)
                continue
            }
            live.append((profile, isManaged))
            guard isManaged else { continue }
            ledger.append(
                LedgerEntry(
                    address: Address(source: source, type: type, name: "p\(number)"), profileID: profile.id,
                    userID: profile.userID, lastApplied: values))
        }
    }

    /// Whether the users have just what is on their profiles.
    private func areAllShown(_ users: [SandboxUser], _ profiles: [Profile]) -> Bool {
        users.allSatisfy { user in
            let shown = Set(
                profiles.filter { $0.userID == user.id }.flatMap(\.identifiers).filter { $0.type != "badge" })
            let externalID = user.externalID.map { [Identifier(type: "external_id", value: $0)] } ?? []
            return shown == Set(user.identities + externalID)
        }
    }

    mutating func want(_ draw: inout Draw) {
        for entry in ledger where draw.chance(85) {
            var identifiers = entry.lastApplied.identifiers.filter { _ in draw.chance(75) }
            if draw.chance(50) { identifiers += pick(from: Self.badges + Self.standard, &draw) }
            add(entry.address, identifiers, user: nil, &draw)
        }
        for number in 0..<draw.one(of: [0, 1, 1, 2]) {
            let (source, type) = draw.one(of: Self.pairs)
            let user =
                draw.chance(30) ? draw.one(of: live.compactMap(\.profile.userID) + ["999"]) : nil
            add(
                Address(source: source, type: type, name: "new\(number)"),
                pick(from: Self.badges + Self.standard, &draw), user: user, &draw)
        }
        ledger.sort { $0.address < $1.address }
        desired.profiles.sort { $0.address < $1.address }
    }

    private mutating func add(_ address: Address, _ identifiers: [Identifier], user: String?, _ draw: inout Draw) {
        var seen: Set<Identifier> = []
        let identifiers = identifiers.filter { seen.insert($0).inserted }
        guard !identifiers.isEmpty else { return }
        desired.profiles.append(
            DesiredProfile(
                address: address, name: draw.chance(30) ? "n" : nil, identifiers: identifiers, userID: user,
                identifiersMode: draw.chance(30) ? .exclusive : .declared,
                origin: Origin(file: "law.yaml", line: 1, column: 1)))
    }

    /// One to three; one external id at most, for a user has only one.
    private func pick(from alphabet: [Identifier], _ draw: inout Draw) -> [Identifier] {
        var picked: [Identifier] = []
        for _ in 0..<draw.one(of: [1, 2, 3]) {
            let identifier = draw.one(of: alphabet)
            let isSecond = identifier.type == "external_id" && picked.contains { $0.type == "external_id" }
            if !isSecond, !picked.contains(identifier) { picked.append(identifier) }
        }
        return picked
    }

    /// Whether a standard identifier is wanted for profiles that may be of different users. The service is
    /// documented to want one user for it, but lets some such pass, where a PUT does not reach the user.
    var sharesIdentities: Bool {
        let users = Dictionary(ledger.map { ($0.address, $0.userID) }) { first, _ in first }
        var wanted: [Identifier: [String?]] = [:]
        for profile in desired.profiles {
            for identifier in profile.identifiers where identifier.type != "badge" {
                wanted[identifier, default: []].append(profile.userID ?? users[profile.address] ?? nil)
            }
        }
        return wanted.values.contains { users in users.count > 1 && (Set(users).count > 1 || users[0] == nil) }
    }

    /// As the manifests' own checks have it.
    var isValid: Bool {
        let file = ManifestFile(name: "law.yaml", profiles: desired.profiles, diagnostics: [])
        let (_, diagnostics) = combine([file], settings: ManifestSettings(allowEmpty: true))
        return !diagnostics.contains { $0.severity == .error }
    }

    var description: String {
        func words(_ identifiers: [Identifier]) -> String {
            identifiers.map { "\($0.type) \($0.value)" }.joined(separator: ", ")
        }
        let before = live.map { one in
            "\(one.isManaged ? "managed" : "foreign") \(one.profile.source)/\(one.profile.type) \(one.profile.id) user "
                + "\(one.profile.userID ?? "") [\(words(one.profile.identifiers))]"
        }
        let entries = ledger.map { "\($0.address) = \($0.profileID)" }
        let after = desired.profiles.map {
            "\($0.address) \($0.identifiersMode) user \($0.userID ?? "-") [\(words($0.identifiers))]"
        }
        return (["live"] + before + ["ledger"] + entries + ["desired"] + after).joined(separator: "\n  ")
    }
}
