import Foundation
import ProfileModel
import Testing

@testable import Ledger

/// What is in a ledger's place and is not a ledger is refused, and left as it is.
@Suite struct ForeignFileTests {
    private let directory = try! TemporaryDirectory()

    static let contents: [(Data, ForeignFile)] = [
        (Data(), .empty),
        (Data(count: 1), .onlyZeros),
        (Data(count: 8192), .onlyZeros),
        (Data("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 28672\n".utf8), .gitLFSPointer),
        (Data("<<<<<<< HEAD\n".utf8), .text),
        (Data("x".utf8), .text),
        (Data([0x1F, 0x8B, 8, 0, 1, 2, 3]), .other),
        (header(applicationID: [0x70, 0x73, 0x62, 0x78]), .sandboxData),
        (header(applicationID: [0, 0, 0, 0]), .otherDatabase),
    ]

    @Test(arguments: contents)
    func `a foreign file is refused and stays as it is`(contents: Data, kind: ForeignFile) throws {
        try overwrite(directory.file(), contents)
        expectBothRefuse(kind)
        #expect(try bytes(directory.file()) == contents)
        #expect(try directory.contents == ["ledger.sqlite"])
    }

    @Test func `a link to nowhere is refused`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: directory.file(), withDestinationPath: directory.file("elsewhere"))
        expectBothRefuse(.linkToNowhere)
        #expect(try directory.contents == ["ledger.sqlite"])
    }

    @Test func `a link to a ledger is followed`() throws {
        try LedgerFile.open(directory.file("real.sqlite")).update([.put(entry("a"))], at: moment(0))
        try FileManager.default.createSymbolicLink(
            atPath: directory.file(), withDestinationPath: directory.file("real.sqlite"))
        let ledger = try LedgerFile.open(directory.file())
        try ledger.update([.put(entry("b"))], at: moment(1))
        #expect(try LedgerFile.openReadOnly(directory.file()).entries() == [entry("a"), entry("b")])
    }

    @Test func `a pipe is refused`() throws {
        #expect(mkfifo(directory.file(), 0o600) == 0)
        expectBothRefuse(.special)
    }

    @Test(arguments: ["-journal", "-wal"])
    func `a journal without its ledger is refused`(suffix: String) throws {
        let journal = directory.file("ledger.sqlite\(suffix)")
        try overwrite(journal, Data("unfinished".utf8))
        let failure = LedgerFailure.strayJournal(path: directory.file(), journal: journal)
        #expect(throws: failure) { try LedgerFile.open(directory.file()) }
        #expect(throws: failure) { try LedgerFile.openReadOnly(directory.file()) }
        #expect(throws: failure) { try LedgerFile.exists(directory.file()) }
        #expect(try directory.contents == ["ledger.sqlite\(suffix)"])
    }

    @Test func `an empty journal without its ledger is nothing`() throws {
        try overwrite(directory.file("ledger.sqlite-journal"), Data())
        #expect(try LedgerFile.open(directory.file()).entries() == [])
    }

    @Test func `a path through a file is refused`() throws {
        try overwrite(directory.file("file"), Data("x".utf8))
        #expect(throws: LedgerFailure.self) { try LedgerFile.openReadOnly(directory.file("file/ledger.sqlite")) }
    }

    @Test(arguments: [30, 80, 100, 4000])
    func `a ledger that is cut off is damaged`(count: Int) throws {
        try LedgerFile.open(directory.file()).update([.put(entry("a"))], at: moment(0))
        let part = try bytes(directory.file()).prefix(count)
        try overwrite(directory.file(), part)
        for open in [{ _ = try LedgerFile.open($0) }, { _ = try LedgerFile.openReadOnly($0).entries() }]
            as [(String) throws -> Void]
        {
            let failure = #expect(throws: LedgerFailure.self) { try open(directory.file()) }
            guard case .damaged? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
        #expect(try bytes(directory.file()) == part)
    }

    @Test func `a ledger without its identity is damaged`() throws {
        var options = LedgerFile.Options()
        _ = try LedgerFile.open(directory.file(), options)
        options.format.migrations.append("DELETE FROM meta")
        #expect(throws: LedgerFailure.damaged(path: directory.file(), reason: "its identity is missing")) {
            try LedgerFile.openReadOnly(directory.file(), options).bind(environmentName: "a", service: "b")
        }
    }

    @Test(arguments: ["entries", "runs", "journal", "lock", "meta"])
    func `a ledger that lacks a table is damaged`(table: String) throws {
        _ = try LedgerFile.open(directory.file())
        var options = LedgerFile.Options()
        options.format.migrations.append("DROP TABLE \(table)")
        _ = try LedgerFile.open(directory.file(), options)
        let damaged = LedgerFailure.damaged(
            path: directory.file(), reason: "a table or the identity of the ledger is missing")
        #expect(throws: damaged) { try LedgerFile.openReadOnly(directory.file(), options) }
        #expect(throws: damaged) { try LedgerFile.open(directory.file(), options) }
    }

    @Test func `a failed creation leaves nothing behind`() throws {
        var options = LedgerFile.Options()
        options.format.migrations.append("INSERT INTO no_such_table VALUES (1)")
        #expect(throws: LedgerFailure.self) { try LedgerFile.open(directory.file(), options) }
        #expect(try directory.contents == [])
    }

    @Test func `of many creators one wins`() async throws {
        let path = directory.file()
        let lineages = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<8 { group.addTask { try LedgerFile.open(path).identity()?.lineage } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(lineages.count == 1)
        #expect(try directory.contents == ["ledger.sqlite"])
        #expect(try mode(path) == 0o600)
    }

    private func expectBothRefuse(_ kind: ForeignFile, _ location: Testing.SourceLocation = #_sourceLocation) {
        let failure = LedgerFailure.notALedger(path: directory.file(), kind)
        #expect(throws: failure, sourceLocation: location) { try LedgerFile.open(directory.file()) }
        #expect(throws: failure, sourceLocation: location) { try LedgerFile.openReadOnly(directory.file()) }
        #expect(throws: failure, sourceLocation: location) {
            _ = try LedgerFile.exists(directory.file()) ? LedgerFile.openReadOnly(directory.file()) : nil
        }
    }
}

/// An SQLite file without tables, of 4096 bytes.
private func header(applicationID: [UInt8]) -> Data {
    var bytes = Data("SQLite format 3\0".utf8)
    bytes += [0x10, 0, 1, 1, 0, 64, 32, 32, 0, 0, 0, 1, 0, 0, 0, 1]
    bytes += Data(count: 12) + Data([0, 0, 0, 4]) + Data(count: 8) + Data([0, 0, 0, 1]) + Data(count: 8)
    bytes += Data(applicationID) + Data(count: 20) + Data([0, 0, 0, 1, 0, 0x2E, 0x76, 0x8A])
    // An empty table page: the list of tables.
    bytes += Data([13, 0, 0, 0, 0, 0x10, 0, 0])
    return bytes + Data(count: 4096 - bytes.count)
}
