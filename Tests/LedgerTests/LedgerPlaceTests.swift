import Foundation
import ProfileModel
import Testing

@testable import Ledger

/// What happens to the file while it is open.
@Suite struct LedgerPlaceTests {
    private let directory = try! TemporaryDirectory()

    @Test func `a removed ledger takes no writes`() throws {
        try expectGone(isReplaced: false) { path in try FileManager.default.removeItem(atPath: path) }
    }

    @Test func `a moved ledger takes no writes`() throws {
        try expectGone(isReplaced: false) { path in
            try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
        }
    }

    @Test func `a ledger whose directory is removed takes no writes`() throws {
        try expectGone(isReplaced: false) { path in
            try FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
        }
    }

    @Test func `a replaced ledger takes no writes`() throws {
        try expectGone(isReplaced: true) { path in
            try FileManager.default.copyItem(atPath: path, toPath: path + ".backup")
            #expect(rename(path + ".backup", path) == 0)
        }
    }

    @Test func `a ledger that is removed during a write is noticed`() throws {
        let ledger = try LedgerFile.open(directory.file())
        #expect(throws: LedgerFailure.gone(path: directory.file(), isReplaced: false)) {
            try ledger.write { db in
                try ledger.make([.put(entry("a"))], run: nil, at: moment(0), db)
                try FileManager.default.removeItem(atPath: directory.file())
            }
        }
    }

    private func expectGone(
        isReplaced: Bool, _ location: Testing.SourceLocation = #_sourceLocation, after change: (String) throws -> Void
    ) throws {
        let path = directory.file("a/ledger.sqlite")
        let ledger = try LedgerFile.open(path)
        let lock = try ledger.acquireLock(jane, now: moment(0), lease: 60).record.token
        try change(path)
        let gone = LedgerFailure.gone(path: path, isReplaced: isReplaced)
        #expect(throws: gone, sourceLocation: location) { try ledger.update([.put(entry("a"))], at: moment(1)) }
        #expect(throws: gone, sourceLocation: location) { try ledger.checkLock(lock) }
    }
}
