import Foundation
import ProfileModel
import Testing

@testable import Ledger

@Suite struct LedgerFormatTests {
    let directory = try! TemporaryDirectory()
    let next: LedgerFile.Options = {
        var options = LedgerFile.Options()
        options.format.migrations += [
            "ALTER TABLE entries ADD COLUMN note TEXT", "UPDATE entries SET profile_id = profile_id || '-migrated'",
        ]
        return options
    }()

    @Test func anOlderLedgerIsBroughtUpToDateInOneGo() throws {
        try LedgerFile.open(directory.file()).update([.put(entry("a"))], at: moment(0))
        let lineage = try LedgerFile.open(directory.file()).identity()?.lineage
        let ledger = try LedgerFile.open(directory.file(), next)
        #expect(try ledger.entries() == [entry("a", id: "01-a-migrated")])
        #expect(try ledger.identity()?.lineage == lineage)
        #expect(try LedgerFile.open(directory.file(), next).entries() == [entry("a", id: "01-a-migrated")])
        #expect(try mode(directory.file()) == 0o600)
    }

    @Test func aLedgerOfTheFirstVersionKeepsItsJournal() throws {
        var first = LedgerFile.Options()
        first.format.migrations = [
            first.format.migrations[0]
                + """
                INSERT INTO runs (id, environment, started_at) VALUES ('r1', 'local', '2026-01-02T03:04:05Z');
                INSERT INTO journal (run, step, source, type, name, call, intent_at)
                VALUES ('r1', 1, 'coolbikes', 'rider', 'a', '{}', '2026-01-02T03:04:06Z');
                """
        ]
        _ = try LedgerFile.open(directory.file(), first)
        let ledger = try LedgerFile.open(directory.file())
        let row = try #require(try ledger.unsettled().first)
        #expect(row.address == address("a"))
        #expect(row.intent == nil)
        #expect(row.intentAt != nil)
    }

    @Test func aMigrationThatFailsLeavesTheLedgerAsItWas() throws {
        try LedgerFile.open(directory.file()).update([.put(entry("a"))], at: moment(0))
        let before = try bytes(directory.file())
        var broken = next
        broken.format.migrations.append("INSERT INTO no_such_table VALUES (1)")
        #expect(throws: LedgerFailure.self) { try LedgerFile.open(directory.file(), broken) }
        #expect(try bytes(directory.file()) == before)
        #expect(try LedgerFile.open(directory.file()).entries() == [entry("a")])
    }

    @Test func aNewerLedgerIsRefusedAndUnchanged() throws {
        try LedgerFile.open(directory.file(), next).update([.put(entry("a"))], at: moment(0))
        let before = try bytes(directory.file())
        let newer = LedgerFailure.newerFormat(path: directory.file(), found: 5, known: 3)
        #expect(throws: newer) { try LedgerFile.open(directory.file()) }
        #expect(throws: newer) { try LedgerFile.openReadOnly(directory.file()) }
        #expect(try bytes(directory.file()) == before)
        #expect(try directory.contents == ["ledger.sqlite"])
    }

    @Test func readingAnOlderLedgerMigratesOnlyInMemory() throws {
        try LedgerFile.open(directory.file()).update([.put(entry("a"))], at: moment(0))
        let before = try bytes(directory.file())
        let ledger = try LedgerFile.openReadOnly(directory.file(), next)
        #expect(try ledger.entries() == [entry("a", id: "01-a-migrated")])
        #expect(try bytes(directory.file()) == before)
    }

    @Test func theHeaderSaysWhoseFileItIs() throws {
        _ = try LedgerFile.open(directory.file())
        let header = try bytes(directory.file())
        #expect(header[60..<64].elementsEqual([0, 0, 0, 3]))
        #expect(header[68..<72].elementsEqual("prlg".utf8))
    }
}
