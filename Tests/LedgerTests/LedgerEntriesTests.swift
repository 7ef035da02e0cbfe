import ProfileModel
import Testing
import WireFormat

@testable import Ledger

@Suite struct LedgerEntriesTests {
    let directory = try! TemporaryDirectory()

    @Test func whatIsPutIsThereAfterOpeningAgain() throws {
        let entries = [entry("a"), entry("b", tier: .number(JSONNumber(text: "1e3")), protected: true)]
        try LedgerFile.open(directory.file()).update(entries.map { .put($0) }, at: moment(0))
        let ledger = try LedgerFile.open(directory.file())
        #expect(try ledger.entries() == entries)
        #expect(try ledger.entry(for: address("b")) == entries[1])
        #expect(try ledger.entry(for: address("c")) == nil)
    }

    @Test func entriesComeInAddressOrder() throws {
        let ledger = try LedgerFile.open(directory.file())
        let addresses = ["b/a/a", "a/b/a", "a/a/b", "a-b/a/a", "a/a/a-b", "é/a/a", "Z/a/a"].compactMap { Address($0) }
        try ledger.update(
            addresses.map {
                .put(LedgerEntry(address: $0, profileID: "\($0)", userID: nil, lastApplied: ProfileValues()))
            }, at: moment(0))
        #expect(try ledger.entries().map(\.address) == addresses.sorted())
        #expect(try ledger.addresses() == addresses.sorted())
    }

    @Test func puttingAgainReplacesAndRemovingForgets() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.update([.put(entry("a")), .put(entry("b"))], at: moment(0))
        try ledger.update(
            [.put(entry("a", id: "01-new", tier: .null, protected: true)), .remove(address("b"))], at: moment(5))
        #expect(try ledger.entries() == [entry("a", id: "01-new", tier: .null, protected: true)])
        #expect(try ledger.record(for: address("a"))?.writtenAt == moment(5))
    }

    @Test func aMoveIsOneChange() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.update([.put(entry("old"))], at: moment(0))
        try ledger.update([.move(from: address("old"), entry("new", id: "01-old"))], at: moment(1))
        #expect(try ledger.entries() == [entry("new", id: "01-old")])
        #expect(try ledger.identity()?.serial == 2)
    }

    @Test func hostileTextsArriveUnchanged() throws {
        let ledger = try LedgerFile.open(directory.file())
        let text = "'; DROP TABLE entries; --\u{1}\u{202E}\u{7F}😀\n"
        let hostile = LedgerEntry(
            address: Address(source: "a/b", type: text, name: "' OR 1=1"), profileID: text, userID: text,
            lastApplied: ProfileValues(name: text + "\u{0}", attributes: ["\(text)\u{0}": .string("\u{0}")]))
        try ledger.update([.put(hostile)], at: moment(0))
        #expect(try ledger.entries() == [hostile])
        #expect(try ledger.entry(for: hostile.address) == hostile)
    }

    @Test func aNameThatSQLiteWouldCutShortIsRefused() throws {
        let ledger = try LedgerFile.open(directory.file())
        #expect(throws: LedgerFailure.self) { try ledger.update([.put(entry("a\u{0}b"))], at: moment(0)) }
        #expect(throws: LedgerFailure.self) { try ledger.update([.put(entry("a", id: "1\u{0}"))], at: moment(0)) }
        #expect(try ledger.entries() == [])
    }

    @Test func theSerialCountsChangesOfEntriesOnly() throws {
        let ledger = try LedgerFile.open(directory.file())
        let lineage = try ledger.identity()?.lineage
        #expect(try ledger.identity()?.serial == 0)
        try ledger.begin(RunRecord(id: "r", environment: "staging", startedAt: moment(0)))
        try ledger.update([], at: moment(0))
        #expect(try ledger.identity()?.serial == 0)
        try ledger.update([.put(entry("a")), .put(entry("b"))], at: moment(0))
        #expect(try ledger.identity()?.serial == 1)
        #expect(try LedgerFile.open(directory.file()).identity()?.lineage == lineage)
        #expect(try LedgerFile.open(directory.file("other.sqlite")).identity()?.lineage != lineage)
    }

    @Test func tenThousandEntriesInOneTransaction() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.update((0..<10_000).map { .put(entry("p\($0)")) }, at: moment(0))
        #expect(try ledger.entries().count == 10_000)
    }

    @Test func exportHoldsAllThatIsManaged() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.bind(environmentName: "staging", service: "https://acme.example")
        try ledger.update([.put(entry("a", protected: true))], at: moment(0))
        guard case .object(let export) = try ledger.export() else {
            Issue.record("not an object")
            return
        }
        #expect(export.keys == ["entries", "environment", "format_version", "lineage", "serial"])
        #expect(export["serial"] == .number(JSONNumber(text: "1")))
        #expect(export["environment"] == .object(["name": "staging", "service": "https://acme.example"]))
        #expect(
            export["entries"]
                == .array([
                    .object([
                        "address": "coolbikes/rider/a", "profile_id": "01-a", "user_id": "418109427253",
                        "last_applied": entry("a").lastApplied.json, "prevent_destroy": .bool(true),
                        "written_at": "2023-11-14T22:13:20Z",
                    ])
                ]))
    }
}
