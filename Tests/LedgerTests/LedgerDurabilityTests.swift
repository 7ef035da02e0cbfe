import Foundation
import ProfileModel
import Testing

@testable import Ledger

/// What a killed process leaves on the disk is what the files hold at that moment: the tests copy them.
@Suite struct LedgerDurabilityTests {
    let directory = try! TemporaryDirectory()
    let killed = try! TemporaryDirectory()

    @Test func everyReturnedMethodSurvivesAKill() throws {
        let ledger = try LedgerFile.open(directory.file())
        let lock = try ledger.acquireLock(jane, now: moment(0), lease: 60).record.token
        try ledger.begin(RunRecord(id: "r", environment: "staging", startedAt: moment(0)), lock: lock)
        try ledger.recordIntent(
            run: "r", step: 1, address: address("a"), intent: JournalIntent(action: "create", call: "{}"),
            at: moment(1), lock: lock)
        try copyFiles()
        let after = try LedgerFile.open(killed.file())
        #expect(try after.unsettled().map(\.address) == [address("a")])
        #expect(try after.lock()?.token == lock)

        try ledger.recordOutcome(
            run: "r", step: 1, address: address("a"), outcome: JournalOutcome(.done), change: .put(entry("a")),
            at: moment(2), lock: lock)
        try copyFiles()
        let later = try LedgerFile.open(killed.file())
        #expect(try later.unsettled() == [])
        #expect(try later.entries() == [entry("a")])
    }

    @Test(arguments: [true, false])
    func anUnfinishedTransactionIsUndone(whenReading: Bool) throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.update([.put(entry("kept"))], at: moment(0))
        try ledger.write { db in
            // More than SQLite's cache: the file itself has changed by now.
            try ledger.make((0..<20_000).map { .put(entry("p\($0)")) }, run: nil, at: moment(1), db)
            try copyFiles()
        }
        #expect(try killed.contents == ["ledger.sqlite", "ledger.sqlite-journal"])
        #expect(try bytes(killed.file()).count > 1_000_000)
        let after = try whenReading ? LedgerFile.openReadOnly(killed.file()) : LedgerFile.open(killed.file())
        #expect(try after.entries() == [entry("kept")])
        #expect(try after.identity()?.serial == 1)
    }

    @Test func anErrorInATransactionUndoesIt() throws {
        let ledger = try LedgerFile.open(directory.file())
        #expect(throws: LedgerFailure.unknownRun("r")) {
            try ledger.write { db in
                try ledger.make([.put(entry("a"))], run: nil, at: moment(0), db)
                throw LedgerFailure.unknownRun("r")
            }
        }
        #expect(try ledger.entries() == [])
    }

    @Test func twoOpenersSeeEachOther() throws {
        let first = try LedgerFile.open(directory.file())
        let second = try LedgerFile.open(directory.file())
        try first.update([.put(entry("a"))], at: moment(0))
        try second.update([.put(entry("b"))], at: moment(1))
        #expect(try first.entries() == [entry("a"), entry("b")])
        #expect(try first.identity() == second.identity())
    }

    @Test func manyAtOnceLoseNothing() async throws {
        let path = directory.file()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    let ledger = try LedgerFile.open(path)
                    for index in 0..<10 { try ledger.update([.put(entry("\(worker)-\(index)"))], at: moment(0)) }
                }
            }
            try await group.waitForAll()
        }
        let ledger = try LedgerFile.open(path)
        #expect(try ledger.entries().count == 40)
        #expect(try ledger.identity()?.serial == 40)
    }

    private func copyFiles() throws {
        for name in try killed.contents { try FileManager.default.removeItem(atPath: killed.file(name)) }
        for name in try directory.contents {
            try FileManager.default.copyItem(atPath: directory.file(name), toPath: killed.file(name))
        }
    }
}
