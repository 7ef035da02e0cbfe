import ProfileModel
import Testing

@testable import Ledger

@Suite struct JournalTests {
    let directory = try! TemporaryDirectory()
    let run = RunRecord(id: "r1", environment: "staging", startedAt: moment(0))

    @Test func anIntentIsUnsettledUntilItsOutcome() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run)
        try ledger.recordIntent(
            run: "r1", step: 3, address: address("a"), intent: update("a"), at: moment(1))
        let intent = JournalRow(
            run: "r1", step: 3, address: address("a"), intent: update("a"), intentAt: moment(1))
        #expect(try ledger.unsettled() == [intent])
        #expect(try ledger.journal(run: "r1") == [intent])

        try ledger.recordOutcome(
            run: "r1", step: 3, address: address("a"), outcome: JournalOutcome(.done, detail: "201"),
            change: .put(entry("a")), at: moment(2))
        var settled = intent
        settled.outcome = JournalOutcome(.done, detail: "201")
        settled.outcomeAt = moment(2)
        #expect(try ledger.journal(run: "r1") == [settled])
        #expect(try ledger.unsettled() == [])
        #expect(
            try ledger.record(for: address("a"))
                == LedgerRecord(entry: entry("a"), writtenAt: moment(2), run: "r1"))
    }

    @Test(arguments: JournalOutcome.Class.allCases)
    func everyOutcomeSettlesAndIsReadBack(outcomeClass: JournalOutcome.Class) throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run)
        try ledger.recordIntent(
            run: "r1", step: 1, address: address("a"), intent: JournalIntent(action: "create", call: "{}"),
            at: moment(1))
        try ledger.recordOutcome(
            run: "r1", step: 1, address: address("a"), outcome: JournalOutcome(outcomeClass), change: nil, at: moment(2)
        )
        #expect(try ledger.journal(run: "r1").first?.outcome == JournalOutcome(outcomeClass))
        #expect(try ledger.unsettled() == [])
        #expect(try ledger.entries() == [])
    }

    /// What undoing the step takes: the profile and the entry as they were.
    @Test func theEntryAsItWasIsKept() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run)
        try ledger.update([.put(entry("a", tier: "silver", protected: true)), .put(entry("old"))], at: moment(0))
        try ledger.recordIntent(run: "r1", step: 1, address: address("a"), intent: update("a"), at: moment(1))
        let moved = JournalIntent(action: "move", prior: profile("b"), change: .move(from: address("old"), entry("b")))
        try ledger.recordOutcome(
            run: "r1", step: 2, address: address("b"), intent: moved, outcome: JournalOutcome(.done),
            change: moved.change, at: moment(2))
        try ledger.recordOutcome(
            run: "r1", step: 1, address: address("a"), intent: JournalIntent(action: "ignored"),
            outcome: JournalOutcome(.done), change: .put(entry("a")), at: moment(3))
        let rows = try ledger.journal(run: "r1")
        #expect(rows.map(\.priorEntry) == [entry("a", tier: "silver", protected: true), entry("old")])
        #expect(rows.map(\.intent) == [update("a"), moved])
        #expect(try ledger.entries().map(\.address.name) == ["a", "b"])
    }

    @Test(arguments: [
        LedgerChange.put(entry("a")), .move(from: Address(source: "a/b", type: "c", name: "d"), entry("x", id: "")),
        .remove(address("a")),
    ])
    func everyChangeIsReadBack(change: LedgerChange) throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run)
        let intent = JournalIntent(action: "update", change: change)
        try ledger.recordIntent(run: "r1", step: 1, address: address("a"), intent: intent, at: moment(1))
        #expect(try ledger.unsettled().map(\.intent) == [intent])
    }

    @Test func aStepThatWasNeverTriedHasAnOutcomeOnly() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run)
        let outcome = JournalOutcome(.notAttempted, detail: "depends on step 1")
        try ledger.recordOutcome(
            run: "r1", step: 2, address: address("b"), outcome: outcome, change: nil, at: moment(2))
        #expect(
            try ledger.journal(run: "r1")
                == [JournalRow(run: "r1", step: 2, address: address("b"), outcome: outcome, outcomeAt: moment(2))])
    }

    @Test func aLaterRunCanSettleAnEarlierOne() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run)
        for step in [2, 1] {
            try ledger.recordIntent(
                run: "r1", step: step, address: address("a\(step)"),
                intent: JournalIntent(action: "create", call: "{}"), at: moment(1))
        }
        try ledger.begin(RunRecord(id: "r2", environment: "staging", startedAt: moment(9)))
        #expect(try ledger.unsettled().map(\.step) == [1, 2])
        try ledger.recordOutcome(
            run: "r1", step: 1, address: address("a1"), outcome: JournalOutcome(.done), change: .put(entry("a1")),
            at: moment(10))
        #expect(try ledger.unsettled().map(\.step) == [2])
    }

    /// The run itself saw no answer: another one is to find out what became of the call, once.
    @Test func aCallWithoutAnAnswerStaysOpenUntilALaterRunLooks() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run, steps: [PlannedStep(step: 1, address: address("a1"), action: "update")])
        try ledger.recordIntent(run: "r1", step: 1, address: address("a1"), intent: update("a1"), at: moment(1))
        try ledger.leaveOpen(run: "r1", step: 1, reason: "timed out")
        try ledger.end(run: "r1", at: moment(2), summary: "{}")
        #expect(try ledger.journal(run: "r1").map(\.outcome) == [JournalOutcome(.unknown, detail: "timed out")])
        #expect(try ledger.recordedRuns(now: moment(3)).first?.counts == [.unknown: 1])
        #expect(try ledger.unsettled().map(\.step) == [1])
        try ledger.recordOutcome(
            run: "r1", step: 1, address: address("a1"), outcome: JournalOutcome(.unknown, detail: "differs"),
            change: nil, at: moment(4))
        #expect(try ledger.unsettled().isEmpty)
        #expect(try ledger.recordedRuns(now: moment(5)).first?.counts == [.unknown: 1])
    }

    /// A run that is killed leaves behind what it was to do.
    @Test func whatWasPlannedIsKnownHoweverFarTheRunCame() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(
            run, steps: (1...4).map { PlannedStep(step: $0, address: address("a\($0)"), action: "update") })
        #expect(try ledger.unsettled() == [])
        try ledger.recordIntent(run: "r1", step: 1, address: address("a1"), intent: update("a1"), at: moment(1))
        try ledger.recordOutcome(
            run: "r1", step: 1, address: address("a1"), outcome: JournalOutcome(.done), change: nil, at: moment(2))
        try ledger.recordIntent(run: "r1", step: 2, address: address("a2"), intent: update("a2"), at: moment(3))
        // Without a call there is no intent, and yet all that undoing takes.
        try ledger.recordOutcome(
            run: "r1", step: 3, address: address("a3"), intent: update("a3"), outcome: JournalOutcome(.stale),
            change: nil, at: moment(4))
        let rows = try ledger.journal(run: "r1")
        #expect(rows.map(\.recordedStep.ending) == [.done, .inFlight, .stale, .notReached])
        #expect(rows[2].intent == update("a3"))
        let cutOff = try #require(try ledger.recordedRuns(now: moment(9)).first)
        #expect(cutOff.ending == .cutOff)
        #expect(cutOff.counts == [.done: 1, .inFlight: 1, .stale: 1, .notReached: 1])
        let ops = LockHolder(name: "ops", host: "here", pid: 1)
        let own = try ledger.acquireLock(ops, now: moment(-1), lease: 60).record.token
        #expect(try ledger.recordedRuns(now: moment(9)).first?.ending == .underWay)
        #expect(try ledger.recordedRuns(now: moment(99)).first?.ending == .cutOff)
        // Another run, which has planned nothing so far.
        try ledger.releaseLock(own)
        _ = try ledger.acquireLock(ops, now: moment(9), lease: 60)
        #expect(try ledger.recordedRuns(now: moment(9)).first?.ending == .cutOff)
        try ledger.end(run: "r1", at: moment(10), summary: "{}", notAttempted: [4: "interrupted"])
        #expect(try ledger.recordedRuns(now: moment(11)).first?.ending == .ended(moment(10)))
        #expect(try ledger.journal(run: "r1")[3].outcome == JournalOutcome(.notAttempted, detail: "interrupted"))
    }

    @Test func runsAreListedTheLatestFirst() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run)
        let second = RunRecord(id: "r0", environment: "staging", startedAt: moment(-100))
        try ledger.begin(second)
        try ledger.end(run: "r1", at: moment(7), summary: #"{"done":1}"#)
        var ended = run
        ended.endedAt = moment(7)
        ended.summary = #"{"done":1}"#
        #expect(try ledger.runs() == [second, ended])
    }

    @Test func runsBeginOnceAndBeforeTheirSteps() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(run)
        #expect(throws: LedgerFailure.duplicateRun("r1")) { try ledger.begin(run) }
        #expect(throws: LedgerFailure.unknownRun("x")) { try ledger.end(run: "x", at: moment(0), summary: "{}") }
        #expect(throws: LedgerFailure.unknownRun("x")) {
            try ledger.recordIntent(
                run: "x", step: 1, address: address("a"), intent: JournalIntent(action: "adopt"), at: moment(0))
        }
        #expect(throws: LedgerFailure.unknownRun("x")) {
            try ledger.recordOutcome(
                run: "x", step: 1, address: address("a"), outcome: JournalOutcome(.done), change: .put(entry("a")),
                at: moment(0))
        }
        #expect(try ledger.entries() == [])
    }
}

private func update(_ name: String) -> JournalIntent {
    JournalIntent(
        action: "update", call: #"{"method":"PUT"}"#, prior: profile(name),
        after: ProfileValues(name: name, identifiers: [], attributes: ["tier": "gold"]), change: .put(entry(name)))
}
