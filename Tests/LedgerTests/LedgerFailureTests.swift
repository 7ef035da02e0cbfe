import Foundation
import ProfileModel
import Testing

@testable import Ledger

@Suite struct LedgerFailureTests {
    let directory = try! TemporaryDirectory()

    @Test(arguments: ["x", "not a database at all", String(repeating: "version: 1\n", count: 1000)])
    func whatIsNoDatabaseIsNoLedger(text: String) throws {
        try overwrite(directory.file(), Data(text.utf8))
        expectBothRefuse(.notALedger(path: directory.file(), .text))
        #expect(try bytes(directory.file()) == Data(text.utf8))
    }

    @Test func theDatabaseOfAnotherApplicationIsLeftAlone() throws {
        var options = LedgerFile.Options()
        options.format.applicationID = 77
        _ = try LedgerFile.open(directory.file(), options)
        let before = try bytes(directory.file())
        expectBothRefuse(.notALedger(path: directory.file(), .otherDatabase))
        #expect(try bytes(directory.file()) == before)
    }

    @Test func aDirectoryIsNoLedger() {
        let failure = LedgerFailure.notALedger(path: directory.path, .directory)
        #expect(throws: failure) { try LedgerFile.open(directory.path) }
        #expect(throws: failure) { try LedgerFile.openReadOnly(directory.path) }
    }

    @Test(arguments: [0.9, 0.5, 0.3])
    func aTruncatedFileIsDamaged(part: Double) throws {
        try fill()
        let whole = try bytes(directory.file())
        try overwrite(directory.file(), whole.prefix(Int(Double(whole.count) * part) / 4096 * 4096))
        expectDamaged { try LedgerFile.open(directory.file()).entries() }
        expectDamaged { try LedgerFile.openReadOnly(directory.file()).entries() }
    }

    @Test func overwrittenPagesAreDamaged() throws {
        try fill()
        var data = try bytes(directory.file())
        data.replaceSubrange(4096..<data.count, with: Data(repeating: 0x5A, count: data.count - 4096))
        try overwrite(directory.file(), data)
        expectDamaged { try LedgerFile.open(directory.file()).entries() }
    }

    @Test func valuesThatAreNoJSONAreDamaged() throws {
        try fill()
        var data = try bytes(directory.file())
        let range = try #require(data.range(of: Data(#"{"attributes""#.utf8)))
        data[range.lowerBound] = UInt8(ascii: "x")
        try overwrite(directory.file(), data)
        expectDamaged { try LedgerFile.open(directory.file()).entries() }
    }

    @Test func aPlaceThatCannotBeWrittenIsNamed() throws {
        try overwrite(directory.file("file"), Data())
        for path in [directory.file("file/ledger.sqlite"), directory.file("file/sub/ledger.sqlite")] {
            let failure = #expect(throws: LedgerFailure.self) { try LedgerFile.open(path) }
            switch failure {
            case .cannotWrite(path, _)?, .cannotRead(path, _)?: break
            default: Issue.record("\(String(describing: failure))")
            }
        }
    }

    @Test func aFullDiskLosesNothing() throws {
        try LedgerFile.open(directory.file()).update([.put(entry("a"))], at: moment(0))
        var options = LedgerFile.Options()
        options.maximumSize = 30
        let ledger = try LedgerFile.open(directory.file(), options)
        #expect(throws: LedgerFailure.diskFull(path: directory.file())) {
            try ledger.update((0..<1000).map { .put(entry("p\($0)")) }, at: moment(1))
        }
        #expect(try ledger.entries() == [entry("a")])
        #expect(throws: Never.self) { try ledger.update([.remove(address("a"))], at: moment(2)) }
    }

    @Test func anotherWriterInTheMiddleIsBusyNotDamaged() throws {
        let first = try LedgerFile.open(directory.file())
        var options = LedgerFile.Options()
        options.waiting = World().waiting(LedgerPatience())
        let second = try LedgerFile.open(directory.file(), options)
        try first.write { db in
            try first.make([.put(entry("a"))], run: nil, at: moment(0), db)
            #expect(throws: LedgerFailure.busy(path: directory.file(), nil)) {
                try second.update([.put(entry("b"))], at: moment(0))
            }
        }
        try second.update([.put(entry("b"))], at: moment(1))
        #expect(try first.entries() == [entry("a"), entry("b")])
    }

    private func fill() throws {
        try LedgerFile.open(directory.file()).update((0..<500).map { .put(entry("p\($0)")) }, at: moment(0))
    }

    private func expectBothRefuse(_ failure: LedgerFailure) {
        #expect(throws: failure) { try LedgerFile.open(directory.file()) }
        #expect(throws: failure) { try LedgerFile.openReadOnly(directory.file()) }
    }

    private func expectDamaged(
        _ body: () throws -> [LedgerEntry], sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        let failure = #expect(throws: LedgerFailure.self, sourceLocation: sourceLocation) { try body() }
        guard case .damaged(directory.file(), _)? = failure else {
            Issue.record("\(String(describing: failure))", sourceLocation: sourceLocation)
            return
        }
    }
}
