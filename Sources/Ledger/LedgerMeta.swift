import GRDB

/// Which account the profiles of a ledger live in.
package struct LedgerEnvironment: Sendable, Hashable {
    package var name: String
    /// The origin of the service, or the data file of an embedded sandbox.
    package var service: String

    package init(name: String, service: String) {
        self.name = name
        self.service = service
    }
}

/// Which ledger this is, and how far it has come.
package struct LedgerIdentity: Sendable, Hashable {
    /// Random, made with the file: two ledgers with one lineage are copies of each other.
    package var lineage: String
    /// How many transactions have changed entries.
    package var serial: Int
    /// Nil until the ledger is bound to an environment.
    package var environment: LedgerEnvironment?

    package init(lineage: String, serial: Int, environment: LedgerEnvironment?) {
        self.lineage = lineage
        self.serial = serial
        self.environment = environment
    }
}

extension LedgerFile {
    /// Nil when there is no file.
    package func identity() throws(LedgerFailure) -> LedgerIdentity? {
        try read(absent: nil) { db in try fetchIdentity(db) }
    }

    /// Whether anything was ever applied with it. A ledger that was only opened, as by an apply that could not read
    /// the account, says as little as none.
    package func hasHistory() throws(LedgerFailure) -> Bool {
        try read(absent: false) { db in try fetchHasHistory(db) }
    }

    /// Makes the ledger that of a service, for good once anything was applied. A ledger that was opened for reading
    /// is only compared. The name may change, the service may not.
    package func bind(environmentName: String, service: String) throws(LedgerFailure) {
        let expected = LedgerEnvironment(name: environmentName, service: service)
        let found = try read(absent: nil) { db in try requireService(expected, db) }
        guard isWritable, found != expected else { return }
        try write { db in
            try requireService(expected, db)
            try db.execute(
                sql: "UPDATE meta SET environment = ?, service = ?", arguments: [environmentName, service])
        }
    }

    /// - Returns: which environment had the ledger last.
    @discardableResult
    private func requireService(_ expected: LedgerEnvironment, _ db: Database) throws -> LedgerEnvironment? {
        guard let found = try fetchIdentity(db).environment else { return nil }
        if found.service != expected.service, try fetchHasHistory(db) {
            throw LedgerFailure.otherEnvironment(found: found, expected: expected)
        }
        return found
    }

    private func fetchHasHistory(_ db: Database) throws -> Bool {
        if try fetchIdentity(db).serial > 0 { return true }
        let sql = "SELECT EXISTS (SELECT 1 FROM runs) OR EXISTS (SELECT 1 FROM entries)"
        return try Bool.fetchOne(db, sql: sql) ?? false
    }

    func fetchIdentity(_ db: Database) throws -> LedgerIdentity {
        guard let row = try Row.fetchOne(db, sql: "SELECT lineage, serial, environment, service FROM meta") else {
            throw LedgerFailure.damaged(path: path, reason: "its identity is missing")
        }
        let name: String? = row[2]
        let service: String? = row[3]
        return LedgerIdentity(
            lineage: row[0], serial: row[1],
            environment: service.map { LedgerEnvironment(name: name ?? "", service: $0) })
    }
}
