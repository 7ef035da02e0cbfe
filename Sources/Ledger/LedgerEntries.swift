import GRDB
package import ProfileModel
import WireFormat

/// What a step, or a command on the ledger, does to it.
package enum LedgerChange: Sendable, Hashable {
    case put(LedgerEntry)
    /// The entry takes the place of the one under another address.
    case move(from: Address, LedgerEntry)
    case remove(Address)
}

/// An entry and when it was written.
package struct LedgerRecord: Sendable, Hashable {
    package var entry: LedgerEntry
    package var writtenAt: Timestamp
    /// The run that wrote it; nil when a command on the ledger did.
    package var run: String?

    package init(entry: LedgerEntry, writtenAt: Timestamp, run: String?) {
        self.entry = entry
        self.writtenAt = writtenAt
        self.run = run
    }
}

extension LedgerFile {
    /// In address order.
    package func entries() throws(LedgerFailure) -> [LedgerEntry] {
        try read(absent: []) { db in
            var entries: [LedgerEntry] = []
            let rows = try Row.fetchCursor(db, sql: "\(selectEntries) ORDER BY source, type, name")
            while let row = try rows.next() { entries.append(try entry(row)) }
            return entries
        }
    }

    /// In address order; much quicker than the entries.
    package func addresses() throws(LedgerFailure) -> [Address] {
        try read(absent: []) { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT source, type, name FROM entries ORDER BY source, type, name")
            var addresses: [Address] = []
            while let row = try rows.next() {
                addresses.append(Address(source: row[0], type: row[1], name: row[2]))
            }
            return addresses
        }
    }

    package func entry(for address: Address) throws(LedgerFailure) -> LedgerEntry? {
        try record(for: address)?.entry
    }

    /// The addresses of a profile: one, or several in a ledger that an older version wrote.
    package func entries(ofProfile id: String) throws(LedgerFailure) -> [LedgerEntry] {
        try read(absent: []) { db in
            let sql = "\(selectEntries) WHERE profile_id = ? ORDER BY source, type, name"
            return try Row.fetchAll(db, sql: sql, arguments: [id]).map { row in try entry(row) }
        }
    }

    /// In address order.
    package func records() throws(LedgerFailure) -> [LedgerRecord] {
        try read(absent: []) { db in try fetchRecords(db) }
    }

    package func record(for address: Address) throws(LedgerFailure) -> LedgerRecord? {
        try read(absent: nil) { db in try fetchRecord(for: address, db) }
    }

    func fetchRecord(for address: Address, _ db: Database) throws -> LedgerRecord? {
        try Row.fetchOne(
            db.cachedStatement(sql: "\(selectEntries) WHERE source = ? AND type = ? AND name = ?"),
            arguments: [address.source, address.type, address.name]
        ).map { row in try record(row) }
    }

    /// Changes entries outside a run, all of them or none.
    package func update(
        _ changes: [LedgerChange], at time: Timestamp, lock: LockToken? = nil
    ) throws(LedgerFailure) {
        try write { db in
            try require(lock, db)
            try make(changes, run: nil, at: time, db)
        }
    }

    func fetchRecords(_ db: Database) throws -> [LedgerRecord] {
        try Row.fetchAll(db, sql: "\(selectEntries) ORDER BY source, type, name").map { row in try record(row) }
    }

    func make(_ changes: [LedgerChange], run: String?, at time: Timestamp, _ db: Database) throws {
        guard !changes.isEmpty else { return }
        let put = try db.cachedStatement(sql: putEntry)
        let remove = try db.cachedStatement(sql: "DELETE FROM entries WHERE source = ? AND type = ? AND name = ?")
        // What the same run has put there already is a new profile at the old address.
        let vacate = try db.cachedStatement(
            sql: "DELETE FROM entries WHERE source = ? AND type = ? AND name = ? AND (run IS NULL OR run IS NOT ?)")
        let writtenAt = time.iso8601
        for change in changes {
            switch change {
            case .put(let entry):
                try requireOneAddress(entry, db)
                try put.execute(arguments: try row(entry, writtenAt, run))
            case .move(let from, let entry):
                // A command that only moves the entry is not the writer of its values.
                let former = run == nil ? try fetchRecord(for: from, db) : nil
                try vacate.execute(arguments: [from.source, from.type, from.name, run])
                try requireOneAddress(entry, db)
                try put.execute(arguments: try row(entry, former?.writtenAt.iso8601 ?? writtenAt, former?.run ?? run))
            case .remove(let address):
                try remove.execute(arguments: [address.source, address.type, address.name])
            }
        }
        try db.execute(sql: "UPDATE meta SET serial = serial + 1")
    }

    /// Remembers which steps a limit held back.
    /// - Parameter keeping: all others are forgotten but these, which are blocked for another reason, so that nothing
    ///   new is known of them. Nil forgets none.
    package func holdBack(
        _ held: [Address: HeldBack], forgettingOthersBut keeping: Set<Address>? = nil, lock: LockToken? = nil
    ) throws(LedgerFailure) {
        try write { db in
            try require(lock, db)
            let hold = try db.cachedStatement(sql: putHeldBack)
            if let keeping {
                for row in try Row.fetchAll(db, sql: "SELECT source, type, name FROM entries WHERE \(isHeldBack)") {
                    let address = Address(source: row[0], type: row[1], name: row[2])
                    guard !keeping.contains(address) else { continue }
                    try hold.execute(arguments: [nil, nil, address.source, address.type, address.name])
                }
            }
            for (address, held) in held {
                try hold.execute(arguments: [
                    held.among, held.amongSource, address.source, address.type, address.name,
                ])
            }
        }
    }

    private func row(_ entry: LedgerEntry, _ writtenAt: String, _ run: String?) throws -> StatementArguments {
        let address = entry.address
        try refuseNUL(in: [address.source, address.type, address.name, entry.profileID, entry.userID ?? ""])
        return [
            address.source, address.type, address.name, entry.profileID, entry.userID,
            writeJSON(entry.storedValues), entry.preventDestroy, writtenAt, run, entry.heldBack?.among,
            entry.heldBack?.amongSource,
        ]
    }

    /// SQLite would end the text there, and two names could become one.
    private func refuseNUL(in texts: [String]) throws {
        for text in texts where text.utf8.contains(0) {
            throw LedgerFailure.cannotWrite(path: path, reason: "a NUL character in a name or an id")
        }
    }

    private func record(_ row: Row) throws -> LedgerRecord {
        LedgerRecord(entry: try entry(row), writtenAt: try time(row[9]), run: row[10])
    }

    private func entry(_ row: Row) throws -> LedgerEntry {
        let (lastApplied, kept) = try decode(row[5]) { value in
            (try ProfileValues(json: value), try KeptForms(stored: value))
        }
        return LedgerEntry(
            address: Address(source: row[0], type: row[1], name: row[2]), profileID: row[3], userID: row[4],
            lastApplied: lastApplied, preventDestroy: row[6], heldBack: heldBack(among: row[7], source: row[8]),
            kept: kept)
    }

    private func heldBack(among: Int?, source: Int?) -> HeldBack? {
        among == nil && source == nil ? nil : HeldBack(among: among, amongSource: source)
    }
}

private let selectEntries = """
    SELECT source, type, name, profile_id, user_id, last_applied, prevent_destroy, held_back_among,
        held_back_among_source, written_at, run
    FROM entries
    """

private let putEntry = """
    INSERT INTO entries (
        source, type, name, profile_id, user_id, last_applied, prevent_destroy, written_at, run, held_back_among,
        held_back_among_source)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
        profile_id = excluded.profile_id, user_id = excluded.user_id, last_applied = excluded.last_applied,
        prevent_destroy = excluded.prevent_destroy, written_at = excluded.written_at, run = excluded.run,
        held_back_among = excluded.held_back_among, held_back_among_source = excluded.held_back_among_source
    """

private let isHeldBack = "held_back_among IS NOT NULL OR held_back_among_source IS NOT NULL"

private let putHeldBack = """
    UPDATE entries SET held_back_among = ?, held_back_among_source = ? WHERE source = ? AND type = ? AND name = ?
    """
