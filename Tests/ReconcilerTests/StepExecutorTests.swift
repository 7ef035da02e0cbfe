import HTTPTypes
import Ledger
import Planning
import ProfileModel
import ProfilesAPI
import Reconciler
import Sandbox
import Testing

/// What becomes of a step when the world is no longer as the plan saw it.
@Suite struct StepExecutorTests {
    private let jane = live(1, ["bike_id:b1"], ["tier": "silver"])
    private let gold = desired("jane", ["bike_id:b1"], ["tier": "gold"])

    private func stageWithJane(faults: [String] = []) throws -> Stage {
        try Stage([jane], entries: [entry("jane", jane)], faults: faults)
    }

    /// Somebody made it since, and the ledger has it. Whatever the key finds by now, the ledger stays as it is.
    @Test func `a step that the ledger calls done changes nothing`() async throws {
        var made = live(7, ["bike_id:b1"])
        made.name = "Rider 1"
        let step = creation(1)
        var known = entry("rider-1", live(9, []))
        known.lastApplied = try #require(step.declared)
        let stage = try Stage([made], entries: [known])
        let review = PlanReview(
            saved: stage.plan(of: [step]).grounded(in: []), ledger: [known], policy: PlanPolicy(),
            pace: Pace(perMinute: 600, share: 1), patchNullDeletes: false)
        #expect(review.standings == [1: .asLeft])
        let report = try await stage.apply(review)
        #expect(report.lines.map(\.outcome) == [.done(profileID: id(7), alreadyDone: true)])
        #expect(stage.sandbox.writes.isEmpty)
        #expect(try stage.ledger.entries() == [known])
    }

    /// Another plan made it under another address since. The other steps go on.
    @Test func `a profile that another address has makes the step stale`() async throws {
        var made = live(7, ["bike_id:b1"])
        made.name = "Rider 1"
        let stage = try Stage([made], entries: [entry("other", made)])
        let report = try await stage.apply(stage.plan(of: [creation(1), creation(2)]), parallelism: 1)
        #expect(report.lines.map(\.outcome).first == .stale(.managedElsewhere(address("other"))))
        #expect(report.classes == ["done": 1, "stale": 1])
        #expect(try stage.ledger.entries().map(\.address.name) == ["other", "rider-2"])
        #expect(try stage.ledger.journal(run: report.run).map(\.outcome?.class) == [.stale, .done])
    }

    @Test func whatNobodyTouchedIsDone() async throws {
        let stage = try stageWithJane()
        let report = try await stage.apply(try await stage.plan([gold]))
        #expect(report.lines.map(\.outcome) == [.done(profileID: id(1), alreadyDone: false)])
        #expect(stage.sandbox.world().profiles[0].attributes == ["tier": "gold"])
        #expect(try stage.ledger.entry(for: address("jane"))?.lastApplied.attributes == ["tier": "gold"])
    }

    @Test func whatAnotherClientChangedIsStale() async throws {
        let stage = try stageWithJane()
        let plan = try await stage.plan([gold])
        _ = try await stage.client().patch(id: id(1), ProfilePatch(attributes: ["helmet": "blue"]))
        let report = try await stage.apply(plan)
        #expect(report.lines.map(\.outcome) == [.stale(.changedSincePlan)])
        #expect(stage.sandbox.writes.count == 1)
        #expect(try stage.ledger.entry(for: address("jane"))?.lastApplied.attributes == ["tier": "silver"])
    }

    @Test func whatAnotherClientBroughtToTheGoalIsDoneWithoutAWrite() async throws {
        let stage = try stageWithJane()
        let plan = try await stage.plan([gold])
        _ = try await stage.client().patch(id: id(1), ProfilePatch(attributes: ["tier": "gold"]))
        let report = try await stage.apply(plan)
        #expect(report.lines.map(\.outcome) == [.done(profileID: id(1), alreadyDone: true)])
        #expect(stage.sandbox.writes.count == 1)
        #expect(try stage.ledger.entry(for: address("jane"))?.lastApplied.attributes == ["tier": "gold"])
    }

    @Test func aProfileThatIsGoneIsNotMadeAnew() async throws {
        let stage = try stageWithJane()
        let plan = try await stage.plan([gold])
        try stage.sandbox.load(SandboxWorld())
        let report = try await stage.apply(plan)
        #expect(report.lines.map(\.outcome) == [.stale(.goneSincePlan)])
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test func aProfileThatAppearedIsNotOverwritten() async throws {
        let stage = try Stage()
        let plan = try await stage.plan([gold])
        try stage.sandbox.load(SandboxWorld(profiles: [jane]))
        let report = try await stage.apply(plan)
        #expect(report.lines.map(\.outcome) == [.stale(.appearedSincePlan(profileID: id(1)))])
        #expect(stage.sandbox.writes.isEmpty)
        #expect(try stage.ledger.entries().isEmpty)
    }

    /// In the one round trip that remains: what is there now is told, and is nothing that this run made.
    @Test func aProfileThatAppearsAfterTheLookIsNotRecordedAsMade() async throws {
        let stage = try Stage()
        let plan = try await stage.plan([gold])
        let other = stage.client()
        let report = try await stage.apply(
            plan,
            onRequest: { request in
                guard request.isWrite else { return }
                let values = ProfileValues(identifiers: identifiers(["bike_id:b1"]), attributes: ["tier": "tin"])
                let query = IdentifierQuery(
                    source: "coolbikes", type: "rider", identifier: Identifier(type: "bike_id", value: "b1"))
                _ = try? await other.put(query, values)
            })
        #expect(report.classes == ["done": 1])
        #expect(try stage.ledger.journal(run: report.run).map(\.outcome?.done?.finding) == [.inPlace])
        let changes = try RecordedRunChanges(run: report.run, in: stage.ledger).changes
        #expect(changes.map(\.deed) == [.onlyRecorded])
    }

    @Test func aProfileThatAppearedAsWantedIsTakenOver() async throws {
        let stage = try Stage()
        let plan = try await stage.plan([desired("jane", ["bike_id:b1"], ["tier": "silver"])])
        try stage.sandbox.load(SandboxWorld(profiles: [jane]))
        let report = try await stage.apply(plan)
        #expect(report.lines.map(\.outcome) == [.done(profileID: id(1), alreadyDone: true)])
        #expect(stage.sandbox.writes.isEmpty)
        #expect(try stage.ledger.entries().map(\.profileID) == [id(1)])
    }

    /// The manifest says whose profile it is to be; one of somebody else is not it.
    @Test func aProfileThatAppearedUnderAnotherUserIsStale() async throws {
        let user = SandboxUser(id: "77", name: "Jane")
        let stage = try Stage()
        try stage.sandbox.load(SandboxWorld(users: [user]))
        let plan = try await stage.plan([desired("jane", ["bike_id:b1"], ["tier": "silver"], userID: "77")])
        try stage.sandbox.load(SandboxWorld(users: [user], profiles: [jane]))
        let report = try await stage.apply(plan)
        #expect(report.lines.map(\.outcome) == [.stale(.appearedSincePlan(profileID: id(1)))])
        #expect(try stage.ledger.entries().isEmpty)
    }

    @Test func deletingWhatIsGoneIsDoneAlready() async throws {
        let stage = try stageWithJane()
        let plan = try await stage.plan([])
        #expect(plan.steps.map(\.action) == [.delete])
        try stage.sandbox.load(SandboxWorld())
        let report = try await stage.apply(plan)
        #expect(report.lines.map(\.outcome) == [.done(profileID: id(1), alreadyDone: true)])
        #expect(stage.sandbox.writes.isEmpty)
        #expect(try stage.ledger.entries().isEmpty)
    }

    @Test func whatChangedIsNotDeleted() async throws {
        let stage = try stageWithJane()
        let plan = try await stage.plan([])
        _ = try await stage.client().patch(id: id(1), ProfilePatch(attributes: ["helmet": "blue"]))
        let report = try await stage.apply(plan)
        #expect(report.lines.map(\.outcome) == [.stale(.changedSincePlan)])
        #expect(stage.sandbox.world().profiles.count == 1)
        #expect(try stage.ledger.entries().count == 1)
    }

    @Test func deletingLetsGoOfTheLedgersEntry() async throws {
        let stage = try stageWithJane()
        let report = try await stage.apply(try await stage.plan([]))
        #expect(report.lines.map(\.outcome) == [.done(profileID: id(1), alreadyDone: false)])
        #expect(stage.sandbox.world().profiles.isEmpty)
        #expect(try stage.ledger.entries().isEmpty)
    }

    @Test(arguments: [
        "cut-after,method=PATCH", "truncated,method=PATCH", "503-after,method=PATCH", "html,method=PATCH,nth=2",
        "wrong-length,method=PATCH", "wrong-type=array,method=PATCH", "wrong-type=string,method=PATCH",
        "wrong-type=number,method=PATCH", "wrong-type=null,method=PATCH", "wrong-type=fields,method=PATCH",
    ])
    func aWriteWhoseAnswerIsLostIsSettledByALook(fault: String) async throws {
        let stage = try stageWithJane(faults: [fault])
        let report = try await stage.apply(try await stage.plan([gold]))
        #expect(report.lines.map(\.outcome) == [.done(profileID: id(1), alreadyDone: false)])
        #expect(stage.sandbox.writes.count == 1, "what had its effect is not sent again")
        #expect(stage.sandbox.world().profiles[0].attributes == ["tier": "gold"])
        #expect(try stage.ledger.entry(for: address("jane"))?.lastApplied.attributes == ["tier": "gold"])
        #expect(try stage.ledger.journal(run: report.run).map(\.outcome?.class) == [.done])
    }

    @Test(arguments: ["cut-before,method=PATCH", "503,method=PATCH", "500,method=PATCH"])
    func aWriteThatHadNoEffectIsSentAgainButNotForEver(fault: String) async throws {
        for (occasion, sendings) in [("nth=1", 2), ("first=2", 3), ("first=9", 3)] {
            let stage = try stageWithJane(faults: ["\(fault),\(occasion)"])
            let report = try await stage.apply(try await stage.plan([gold]), retry: .standard)
            #expect(stage.sandbox.writes.count == sendings)
            let isDone = occasion != "first=9"
            let isAnswered = !fault.hasPrefix("cut")
            #expect(report.classes == [isDone ? "done" : isAnswered ? "failed" : "unknown": 1])
            let tier: AttributeValue = isDone ? "gold" : "silver"
            #expect(stage.sandbox.world().profiles[0].attributes["tier"] == tier)
            #expect(try stage.ledger.entry(for: address("jane"))?.lastApplied.attributes["tier"] == tier)
        }
    }

    /// A gateway that gives up knows as little as a connection that is lost; the service itself knows.
    @Test(arguments: [("502", "unknown"), ("504", "unknown"), ("503", "failed"), ("500", "failed")])
    func aFailureThatOnlyAGatewayTellsLeavesTheWriteOpen(status: String, outcome: String) async throws {
        let stage = try stageWithJane(faults: ["\(status),method=PATCH,first=9"])
        let report = try await stage.apply(try await stage.plan([gold]), retry: .standard)
        #expect(report.classes == [outcome: 1])
        #expect(try stage.ledger.unsettled().count == (outcome == "unknown" ? 1 : 0))
    }

    /// What was sent first may still have its effect, whatever becomes of what was sent after it.
    @Test(arguments: ["403,nth=2", "422,nth=2", "503,nth=2"])
    func aLaterFailureDoesNotCloseWhatAnEarlierOneLeftOpen(later: String) async throws {
        let stage = try stageWithJane(faults: [
            "cut-before,method=PATCH,nth=1", "\(later),method=PATCH", "503,method=PATCH,nth=3",
        ])
        let report = try await stage.apply(try await stage.plan([gold]), retry: .standard)
        #expect(report.classes == ["unknown": 1])
        #expect(try stage.ledger.unsettled().map(\.step) == [1])
    }

    @Test func aServiceThatNamesAPauseIsSentToAgainAfterIt() async throws {
        let stage = try stageWithJane(faults: ["503,method=PATCH,nth=1,retry-after=45"])
        let waited = Shared(0.0)
        let report = try await stage.apply(
            try await stage.plan([gold]), retry: .standard, onPause: { seconds in waited.change { $0 += seconds } })
        #expect(report.classes == ["done": 1])
        #expect(waited.value >= 45)
    }

    /// The account's rate makes a write wait: what was seen before may be so no longer.
    @Test(arguments: [false, true])
    func aWriteThatHadToWaitLooksAgain(isChangedMeanwhile: Bool) async throws {
        let stage = try stageWithJane(faults: ["429,nth=1,method=PATCH,retry-after=30"])
        let plan = try await stage.plan([gold])
        let (other, calls) = (stage.client(), Shared<[String]>([]))
        let report = try await stage.apply(
            plan, retry: .standard,
            onRequest: { request in
                let count = calls.change { calls in
                    calls.append(request.method.rawValue)
                    return calls.count
                }
                guard isChangedMeanwhile, count == 3 else { return }
                _ = try? await other.put(id: id(1), ProfileValues(identifiers: identifiers(["bike_id:b1"])))
            })
        #expect(calls.value == (isChangedMeanwhile ? ["GET", "PATCH", "GET"] : ["GET", "PATCH", "GET", "PATCH"]))
        #expect(report.classes == [isChangedMeanwhile ? "stale" : "done": 1])
    }

    /// The budget of the account's window is used up: one request looks alone whether the next one is there.
    @Test func aWriteWhoseTurnDidNotComeWithItsLookLooksAgain() async throws {
        let stage = try stageWithJane()
        let plan = try await stage.plan([gold])
        let clock = Shared(0.0)
        let pacer = Pacer(now: { clock.value }, sleep: { seconds in clock.change { $0 += seconds } }, random: { 0 })
        let limiter = RateLimiter(perMinute: 60, pacer: pacer)
        guard case .granted(let ticket, _) = try await limiter.turn() else { return }
        await limiter.answered(ticket, RateHeaders(limit: 60, remaining: 0, reset: 30))
        let calls = Shared<[String]>([])
        let report = try await stage.apply(
            plan, retry: .standard, limiter: limiter,
            onRequest: { request in calls.change { $0.append(request.method.rawValue) } })
        #expect(report.classes == ["done": 1])
        #expect(calls.value == ["GET", "GET", "PATCH"])
    }

    /// The hard case: a create that is sent again must make neither a second profile nor a second user.
    @Test(arguments: ["cut-after", "cut-before", "503-after", "503", "truncated", "wrong-length"], [1, 2])
    func aCreateWhoseAnswerIsLostMakesOneProfileOfOneUser(fault: String, times: Int) async throws {
        let stage = try Stage(faults: ["\(fault),method=PUT,first=\(times)"])
        let wanted = desired("jane", ["bike_id:b1", "email:jane@example.com"], ["tier": "gold"])
        let report = try await stage.apply(try await stage.plan([wanted]), retry: .standard)
        #expect(report.classes == ["done": 1])
        let world = stage.sandbox.world()
        #expect(world.profiles.count == 1)
        #expect(world.users.count == 1)
        #expect(try stage.ledger.entries().map(\.profileID) == world.profiles.map(\.id))
        #expect(try await stage.plan([wanted]).steps.isEmpty)
    }

    @Test(arguments: ["cut-after", "cut-before", "503-after", "503"])
    func aDeleteWhoseAnswerIsLostIsSettledToo(fault: String) async throws {
        let stage = try stageWithJane(faults: ["\(fault),method=DELETE,nth=1"])
        let report = try await stage.apply(try await stage.plan([]), retry: .standard)
        #expect(report.classes == ["done": 1])
        #expect(stage.sandbox.world().profiles.isEmpty)
        #expect(try stage.ledger.entries().isEmpty)
    }

    /// The answer is lost, and before we look somebody else changes the profile: whose the result is cannot be told.
    @Test func whatLooksNeitherAsBeforeNorAsPlannedIsUnknown() async throws {
        let stage = try stageWithJane(faults: ["cut-after,method=PATCH,nth=1"])
        let plan = try await stage.plan([gold])
        let (other, isSent) = (stage.client(), Shared(false))
        let listener: Stage.Listener = { request in
            if request.method == .patch { isSent.change { $0 = true } }
            let isLook =
                request.method == .get
                && isSent.change { sent in
                    defer { sent = false }
                    return sent
                }
            guard isLook else { return }
            let tin = ProfileValues(
                identifiers: [Identifier(type: "bike_id", value: "b1")], attributes: ["tier": "tin"])
            _ = try? await other.put(id: id(1), tin)
        }
        let report = try await stage.apply(plan, retry: .standard, onRequest: listener)
        #expect(report.classes == ["unknown": 1])
        #expect(stage.sandbox.world().profiles[0].attributes["tier"] == "tin")
        #expect(try stage.ledger.entry(for: address("jane"))?.lastApplied.attributes == ["tier": "silver"])
        #expect(try await stage.plan([gold]).steps.map(\.action) == [.update])
    }

    @Test func whenNothingCanBeReadBackTheOutcomeIsUnknown() async throws {
        let stage = try stageWithJane(faults: ["cut-after,method=PATCH", "500,method=GET,nth=3"])
        let report = try await stage.apply(try await stage.plan([gold]))
        #expect(report.classes == ["unknown": 1])
        #expect(stage.sandbox.writes.count == 1)
        #expect(try stage.ledger.journal(run: report.run).map(\.outcome?.class) == [.unknown])
        // The next run sees what became of it.
        #expect(try await stage.plan([gold]).steps.map(\.action) == [.adopt])
    }

    @Test func aRefusedWriteChangesNothing() async throws {
        let stage = try stageWithJane(faults: ["403,method=PATCH"])
        let report = try await stage.apply(try await stage.plan([gold]))
        guard case .failed(let failure) = report.lines[0].outcome else {
            Issue.record("\(report.lines[0].outcome)")
            return
        }
        #expect(failure.status == 403)
        #expect(try stage.ledger.entry(for: address("jane"))?.lastApplied.attributes == ["tier": "silver"])
    }

    @Test func whenTheProfileCannotBeLookedAtItIsNotWritten() async throws {
        let stage = try stageWithJane(faults: ["500,nth=2,method=GET"])
        let report = try await stage.apply(try await stage.plan([gold]))
        #expect(report.classes == ["failed": 1])
        #expect(stage.sandbox.writes.isEmpty)
    }

    /// As when the process was paused for long and lost its lock meanwhile.
    @Test func aWriteThatIsForbiddenIsNotSent() async throws {
        let stage = try stageWithJane()
        let plan = try await stage.plan([gold])
        let client = stage.client().permitted { () throws(WriteForbidden) in throw WriteForbidden(reason: "no lock") }
        let report = try await Applier(client: client, journal: try stage.begin(plan), parallelism: 1).apply(plan)
        #expect(report.lines.map(\.outcome) == [.failed(StepFailure(title: "no lock"))])
        #expect(stage.sandbox.writes.isEmpty)
        #expect(try stage.ledger.unsettled().isEmpty)
    }

    /// What was sent while it was permitted, and whose answer was lost, stays unknown.
    @Test func aWriteThatIsForbiddenOnlyTheSecondTimeIsUnknown() async throws {
        let stage = try stageWithJane(faults: ["cut-before,method=PATCH,nth=1"])
        let plan = try await stage.plan([gold])
        let sendings = Shared(0)
        let client = stage.client(retry: .standard).permitted { () throws(WriteForbidden) in
            let isFirst = sendings.change { count in
                count += 1
                return count == 1
            }
            if !isFirst { throw WriteForbidden(reason: "no lock") }
        }
        let report = try await Applier(client: client, journal: try stage.begin(plan), parallelism: 1).apply(plan)
        #expect(report.classes == ["unknown": 1])
        #expect(stage.sandbox.writes.count == 1)
    }

    @Test(arguments: SandboxFault.WrongShape.allCases)
    func whatIsNoProfileIsNotTakenForOne(shape: SandboxFault.WrongShape) async throws {
        let stage = try stageWithJane(faults: ["wrong-type=\(shape.rawValue),method=GET,nth=2"])
        let report = try await stage.apply(try await stage.plan([gold]))
        guard case .failed(let failure) = report.lines[0].outcome else {
            Issue.record("\(report.lines[0].outcome)")
            return
        }
        #expect(failure.title.hasPrefix("the answer makes no sense"))
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test func takingOverALiveProfileTakesNoCall() async throws {
        let stage = try Stage([jane])
        let plan = try await stage.plan([desired("jane", ["bike_id:b1"], ["tier": "silver"])])
        #expect(plan.steps.map(\.action) == [.adopt])
        let before = stage.sandbox.requests.count
        let report = try await stage.apply(plan)
        #expect(report.classes == ["done": 1])
        #expect(stage.sandbox.requests.count == before)
        let entry = try #require(try stage.ledger.entry(for: address("jane")))
        #expect(entry.profileID == id(1))
        #expect(entry.lastApplied.attributes == ["tier": "silver"])
    }

    @Test func forgettingTakesNoCall() async throws {
        let stage = try stageWithJane()
        try stage.sandbox.load(SandboxWorld())
        let plan = try await stage.plan([])
        #expect(plan.steps.map(\.action) == [.forget])
        let before = stage.sandbox.requests.count
        let report = try await stage.apply(plan)
        #expect(report.classes == ["done": 1])
        #expect(stage.sandbox.requests.count == before)
        #expect(try stage.ledger.entries().isEmpty)
    }

    private var renamed: [AddressMove] {
        let origin = Origin(file: "a.yaml", line: 1, column: 1)
        return [AddressMove(from: address("old"), to: address("jane"), origin: origin, destination: origin)]
    }

    @Test func aMoveWithoutAChangeTakesNoCall() async throws {
        let stage = try Stage([jane], entries: [entry("old", jane)])
        let plan = try await stage.plan([desired("jane", ["bike_id:b1"], ["tier": "silver"])], moves: renamed)
        #expect(plan.steps.map(\.action) == [.move])
        let before = stage.sandbox.requests.count
        let report = try await stage.apply(plan)
        #expect(report.classes == ["done": 1])
        #expect(stage.sandbox.requests.count == before)
        #expect(try stage.ledger.entries().map(\.address) == [address("jane")])
        #expect(try stage.ledger.entries().map(\.profileID) == [id(1)])
    }

    @Test func theLedgerMovesWithTheChangeOrNotAtAll() async throws {
        let stage = try Stage([jane], entries: [entry("old", jane)], faults: ["400,nth=1,method=PATCH"])
        let refused = try await stage.apply(try await stage.plan([gold], moves: renamed))
        #expect(refused.classes == ["failed": 1])
        #expect(try stage.ledger.entries().map(\.address) == [address("old")])
        let done = try await stage.apply(try await stage.plan([gold], moves: renamed))
        #expect(done.classes == ["done": 1])
        #expect(try stage.ledger.entries().map(\.address) == [address("jane")])
        #expect(try await stage.plan([gold], moves: renamed).steps.isEmpty)
    }

    @Test func aMoveWhoseAnswerWasLostIsOnlyAMoveTheNextTime() async throws {
        let stage = try Stage([jane], entries: [entry("old", jane)], faults: ["cut-after,nth=1,method=PATCH"])
        _ = try await stage.apply(try await stage.plan([gold], moves: renamed))
        let plan = try await stage.plan([gold], moves: renamed)
        guard !plan.steps.isEmpty else { return }
        #expect(plan.steps.map(\.action) == [.move])
        _ = try await stage.apply(plan)
        #expect(try stage.ledger.entries().map(\.address) == [address("jane")])
    }
}
