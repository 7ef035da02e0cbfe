import GRDB
package import ProfileModel
import WireFormat

/// Who wants to work on the ledger.
package struct LockHolder: Sendable, Hashable {
    package var name: String
    package var host: String
    package var pid: Int32
    /// The page of the pipeline's run.
    package var ciURL: String?

    package init(name: String, host: String, pid: Int32, ciURL: String? = nil) {
        self.name = name
        self.host = host
        self.pid = pid
        self.ciURL = ciURL
    }
}

/// Proof of having taken the lock. Each taking has a greater number, so that whoever slept through the
/// end of the lease can be told from whoever came after.
package struct LockToken: Sendable, Hashable {
    package var number: Int

    package init(number: Int) {
        self.number = number
    }
}

package struct LockRecord: Sendable, Hashable {
    package var token: LockToken
    package var holder: LockHolder
    package var acquiredAt: Timestamp
    package var expiresAt: Timestamp

    package init(token: LockToken, holder: LockHolder, acquiredAt: Timestamp, expiresAt: Timestamp) {
        self.token = token
        self.holder = holder
        self.acquiredAt = acquiredAt
        self.expiresAt = expiresAt
    }
}

/// The lock, just taken.
package struct LockGrant: Sendable, Hashable {
    package var record: LockRecord
    /// Whose lease had ended without a sign of life; nil when the lock was free.
    package var takenFrom: LockRecord?
}

extension LedgerFile {
    /// Who holds the lock, whether or not the lease has ended.
    package func lock() throws(LedgerFailure) -> LockRecord? {
        try read(absent: nil) { db in try fetchLock(db) }
    }

    /// Throws `locked` while another lease runs; one that has ended is taken over.
    /// - Parameters:
    ///   - now: asked twice. A lease that ended only while another program held the file is not taken over at once: its
    ///     holder could not renew it.
    ///   - lease: in seconds.
    package func acquireLock(
        _ holder: LockHolder, now: @autoclosure () -> Timestamp, lease: Int64
    ) throws(LedgerFailure) -> LockGrant {
        let start = now()
        return try write { db in
            let other = try fetchLock(db)
            if let other, start < other.expiresAt { throw LedgerFailure.locked(by: other) }
            let now = now()
            try db.execute(sql: "UPDATE meta SET fence = fence + 1")
            let number = try Int.fetchOne(db, sql: "SELECT fence FROM meta") ?? 0
            let record = LockRecord(
                token: LockToken(number: number), holder: holder, acquiredAt: now, expiresAt: end(of: lease, from: now))
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO lock (id, token, name, host, pid, ci_url, acquired_at, expires_at)
                    VALUES (1, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    number, holder.name, holder.host, holder.pid, holder.ciURL, now.iso8601, record.expiresAt.iso8601,
                ])
            return LockGrant(record: record, takenFrom: other)
        }
    }

    /// Throws `lockLost` when the lock is no longer that of the token. Only reads.
    package func checkLock(_ token: LockToken) throws(LedgerFailure) -> LockRecord {
        try requireInPlace()
        let record = try lock()
        guard let record, record.token == token else { throw .lockLost(by: record) }
        return record
    }

    /// The lease runs from `now` again. Works after its end too, as long as nobody took the lock over.
    /// - Parameters:
    ///   - now: asked when other programs have let go of the file.
    ///   - isOver: ends the wait for them when it is true.
    package func renewLock(
        _ token: LockToken, now: @autoclosure () -> Timestamp, lease: Int64,
        until isOver: @escaping @Sendable () -> Bool = { false }
    ) throws(LedgerFailure) -> LockRecord {
        try write(until: isOver) { db in
            var record = try require(token, db)
            record.expiresAt = end(of: lease, from: now())
            try db.execute(sql: "UPDATE lock SET expires_at = ?", arguments: [record.expiresAt.iso8601])
            return record
        }
    }

    package func releaseLock(_ token: LockToken) throws(LedgerFailure) {
        try write(for: .aside) { db in
            try require(token, db)
            try db.execute(sql: "DELETE FROM lock")
        }
    }

    /// Takes the lock from whoever holds it. The former holder learns so before its next write.
    /// - Returns: who held it.
    package func breakLock() throws(LedgerFailure) -> LockRecord? {
        try write { db in
            let record = try fetchLock(db)
            try db.execute(sql: "DELETE FROM lock")
            return record
        }
    }

    @discardableResult
    func require(_ token: LockToken, _ db: Database) throws -> LockRecord {
        let record = try fetchLock(db)
        guard let record, record.token == token else { throw LedgerFailure.lockLost(by: record) }
        return record
    }

    func require(_ token: LockToken?, _ db: Database) throws {
        if let token { try require(token, db) }
    }

    private func fetchLock(_ db: Database) throws -> LockRecord? {
        let columns = "token, name, host, pid, ci_url, acquired_at, expires_at"
        guard let row = try Row.fetchOne(db, sql: "SELECT \(columns) FROM lock") else { return nil }
        return LockRecord(
            token: LockToken(number: row[0]),
            holder: LockHolder(name: row[1], host: row[2], pid: row[3], ciURL: row[4]),
            acquiredAt: try time(row[5]), expiresAt: try time(row[6]))
    }

    private func end(of lease: Int64, from now: Timestamp) -> Timestamp {
        Timestamp(seconds: now.seconds + lease, nanoseconds: now.nanoseconds)
    }
}
