import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The format of the file: whose it is, and the way from each version to the next.
///
/// `application_id` and `user_version` in the header of the SQLite file tell both before a table is read.
struct LedgerFormat: Sendable {
    var applicationID: Int32
    /// The script at index n leads from version n to version n + 1. A script that was released never changes.
    var migrations: [String]

    var version: Int { migrations.count }

    static let current = LedgerFormat(
        applicationID: 0x7072_6C67 /* "prlg" */, migrations: [version1, version2, version3])
}

extension LedgerFormat {
    enum State: Equatable {
        case older
        case current
    }

    /// Call it inside a transaction, so that the file stands still.
    func state(of db: Database, path: String) throws -> State {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard application == applicationID, found > 0 else { throw LedgerFailure.foreign(path) }
        guard found <= version else {
            throw LedgerFailure.newerFormat(path: path, found: found, known: version)
        }
        guard try isWhole(db) else {
            throw LedgerFailure.damaged(path: path, reason: "a table or the identity of the ledger is missing")
        }
        return found == version ? .current : .older
    }

    /// Whether everything is there that every version has.
    private func isWhole(_ db: Database) throws -> Bool {
        let tables = "('meta', 'entries', 'runs', 'journal', 'lock')"
        let count = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN \(tables)")
        guard count == 5 else { return false }
        return try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM meta)") ?? false
    }

    /// Brings the file to this version; call it inside a transaction.
    func migrate(_ db: Database, path: String) throws {
        guard try state(of: db, path: path) != .current else { return }
        try run(migrations[(try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0)...], db)
    }

    /// Makes a ledger of an empty database; call it inside a transaction.
    func create(_ db: Database) throws {
        try run(migrations[...], db)
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(
            sql: "INSERT INTO meta (id, lineage, serial, fence) VALUES (1, ?, 0, 0)",
            arguments: [UUID().uuidString.lowercased()])
    }

    private func run(_ scripts: ArraySlice<String>, _ db: Database) throws {
        for script in scripts { try db.execute(sql: script) }
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }
}

/// Addresses are kept in three columns, because a source may hold a slash. Times are ISO 8601 in UTC.
private let version1 = """
    CREATE TABLE meta (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        lineage TEXT NOT NULL,
        serial INTEGER NOT NULL,
        fence INTEGER NOT NULL,
        environment TEXT,
        service TEXT
    ) STRICT;

    CREATE TABLE entries (
        source TEXT NOT NULL,
        type TEXT NOT NULL,
        name TEXT NOT NULL,
        profile_id TEXT NOT NULL,
        user_id TEXT,
        last_applied TEXT NOT NULL,
        prevent_destroy INTEGER NOT NULL CHECK (prevent_destroy IN (0, 1)),
        written_at TEXT NOT NULL,
        run TEXT,
        PRIMARY KEY (source, type, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        environment TEXT NOT NULL,
        plan_digest TEXT,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        summary TEXT
    ) STRICT;

    CREATE TABLE journal (
        run TEXT NOT NULL REFERENCES runs (id),
        step INTEGER NOT NULL,
        source TEXT NOT NULL,
        type TEXT NOT NULL,
        name TEXT NOT NULL,
        call TEXT,
        prior TEXT,
        intent_at TEXT,
        outcome TEXT CHECK (outcome IN ('done', 'failed', 'stale', 'unknown', 'not_attempted')),
        detail TEXT,
        outcome_at TEXT,
        PRIMARY KEY (run, step)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE lock (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        token INTEGER NOT NULL,
        name TEXT NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        ci_url TEXT,
        acquired_at TEXT NOT NULL,
        expires_at TEXT NOT NULL
    ) STRICT;
    """

/// What settling and undoing a step take: the journal keeps what is meant, and the entry as it was.
private let version2 = """
    ALTER TABLE entries ADD COLUMN held_back_among INTEGER;
    ALTER TABLE entries ADD COLUMN held_back_among_source INTEGER;
    ALTER TABLE journal ADD COLUMN action TEXT;
    ALTER TABLE journal ADD COLUMN after TEXT;
    ALTER TABLE journal ADD COLUMN change TEXT;
    ALTER TABLE journal ADD COLUMN prior_entry TEXT;
    """

/// Who made a run, and which one it took back.
private let version3 = """
    ALTER TABLE runs ADD COLUMN started_by TEXT;
    ALTER TABLE runs ADD COLUMN ci_url TEXT;
    ALTER TABLE runs ADD COLUMN undoes TEXT;
    """
