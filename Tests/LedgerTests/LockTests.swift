import ProfileModel
import Testing

@testable import Ledger

@Suite struct LockTests {
    let directory = try! TemporaryDirectory()

    @Test func theRefusalNamesTheHolder() throws {
        let ledger = try LedgerFile.open(directory.file())
        let record = try ledger.acquireLock(pipeline, now: moment(0), lease: 60).record
        #expect(record.holder == pipeline)
        #expect(record.acquiredAt == moment(0) && record.expiresAt == moment(60))
        let other = try LedgerFile.open(directory.file())
        #expect(throws: LedgerFailure.locked(by: record)) { try other.acquireLock(jane, now: moment(59), lease: 60) }
        #expect(try LedgerFile.openReadOnly(directory.file()).lock() == record)
    }

    @Test func onlyAnEndedLeaseIsTakenOver() throws {
        let ledger = try LedgerFile.open(directory.file())
        let free = try ledger.acquireLock(pipeline, now: moment(0), lease: 60)
        #expect(free.takenFrom == nil)
        let first = free.record
        let takeover = try ledger.acquireLock(jane, now: moment(60), lease: 60)
        #expect(takeover.takenFrom == first)
        let second = takeover.record
        #expect(second.token.number > first.token.number)
        #expect(try ledger.lock() == second)
    }

    @Test func renewingKeepsOthersOut() throws {
        let ledger = try LedgerFile.open(directory.file())
        let record = try ledger.acquireLock(pipeline, now: moment(0), lease: 60).record
        let renewed = try ledger.renewLock(record.token, now: moment(50), lease: 60)
        #expect(renewed.expiresAt == moment(110))
        #expect(throws: LedgerFailure.locked(by: renewed)) { try ledger.acquireLock(jane, now: moment(70), lease: 60) }
    }

    @Test func aLookTellsWhetherTheLockIsStillOurs() throws {
        let ledger = try LedgerFile.open(directory.file())
        let mine = try ledger.acquireLock(pipeline, now: moment(0), lease: 60).record
        #expect(try ledger.checkLock(mine.token) == mine)
        let theirs = try ledger.acquireLock(jane, now: moment(61), lease: 60).record
        #expect(throws: LedgerFailure.lockLost(by: theirs)) { try ledger.checkLock(mine.token) }
        _ = try ledger.breakLock()
        #expect(throws: LedgerFailure.lockLost(by: nil)) { try ledger.checkLock(mine.token) }
    }

    @Test func aLeaseThatEndedUnnoticedCanBeRenewed() throws {
        let ledger = try LedgerFile.open(directory.file())
        let record = try ledger.acquireLock(pipeline, now: moment(0), lease: 60).record
        #expect(try ledger.renewLock(record.token, now: moment(500), lease: 60).expiresAt == moment(560))
    }

    @Test func releasingMakesRoomAtOnceAndTokensAreNeverUsedAgain() throws {
        let ledger = try LedgerFile.open(directory.file())
        let first = try ledger.acquireLock(pipeline, now: moment(0), lease: 60).record
        try ledger.releaseLock(first.token)
        #expect(try ledger.lock() == nil)
        let second = try ledger.acquireLock(jane, now: moment(1), lease: 60).record
        #expect(second.token != first.token)
        #expect(throws: LedgerFailure.lockLost(by: second)) { try ledger.releaseLock(first.token) }
        #expect(try ledger.lock() == second)
    }

    @Test func whoSleptThroughTheLeaseCannotWrite() throws {
        let ledger = try LedgerFile.open(directory.file())
        let mine = try ledger.acquireLock(pipeline, now: moment(0), lease: 60).record.token
        try ledger.begin(RunRecord(id: "r", environment: "staging", startedAt: moment(0)), lock: mine)
        let theirs = try ledger.acquireLock(jane, now: moment(61), lease: 60).record
        let lost = LedgerFailure.lockLost(by: theirs)
        #expect(throws: lost) {
            try ledger.recordIntent(
                run: "r", step: 1, address: address("a"), intent: JournalIntent(action: "create", call: "{}"),
                at: moment(62), lock: mine)
        }
        #expect(throws: lost) {
            try ledger.recordOutcome(
                run: "r", step: 1, address: address("a"), outcome: JournalOutcome(.done), change: .put(entry("a")),
                at: moment(62), lock: mine)
        }
        #expect(throws: lost) { try ledger.update([.put(entry("a"))], at: moment(62), lock: mine) }
        #expect(throws: lost) {
            try ledger.begin(RunRecord(id: "r2", environment: "staging", startedAt: moment(62)), lock: mine)
        }
        #expect(throws: lost) { try ledger.end(run: "r", at: moment(62), summary: "{}", lock: mine) }
        #expect(throws: lost) { try ledger.renewLock(mine, now: moment(62), lease: 60) }
        #expect(try ledger.journal(run: "r") == [])
        #expect(try ledger.entries() == [])
    }

    @Test func breakingTheLockTellsWhoHeldIt() throws {
        let ledger = try LedgerFile.open(directory.file())
        #expect(try ledger.breakLock() == nil)
        let record = try ledger.acquireLock(pipeline, now: moment(0), lease: 60).record
        #expect(try ledger.breakLock() == record)
        #expect(throws: LedgerFailure.lockLost(by: nil)) {
            try ledger.begin(
                RunRecord(id: "r", environment: "staging", startedAt: moment(1)), lock: record.token)
        }
    }

    @Test func ofManyAtOnceOneGetsIt() async throws {
        let path = directory.file()
        let tokens = await withTaskGroup(of: LockToken?.self) { group in
            for _ in 0..<6 {
                group.addTask { try? LedgerFile.open(path).acquireLock(jane, now: moment(0), lease: 60).record.token }
            }
            var tokens: [LockToken] = []
            for await case let token? in group { tokens.append(token) }
            return tokens
        }
        #expect(tokens == [LockToken(number: 1)])
    }
}
