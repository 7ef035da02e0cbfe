import Foundation
import ProfileModel
import Testing

@testable import Ledger

@Suite struct LedgerFileTests {
    let directory = try! TemporaryDirectory()

    @Test func theFileAndItsDirectoriesAreTheOwnersAlone() throws {
        let path = directory.file("a/b/ledger.sqlite")
        let ledger = try LedgerFile.open(path)
        try ledger.update([.put(entry("a"))], at: moment(0))
        #expect(try mode(path) == 0o600)
        #expect(try mode(directory.file("a")) == 0o700)
        #expect(try mode(directory.file("a/b")) == 0o700)
    }

    @Test func theJournalOfSQLiteIsPrivateTooAndGoneAfterwards() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.write { db in
            try ledger.make([.put(entry("a"))], run: nil, at: moment(0), db)
            #expect(try mode(directory.file("ledger.sqlite-journal")) == 0o600)
        }
        #expect(try directory.contents == ["ledger.sqlite"])
    }

    @Test func `a ledger that others may read is made private`() throws {
        try LedgerFile.open(directory.file()).update([.put(entry("a"))], at: moment(0))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: directory.file())
        #expect(try LedgerFile.openReadOnly(directory.file()).entries() == [entry("a")])
        #expect(try mode(directory.file()) == 0o644, "who only reads changes nothing")
        #expect(try LedgerFile.open(directory.file()).entries() == [entry("a")])
        #expect(try mode(directory.file()) == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: directory.file())
        _ = try LedgerFile.open(directory.file())
        #expect(try mode(directory.file()) == 0o400, "what is read-only stays so")
    }

    @Test func readingCreatesNothing() throws {
        let ledger = try LedgerFile.openReadOnly(directory.file("x/ledger.sqlite"))
        #expect(try ledger.entries() == [])
        #expect(try ledger.runs() == [])
        #expect(try ledger.unsettled() == [])
        #expect(try ledger.lock() == nil)
        #expect(try ledger.identity() == nil)
        #expect(throws: Never.self) { try ledger.bind(environmentName: "a", service: "b") }
        #expect(throws: Never.self) { try ledger.export() }
        #expect(try directory.contents == [])
    }

    @Test func readingSeesWhatIsWrittenAndCannotWrite() throws {
        let writer = try LedgerFile.open(directory.file())
        let reader = try LedgerFile.openReadOnly(directory.file())
        try writer.update([.put(entry("a"))], at: moment(0))
        #expect(try reader.entries() == [entry("a")])
        let failure = #expect(throws: LedgerFailure.self) { try reader.update([.remove(address("a"))], at: moment(1)) }
        guard case .cannotWrite? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(try writer.entries() == [entry("a")])
    }

    @Test func namesThatSQLiteTakesForSomethingElseAreFiles() throws {
        let ledger = try LedgerFile.open(directory.file(":memory:"))
        try ledger.update([.put(entry("a"))], at: moment(0))
        #expect(try directory.contents == [":memory:"])
    }

    @Test func aLedgerStaysWithItsService() throws {
        let staging = LedgerEnvironment(name: "staging", service: "https://acme-staging.example")
        let ledger = try LedgerFile.open(directory.file())
        #expect(try ledger.identity()?.environment == nil)
        try ledger.bind(environmentName: staging.name, service: staging.service)
        #expect(try ledger.identity()?.environment == staging)
        try ledger.update([.put(entry("a"))], at: moment(0))
        let other = LedgerFailure.otherEnvironment(
            found: staging, expected: LedgerEnvironment(name: "live", service: "https://acme.example"))
        #expect(throws: other) { try ledger.bind(environmentName: "live", service: "https://acme.example") }
        let reader = try LedgerFile.openReadOnly(directory.file())
        #expect(throws: other) { try reader.bind(environmentName: "live", service: "https://acme.example") }
        #expect(throws: Never.self) { try reader.bind(environmentName: "other", service: staging.service) }
        #expect(try ledger.identity()?.environment == staging)
        try ledger.bind(environmentName: "renamed", service: staging.service)
        #expect(try ledger.identity()?.environment?.name == "renamed")
    }

    /// As where the first apply had a misspelt URL.
    @Test func `a ledger with which nothing was applied changes its service`() throws {
        let ledger = try LedgerFile.open(directory.file())
        try ledger.bind(environmentName: "live", service: "https://acme-misspelt.example")
        let live = LedgerEnvironment(name: "live", service: "https://acme.example")
        let reader = try LedgerFile.openReadOnly(directory.file())
        #expect(throws: Never.self) { try reader.bind(environmentName: live.name, service: live.service) }
        try ledger.bind(environmentName: live.name, service: live.service)
        #expect(try ledger.identity()?.environment == live)
        #expect(try !ledger.hasHistory())
    }
}
