import GRDB
import ProfileModel

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where a sandbox keeps what it holds.
package enum SandboxStorage: Sendable, Hashable {
    case memory
    /// A SQLite file, created (mode 0600) with its directories when it is not there.
    /// One sandbox at a time holds it, from opening to closing.
    case file(String)
}

/// The data file. The account lives in memory; each change is written here first, in one transaction.
final class SandboxFile: Sendable {
    struct Contents {
        var changes: [Change] = []
        var sources: [String] = []
        var types: [String] = []
        var lastProfileID: String?
        var lastUserID: String?
    }

    private static let format = 1
    /// "psbx": tells the file from other SQLite databases.
    private static let applicationID = 0x7073_6278

    private let path: String
    private let queue: DatabaseQueue

    init(path: String) throws(SandboxFailure) {
        self.path = path
        do {
            try Self.makeFile(path)
            var configuration = Configuration()
            configuration.busyMode = .timeout(1)
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { db in
                // In exclusive mode the lock of this transaction stays until the file is closed.
                try db.execute(sql: "BEGIN EXCLUSIVE; COMMIT")
            }
        } catch {
            throw Self.failure(error, opening: path)
        }
        try prepare()
    }

    func read() throws(SandboxFailure) -> Contents {
        do {
            return try queue.read { db in
                var contents = Contents()
                for row in try Row.fetchAll(db, sql: "SELECT * FROM user") {
                    contents.changes.append(.user(try SandboxRows.user(row)))
                }
                for row in try Row.fetchAll(db, sql: "SELECT * FROM profile ORDER BY id") {
                    contents.changes.append(.profile(try SandboxRows.profile(row)))
                }
                contents.sources = try String.fetchAll(db, sql: "SELECT name FROM slot WHERE kind = 'source'")
                contents.types = try String.fetchAll(db, sql: "SELECT name FROM slot WHERE kind = 'type'")
                contents.lastProfileID = try Self.counter(db, "last_profile_id")
                contents.lastUserID = try Self.counter(db, "last_user_id")
                return contents
            }
        } catch {
            throw Self.failure(error, opening: path)
        }
    }

    func write(_ changes: [Change], issuer: Issuer) throws(SandboxFailure) {
        do {
            try queue.write { db in
                for change in changes { try SandboxRows.write(change, db) }
                try SandboxRows.write(issuer, db)
            }
        } catch {
            throw .cannotWrite(path: path, reason: Self.reason(error))
        }
    }

    func replaceAll(_ changes: [Change], issuer: Issuer) throws(SandboxFailure) {
        do {
            try queue.write { db in
                try db.execute(sql: "DELETE FROM profile; DELETE FROM user; DELETE FROM slot")
                for change in changes { try SandboxRows.write(change, db) }
                try SandboxRows.write(issuer, db)
            }
        } catch {
            throw .cannotWrite(path: path, reason: Self.reason(error))
        }
    }

    func close() {
        try? queue.close()
    }

    private func prepare() throws(SandboxFailure) {
        do {
            let found = try queue.read { db in
                (
                    application: try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                    format: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
                    tables: try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
                )
            }
            let isNew = found.application == 0 && found.tables == 0
            guard isNew || found.application == Self.applicationID else {
                throw SandboxFailure.notSandboxData(path: path)
            }
            guard found.format <= Self.format else {
                throw SandboxFailure.newerFormat(path: path, found: found.format, known: Self.format)
            }
            try queue.writeWithoutTransaction { db in
                // Safe when the process dies; a power cut may cost the last changes of test data.
                try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
                if isNew { try Self.createTables(db) }
            }
        } catch let failure as SandboxFailure {
            throw failure
        } catch {
            throw Self.failure(error, opening: path)
        }
    }

    private static func createTables(_ db: Database) throws {
        try db.inTransaction {
            try db.execute(sql: SandboxRows.schema)
            try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(format)")
            return .commit
        }
    }

    private static func counter(_ db: Database, _ name: String) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM counter WHERE name = ?", arguments: [name])
    }

    private static func makeFile(_ path: String) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else { return }
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        if !directory.isEmpty {
            try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
        }
        // SQLite gives its side files the mode of this one.
        guard files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw SandboxFailure.cannotOpen(path: path, reason: "the file cannot be created")
        }
    }

    private static func failure(_ error: any Error, opening path: String) -> SandboxFailure {
        if let failure = error as? SandboxFailure { return failure }
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .inUse(path: path)
        case .SQLITE_NOTADB: return .notSandboxData(path: path)
        default: return .cannotOpen(path: path, reason: reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        if let error = error as? DatabaseError { return error.message ?? "SQLite error \(error.resultCode.rawValue)" }
        return "\(error)"
    }
}
