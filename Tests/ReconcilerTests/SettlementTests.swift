import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox
import Testing

/// What was meant, what is found, and what follows.
@Suite struct SettlementTests {
    private let silver = live(1, ["bike_id:b1"], ["tier": "silver"])
    private let gold = live(1, ["bike_id:b1"], ["tier": "gold"])
    private let tin = live(1, ["bike_id:b1"], ["tier": "tin"])

    private func row(_ intent: JournalIntent?) -> JournalRow {
        JournalRow(run: "run-1", step: 3, address: address("jane"), intent: intent)
    }

    private func creating(_ call: String = byQuery) -> JournalRow {
        let entry = LedgerEntry(address: address("jane"), profileID: "", userID: nil, lastApplied: gold.values)
        return row(JournalIntent(action: "create", call: call, after: gold.values, change: .put(entry)))
    }

    private func updating(_ change: LedgerChange? = nil) -> JournalRow {
        row(
            JournalIntent(
                action: "update", call: #"{"method":"PATCH","path":"/api/v2/user_profiles/\#(id(1))"}"#, prior: silver,
                after: gold.values, change: change ?? .put(entry("jane", gold))))
    }

    private var deleting: JournalRow {
        row(
            JournalIntent(
                action: "delete", call: #"{"method":"DELETE","path":"/api/v2/user_profiles/\#(id(1))"}"#, prior: silver,
                change: .remove(address("jane"))))
    }

    private static let byQuery =
        #"{"method":"PUT","path":"/api/v2/user_profiles","query":"identifier=coolbikes%3Arider%3Abike_id%3Ab1"}"#
    private static let underUser =
        #"{"method":"PUT","path":"/api/v2/users/77/profiles","query":"identifier=coolbikes%3Arider%3Abike_id%3Ab1"}"#

    @Test func aCreateIsLookedForByTheKeyOfItsCallAndTheRestById() {
        #expect(Settlement.question(for: creating()) == .query(query("bike_id:b1")))
        #expect(Settlement.question(for: updating()) == .profile(id: id(1)))
        #expect(Settlement.question(for: deleting) == .profile(id: id(1)))
    }

    /// The service trimmed what was sent.
    @Test func `a result in another form took effect`() {
        let trimmed = live(1, ["bike_id:b1"], ["tier": "gold", "city": "Rome"])
        let sent = live(1, ["bike_id:b1"], ["tier": "gold", "city": " Rome"])
        let intent = JournalIntent(
            action: "update", call: #"{"method":"PATCH","path":"/api/v2/user_profiles/\#(id(1))"}"#, prior: silver,
            after: sent.values, change: .put(entry("jane", sent)))
        let settlement = Settlement(row(intent), found: trimmed)
        #expect(settlement.finding == .tookEffect(profileID: id(1)))
        guard case .put(let entry)? = settlement.change else { return #expect(Bool(false), "no entry") }
        #expect(entry.lastApplied.attributes["city"] == " Rome")
        #expect(entry.kept.forms.map(\.kept) == ["Rome"])
        #expect(Settlement(row(intent), found: silver).finding == .hadNoEffect)
    }

    @Test func aCreate() {
        #expect(Settlement(creating(), found: nil).finding == .hadNoEffect)
        #expect(Settlement(creating(), found: tin).finding == .cannotBeTold(.differs(profileID: id(1))))
        let settlement = Settlement(creating(), found: gold)
        #expect(settlement.finding == .tookEffect(profileID: id(1)))
        #expect(settlement.change == .put(entry("jane", gold)), "with the ids that nobody knew")
        #expect(settlement.outcome.class == .done)
    }

    /// The manifest says whose profile it is to be.
    @Test func aCreateUnderAUser() {
        let other = Settlement(creating(Self.underUser), found: gold)
        #expect(other.finding == .cannotBeTold(.differs(profileID: id(1))))
        #expect(other.change == nil)
        let right = live(1, ["bike_id:b1"], ["tier": "gold"], user: "77")
        #expect(Settlement(creating(Self.underUser), found: right).finding == .tookEffect(profileID: id(1)))
    }

    @Test func anUpdate() {
        #expect(Settlement(updating(), found: silver) == Settlement(finding: .hadNoEffect))
        #expect(Settlement(updating(), found: tin).finding == .cannotBeTold(.differs(profileID: id(1))))
        #expect(Settlement(updating(), found: nil).finding == .cannotBeTold(.gone(profileID: id(1))))
        let settlement = Settlement(updating(), found: gold)
        #expect(settlement.finding == .tookEffect(profileID: id(1)))
        #expect(settlement.change == .put(entry("jane", gold)))
        #expect(Settlement(updating(), found: tin).outcome.class == .unknown)
        #expect(Settlement(updating(), found: silver).outcome.class == .failed)
    }

    @Test func anUpdateThatIsAMoveToo() {
        let move = LedgerChange.move(from: address("old"), entry("jane", gold))
        #expect(Settlement(updating(move), found: gold).change == move)
        #expect(Settlement(updating(move), found: silver).change == nil)
    }

    @Test func aDelete() {
        let settlement = Settlement(deleting, found: nil)
        #expect(settlement.finding == .tookEffect(profileID: id(1)))
        #expect(settlement.change == .remove(address("jane")))
        for found in [silver, tin] { #expect(Settlement(deleting, found: found) == Settlement(finding: .hadNoEffect)) }
    }

    @Test func whereTheJournalKeptTooLittleNothingIsAsked() {
        for intent in [nil, JournalIntent(action: "update")] {
            #expect(Settlement.question(for: row(intent)) == nil)
            #expect(Settlement(row(intent), found: nil).finding == .cannotBeTold(.notKept))
        }
    }

    /// The first call of the plan is under way when another run takes the lock: what that one finds.
    private func loseTheLock(of stage: Stage, in plan: Plan) async throws -> (JournalRow, LockToken) {
        await #expect(throws: ApplyFailure.self) {
            try await stage.apply(
                plan,
                onRequest: { request in
                    guard request.isWrite else { return }
                    stage.advance(HeldLock.lease)
                    _ = try? stage.takeLock(as: "next")
                })
        }
        return (try #require(try stage.ledger.unsettled().first), try #require(try stage.ledger.lock()?.token))
    }

    /// Who forgets or moves a profile meanwhile has the last word.
    @Test func whatWasForgottenSinceDoesNotComeBack() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("jane", jane)], faults: ["cut-after,method=PATCH"])
        let (row, lock) = try await loseTheLock(
            of: stage, in: try await stage.plan([desired("jane", ["bike_id:b1"], ["tier": "gold"])]))
        try stage.ledger.update([.remove(address("jane"))], at: stage.now, lock: lock)
        let settler = Settler(client: stage.client().reading, ledger: stage.ledger, lock: lock, now: { stage.now })
        #expect(try await settler.settle(row).finding == .tookEffect(profileID: id(1)))
        #expect(try stage.ledger.entries().isEmpty)
        #expect(try stage.ledger.unsettled().isEmpty)
    }

    /// What the run did is not to look like somebody else's doing in the next plan.
    @Test func `what was moved since learns of the call`() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("jane", jane)], faults: ["cut-after,method=PATCH"])
        let (row, lock) = try await loseTheLock(
            of: stage, in: try await stage.plan([desired("jane", ["bike_id:b1"], ["tier": "gold"])]))
        try stage.ledger.update([.move(from: address("jane"), entry("janet", jane))], at: stage.now, lock: lock)
        let settler = Settler(client: stage.client().reading, ledger: stage.ledger, lock: lock, now: { stage.now })
        #expect(try await settler.settle(row).finding == .tookEffect(profileID: id(1)))
        #expect(try stage.ledger.entries() == [entry("janet", jane, applied: ["tier": "gold"])])
        let next = try await stage.plan([desired("janet", ["bike_id:b1"], ["tier": "tin"])])
        #expect(next.steps.flatMap { $0.fields.map(\.cause) } == [.youChangedIt])
        #expect(next.drift.isEmpty)
    }

    @Test func `what was moved since and deleted leaves the ledger`() async throws {
        let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
        let stage = try Stage([jane], entries: [entry("jane", jane)], faults: ["cut-after,method=DELETE"])
        let (row, lock) = try await loseTheLock(of: stage, in: try await stage.plan([]))
        try stage.ledger.update([.move(from: address("jane"), entry("janet", jane))], at: stage.now, lock: lock)
        let settler = Settler(client: stage.client().reading, ledger: stage.ledger, lock: lock, now: { stage.now })
        #expect(try await settler.settle(row).finding == .tookEffect(profileID: id(1)))
        #expect(try stage.ledger.entries().isEmpty)
    }

    @Test func `what another address adopted since stays there`() async throws {
        let stage = try Stage(faults: ["cut-after,method=PUT"])
        let (row, lock) = try await loseTheLock(of: stage, in: stage.plan(of: [creation(1)]))
        let made = try #require(stage.sandbox.world().profiles.first)
        try stage.ledger.update([.put(entry("other", made))], at: stage.now, lock: lock)
        let settler = Settler(client: stage.client().reading, ledger: stage.ledger, lock: lock, now: { stage.now })
        #expect(try await settler.settle(row).finding == .tookEffect(profileID: made.id))
        #expect(try stage.ledger.entries() == [entry("other", made)])
    }

    /// From the intent that a real run wrote to what the ledger knows afterwards.
    @Test(arguments: ["cut-before,method=PUT", "cut-after,method=PUT"])
    func aRunThatLostItsLockInACallIsSettledByTheNext(fault: String) async throws {
        let stage = try Stage(faults: [fault])
        let (row, lock) = try await loseTheLock(of: stage, in: stage.plan(of: [creation(1)]))
        let settler = Settler(client: stage.client().reading, ledger: stage.ledger, lock: lock, now: { stage.now })
        let settled = try await settler.settle(row)
        let profiles = stage.sandbox.world().profiles
        #expect(settled.finding == (profiles.first.map { .tookEffect(profileID: $0.id) } ?? .hadNoEffect))
        #expect(profiles.isEmpty == fault.hasPrefix("cut-before"))
        #expect(try stage.ledger.entries().map(\.profileID) == profiles.map(\.id))
        #expect(try stage.ledger.unsettled().isEmpty)
        #expect(stage.sandbox.writes.count == 1)
    }
}
