import ProfileModel
import Testing

@testable import Ledger

/// A live profile has one address.
@Suite struct OneAddressTests {
    let directory = try! TemporaryDirectory()
    private let refusal = LedgerFailure.managedElsewhere(profileID: "01-a", as: address("a"), wanted: address("b"))

    private func ledger() throws -> LedgerFile {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.update([.put(entry("a")), .put(entry("c"))], at: moment(0))
        return ledger
    }

    /// As an older version could write it.
    private func ledgerWithTwins() throws -> LedgerFile {
        try ledger().update([.remove(address("c"))], at: moment(0))
        var options = LedgerFile.Options()
        options.format.migrations.append(
            """
            INSERT INTO entries SELECT source, type, 'b', profile_id, user_id, last_applied, prevent_destroy, written_at,
                run, held_back_among, held_back_among_source FROM entries
            """)
        return try LedgerFile.open(directory.file(), options)
    }

    @Test func `a second address of a profile is refused`() throws {
        let ledger = try ledger()
        #expect(throws: refusal) { try ledger.update([.put(entry("b", id: "01-a"))], at: moment(1)) }
        #expect(throws: refusal) {
            try ledger.update([.move(from: address("c"), entry("b", id: "01-a"))], at: moment(1))
        }
        #expect(try ledger.entries() == [entry("a"), entry("c")], "nothing was changed")
        #expect(try ledger.identity()?.serial == 1)
    }

    @Test func `an address may get a profile that nobody has`() throws {
        let ledger = try ledger()
        try ledger.update([.put(entry("a", id: "01-new")), .put(entry("b", id: "01-a"))], at: moment(1))
        #expect(try ledger.entries().map(\.profileID) == ["01-new", "01-a", "01-c"])
    }

    @Test func `a profile may change its address`() throws {
        let ledger = try ledger()
        try ledger.update([.move(from: address("a"), entry("b", id: "01-a"))], at: moment(1))
        try ledger.update([.remove(address("c")), .put(entry("d", id: "01-c"))], at: moment(2))
        #expect(try ledger.entries().map(\.address) == [address("b"), address("d")])
        #expect(try ledger.entries(ofProfile: "01-a").map(\.address) == [address("b")])
    }

    @Test func `a ledger that has it twice can be put right`() throws {
        let ledger = try ledgerWithTwins()
        #expect(try ledger.entries(ofProfile: "01-a").map(\.address) == [address("a"), address("b")])
        try ledger.update([.put(entry("a", tier: "tin"))], at: moment(1))
        #expect(throws: LedgerFailure.managedElsewhere(profileID: "01-a", as: address("b"), wanted: address("d"))) {
            try ledger.update([.move(from: address("a"), entry("d", id: "01-a"))], at: moment(1))
        }
        try ledger.update([.remove(address("b"))], at: moment(1))
        #expect(try ledger.entries() == [entry("a", tier: "tin")])
    }

    @Test func `a move by command leaves the writer as it was`() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.begin(RunRecord(id: "r1", environment: "staging", startedAt: moment(0)))
        try ledger.recordOutcome(
            run: "r1", step: 1, address: address("a"), outcome: JournalOutcome(.done), change: .put(entry("a")),
            at: moment(0))
        try ledger.update([.move(from: address("a"), entry("b", id: "01-a"))], at: moment(5))
        let record = try ledger.record(for: address("b"))
        #expect(record?.run == "r1", "the run wrote its values")
        #expect(record?.writtenAt == moment(0))
    }
}
