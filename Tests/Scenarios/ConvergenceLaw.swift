import Diagnostics
import FoundationEssentials
import ProfileModel
import Sandbox
import Testing
import WireFormat

@testable import Planning

/// After an apply the next plan is empty: for every wanted state from every starting state of a small universe,
/// and on samples of a larger one also after a crash at any point and whatever the service does where nobody knows.
/// A plan with errors is right to have them: the service takes its calls in no order.
struct ConvergenceLaw {
    /// `PROFILECTL_STATES=all` tries every wanted state from every live one, some minutes long; else each wanted
    /// state of the first two profiles from each of theirs, and a stride through what the third one adds. Each also
    /// under one of the switches, and some with a crash before and after each call.
    /// `PROFILECTL_STATES=crashes` tries all with the crashes, under no switch and under one;
    /// `PROFILECTL_STATES=everything`, for an hour, also all under all switches.
    private static let states = ProcessInfo.processInfo.environment["PROFILECTL_STATES"]
    private static let stride = states == nil ? 11 : 1
    private static let triesEverything = states == "everything"
    private static let crashesAlways = triesEverything || states == "crashes"
    private static let parts = 4

    @Test(arguments: 0..<parts)
    func everyStateFromEveryState(part: Int) async throws {
        let account = try LawAccount()
        let others = try Self.switches.dropFirst().map { ($0, try LawAccount(switches: $0)) }
        var tally = Tally()
        var tallyOfOthers = Tally()
        for (number, live) in Universe.lives.enumerated() where number % Self.parts == part {
            for (wish, wanted) in Universe.shapes.enumerated() {
                let isCore = live.identifiers[2].isEmpty && wanted[2].isEmpty
                guard isCore || (number + wish) % Self.stride == 0 else { continue }
                let test = ConvergenceCase(live: live, wanted: wanted)
                let name = "state \(number), wish \(wish)"
                let crashes = Self.crashesAlways || (number * 5 + wish) % 61 == 0
                guard await tally.judge(test, name, { try await converge(test, account, crashes: crashes) })
                else { return }
                for (index, (switches, other)) in others.enumerated() {
                    let isItsTurn = index == (number * 7 + wish) % others.count
                    guard isItsTurn || Self.triesEverything else { continue }
                    let verdict = {
                        try await converge(test, other, isDoubted: false, crashes: crashes && isItsTurn)
                    }
                    guard await tallyOfOthers.judge(test, "\(name), \(switches)", verdict) else { return }
                }
            }
        }
        print("convergence, states: \(tally), part \(part + 1) of \(Self.parts)")
        print("convergence, states under switches: \(tallyOfOthers), part \(part + 1) of \(Self.parts)")
        #expect(tally.reached > tally.all / 2, "too many plans were refused to prove anything")
    }

    /// One profile with all sides of two attributes, in every mode, managed or not, whatever PATCH means.
    @Test(arguments: [["patch_null=deletes"], ["patch_null=ignores", "patch_nested=replaces"], ["patch_null=stores"]])
    func everyAttributeFromEveryAttribute(switches: [String]) async throws {
        let account = try LawAccount(switches: switches + ["absent_attributes=keeps"])
        let values: [AttributeValue?] = [
            nil, "1", .object(["x": "1"]), .object(["x": "1", "y": "1"]), .object(["x": "2", "y": "1"]),
        ]
        var tally = Tally()
        for number in 0..<(values.count * values.count * values.count * 8 * 4) {
            var digits = number
            func next<Value>(_ choices: [Value]) -> Value {
                defer { digits /= choices.count }
                return choices[digits % choices.count]
            }
            func side(_ b: AttributeValue?, _ a: AttributeValue?) -> AttributeObject {
                var object: AttributeObject = [:]
                object["a"] = a
                object["b"] = b
                return object
            }
            let plain: [AttributeValue?] = [nil, "1"]
            var test = ConvergenceCase(
                live: Universe.lives.first { $0.identifiers[0].count == 3 && $0.identifiers[2].isEmpty }!,
                wanted: [Universe.identifiers, [], []])
            test.desired.profiles[0].attributes = side(next(values), next(plain))
            test.ledger[0].lastApplied.attributes = side(next(values), next(plain))
            test.world.profiles[0].attributes = side(next(values), next(plain))
            test.desired.profiles[0].attributesMode = next([.declared, .exclusive])
            if next([true, false]) { test.ledger = [] }
            guard await tally.judge(test, "attributes \(number)", { try await converge(test, account) }) else { return }
        }
        print("convergence, attributes: \(tally), \(switches.joined(separator: " "))")
        #expect(tally.reached == tally.all)
    }

    /// Whatever the service does, and wherever the run is cut off, the next one gets there.
    @Test(arguments: lawSeeds)
    func whateverHappensOnTheWay(seed: UInt64) async throws {
        var draw = Draw(seed: seed)
        var tally = Tally()
        for switches in Self.switches {
            let account = try LawAccount(switches: switches)
            for number in 0..<Self.samples {
                let test = ConvergenceCase(&draw)
                let name = "PROFILECTL_SEED=\(seed), \(switches), case \(number)"
                let isKnown = switches.isEmpty
                guard
                    await tally.judge(
                        test, name,
                        { try await converge(test, account, isDoubted: isKnown, crashes: number % 4 == 0) })
                else { return }
            }
        }
        print("convergence, samples: \(tally), seed \(seed)")
    }

    private static let samples =
        max(30, (ProcessInfo.processInfo.environment["PROFILECTL_WORLDS"].flatMap { Int($0) } ?? 0) / 300)

    /// Each that can matter for what is written and read back, alone, and some together.
    private static let switches: [[String]] = [
        [], ["patch_null=ignores"], ["patch_null=stores"], ["patch_nested=replaces"],
        ["changed_identity_on_put=adds"], ["external_id=replaces"], ["profile_overlap=allows"],
        ["absent_attributes=keeps"], ["query_identifier=required"], ["query_identifier=added"], ["email_query=exact"],
        ["noop_write=keeps"], ["second_delete=400"], ["second_delete=204"], ["number_echo=numbers"],
        ["user_id_echo=number"], ["timestamps=milliseconds"], ["timestamps=offset"], ["list_order=newest"],
        ["unknown_user=empty"],
        [
            "patch_null=stores", "patch_nested=replaces", "query_identifier=required", "number_echo=numbers",
            "user_id_echo=number", "timestamps=offset", "list_order=newest", "noop_write=keeps", "email_query=exact",
        ],
    ]
}

/// What became of the cases.
private struct Tally: CustomStringConvertible {
    var all = 0
    var reached = 0
    var refused = 0
    var shown = 0
    var unforeseeable = 0
    var crashes = 0

    /// - Returns: false when the law does not hold.
    mutating func judge(
        _ test: ConvergenceCase, _ name: String, _ verdict: () async throws -> ConvergenceLaw.Verdict
    ) async -> Bool {
        all += 1
        do {
            switch try await verdict() {
            case .reached(let crashes):
                reached += 1
                self.crashes += crashes
            case .impossible: shown += 1
            case .refused: refused += 1
            case .unforeseeable: unforeseeable += 1
            }
            return true
        } catch {
            Issue.record("\(error)\n\(name)\n\(test)")
            return false
        }
    }

    var description: String {
        "\(all) cases, \(reached) reached (\(crashes) crashes on the way), \(shown) shown to be out of reach, "
            + "\(refused) refused, \(unforeseeable) met a user's hidden identity"
    }
}

extension ConvergenceLaw {
    fileprivate enum Verdict {
        /// With so many crashes tried.
        case reached(crashes: Int)
        /// The plan has errors, and the service takes its calls in no order.
        case impossible
        /// The plan has errors that are not doubted here.
        case refused
        /// A user has what no profile shows that the plan could know of, and the service refuses a call for it.
        case unforeseeable
    }

    /// - Parameters:
    ///   - isDoubted: the errors of a plan are shown to be true.
    ///   - crashes: also with a crash before and after each call.
    fileprivate func converge(
        _ test: ConvergenceCase, _ account: LawAccount, isDoubted: Bool = true, crashes: Bool = false
    ) async throws -> Verdict {
        try account.sandbox.load(test.world)
        let start = account.sandbox.world()
        let planner = account.planner(test.desired, test.ledger)
        let live = try await account.live(for: planner)
        let plan = planner.plan(live, at: Stage.now)
        if plan.errored {
            guard plan.steps.allSatisfy({ $0.number > 0 }), !plan.applyable else { throw Broken("an error is applied") }
            guard isDoubted else { return .refused }
            return try await doubt(test, account, start) ? .impossible : .refused
        }
        let entries: [LedgerEntry]
        do {
            entries = try await carryOut(plan.steps, test.ledger, account)
        } catch {
            guard start.hasIdentity(hiddenFrom: live) else { throw error }
            return .unforeseeable
        }
        try await settle(test, plan, entries, account)
        let end = EndState(account.sandbox.world(), test.desired)
        guard crashes else { return .reached(crashes: 0) }

        var count = 0
        for (place, step) in plan.steps.enumerated() where step.request != nil {
            for isMade in [false, true] {
                try account.sandbox.load(start)
                let known = try await carryOut(plan.steps[..<place], test.ledger, account)
                if isMade { _ = try await account.perform(step) }
                let rest = try await account.plan(test.desired, known)
                let when = "after a crash \(isMade ? "after" : "before") step \(step.number)"
                guard !rest.errored else { throw Broken("\(when): \(rest.diagnostics.map(\.message))") }
                let entries = try await carryOut(rest.steps, known, account)
                try await settle(test, plan, entries, account)
                let other = EndState(account.sandbox.world(), test.desired)
                guard other == end else { throw Broken("\(when) the end is another one: \(other) instead of \(end)") }
                count += 1
            }
        }
        return .reached(crashes: count)
    }

    private func carryOut(
        _ steps: some Sequence<Step>, _ ledger: [LedgerEntry], _ account: LawAccount
    ) async throws -> [LedgerEntry] {
        var entries = Dictionary(uniqueKeysWithValues: ledger.map { ($0.address, $0) })
        for step in steps {
            let profile = try await account.perform(step)
            if let profile, let after = step.after, !isSame(profile, as: after) {
                throw Broken("\(step.number) \(step.action) \(step.address) became \(profile), not \(after)")
            }
            entries[step.address] = step.declared.flatMap { declared in
                (profile ?? step.before).map {
                    LedgerEntry(address: step.address, profileID: $0.id, userID: $0.userID, lastApplied: declared)
                }
            }
        }
        return entries.values.sorted { $0.address < $1.address }
    }

    /// Nothing is left to do, what is wanted is there, and nothing was deleted and made anew.
    private func settle(
        _ test: ConvergenceCase, _ plan: Plan, _ entries: [LedgerEntry], _ account: LawAccount
    ) async throws {
        let again = try await account.plan(test.desired, entries)
        guard again.steps.isEmpty else {
            throw Broken("then there is still to do: \(again.steps.map { "\($0.action) \($0.address) \($0.fields)" })")
        }
        guard !again.errored, again.blocked.map(\.step.address) == plan.blocked.map(\.step.address) else {
            throw Broken("then there are other errors: \(again.diagnostics.map(\.message))")
        }
        let world = account.sandbox.world()
        for desired in test.desired.profiles where !plan.blocked.contains(where: { $0.step.address == desired.address })
        {
            guard let entry = entries.first(where: { $0.address == desired.address }),
                let profile = world.profiles.first(where: { $0.id == entry.profileID })
            else { throw Broken("\(desired.address) is not there") }
            guard Set(desired.identifiers).isSubset(of: profile.identifiers) else {
                throw Broken("\(desired.address) lacks identifiers: \(profile.identifiers)")
            }
            if let name = desired.name, profile.name != name { throw Broken("\(desired.address) is named otherwise") }
            let before = test.ledger.first { $0.address == desired.address }?.profileID
            if let before, before != entry.profileID, test.world.profiles.contains(where: { $0.id == before }) {
                throw Broken("\(desired.address) is another profile than before")
            }
        }
        let wanted = Set(test.desired.profiles.map(\.address))
        for entry in test.ledger where !wanted.contains(entry.address) {
            let isLeft = world.profiles.contains { $0.id == entry.profileID }
            if isLeft, !entries.contains(where: { $0.profileID == entry.profileID }) {
                throw Broken("\(entry.address) is still there")
            }
        }
    }

    /// Whether it is shown that the service does not take the steps, one by one in any order.
    private func doubt(_ test: ConvergenceCase, _ account: LawAccount, _ start: SandboxWorld) async throws -> Bool {
        try account.sandbox.load(start)
        let live = try await account.live(for: account.planner(test.desired, test.ledger))
        let roster = Roster(test.desired, test.ledger)
        let decisions = Decisions(roster, roster.readings(live, scope: PlanScope()), patchNullDeletes: false)
        let steps = decisions.steps.filter { $0.request != nil }
        guard decisions.blocked.isEmpty, decisions.diagnostics.allSatisfy({ $0.severity != .error }),
            !test.sharesIdentities
        else { return false }
        if let order = try await account.orderThatIsTaken(steps, from: start) { throw Broken(falseAlarm: order) }
        return true
    }
}

extension ConvergenceCase {
    /// Whether an identity is wanted on profiles that may be of different users: the service is documented to
    /// want one user for it, but lets some such pass, where a PUT does not reach the user.
    fileprivate var sharesIdentities: Bool {
        let users = Dictionary(ledger.map { ($0.address, $0.userID) }) { first, _ in first }
        return Universe.identifiers.prefix(2).contains { identity in
            let wanting = desired.profiles.filter { $0.identifiers.contains(identity) }
            return wanting.count > 1
                && Set(wanting.map { users[$0.address] ?? nil }) != [users[wanting[0].address] ?? "?"]
        }
    }
}

extension SandboxWorld {
    /// Whether a user has an identity that none of its profiles shows which were read.
    fileprivate func hasIdentity(hiddenFrom live: LiveState) -> Bool {
        users.contains { user in
            let shown = live.answers.values.joined().filter { $0.userID == user.id }.flatMap(\.identifiers)
            let external = user.externalID.map { [Identifier(type: "external_id", value: $0)] } ?? []
            return !Set(user.identities + external).isSubset(of: shown)
        }
    }
}

/// All that is there in the end, but for the ids of what is new, and for names that nobody gave: a PUT derives them
/// anew and a PATCH does not, so they tell of the calls on the way (decision 3).
struct EndState: Hashable, CustomStringConvertible {
    var profiles: Set<String>

    init(_ world: SandboxWorld, _ desired: DesiredState) {
        profiles = Set(
            world.profiles.map { profile in
                let isNamed = desired.profiles.contains { wanted in
                    wanted.name != nil && wanted.address.source == profile.source
                        && wanted.address.type == profile.type
                        && Set(wanted.identifiers).isSubset(of: profile.identifiers)
                }
                let identifiers = profile.identifiers.map { "\($0.type) \($0.value)" }.sorted()
                return "\(profile.source)/\(profile.type) \(identifiers) \(isNamed ? profile.name ?? "" : "") "
                    + writeJSON(.object(profile.attributes))
            })
    }

    var description: String { profiles.sorted().joined(separator: "; ") }
}
