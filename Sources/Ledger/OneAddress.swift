import GRDB
import ProfileModel

// A live profile has one address: with two, each apply would undo what the other wrote, and one address could delete what
// the other keeps.

extension LedgerFile {
    /// Throws when the profile of an entry that is about to be written has another address already.
    func requireOneAddress(_ entry: LedgerEntry, _ db: Database) throws {
        let address = entry.address
        let present = try String.fetchOne(
            db.cachedStatement(sql: "SELECT profile_id FROM entries WHERE source = ? AND type = ? AND name = ?"),
            arguments: [address.source, address.type, address.name])
        // A ledger of an older version may have it twice; that it stays so must not stop a run.
        guard present != entry.profileID else { return }
        try requireIndex(db)
        let others = try db.cachedStatement(
            sql: """
                SELECT source, type, name FROM entries
                WHERE profile_id = ? AND NOT (source = ? AND type = ? AND name = ?)
                """)
        let arguments: StatementArguments = [entry.profileID, address.source, address.type, address.name]
        guard let row = try Row.fetchOne(others, arguments: arguments) else { return }
        throw LedgerFailure.managedElsewhere(
            profileID: entry.profileID, as: Address(source: row[0], type: row[1], name: row[2]), wanted: address)
    }

    /// Without an index each new entry would cost a look at all others. An index is no change of the format: older
    /// versions read and write the file as before. It cannot be unique, because their ledgers may not be.
    private func requireIndex(_ db: Database) throws {
        let found = try db.cachedStatement(sql: "SELECT 1 FROM sqlite_master WHERE name = 'entries_by_profile'")
        guard try Int.fetchOne(found) == nil else { return }
        try db.execute(sql: "CREATE INDEX entries_by_profile ON entries (profile_id)")
    }
}
