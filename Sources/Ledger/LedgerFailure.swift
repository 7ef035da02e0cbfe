import GRDB
package import ProfileModel

/// Why the ledger could not be read or written.
package enum LedgerFailure: Error, Sendable, Hashable {
    /// Another run holds the lock, and its lease has not ended.
    case locked(by: LockRecord)
    /// The lock was taken over after its lease ended, or was released; `by` is who holds it now.
    case lockLost(by: LockRecord?)
    /// A newer version of profilectl wrote the file; it was not touched.
    case newerFormat(path: String, found: Int, known: Int)
    /// Something else is in its place; it was not touched.
    case notALedger(path: String, ForeignFile)
    /// SQLite's record of an unfinished transaction is there without the ledger: a new ledger would be destroyed by it.
    case strayJournal(path: String, journal: String)
    /// The file was removed, moved or replaced after it had been opened.
    case gone(path: String, isReplaced: Bool)
    /// The ledger keeps the profiles of another service.
    case otherEnvironment(found: LedgerEnvironment, expected: LedgerEnvironment)
    /// Truncated, overwritten, or with contents that make no sense.
    case damaged(path: String, reason: String)
    case cannotRead(path: String, reason: String)
    /// Missing permission, a read-only file system, a directory that cannot be made.
    case cannotWrite(path: String, reason: String)
    case diskFull(path: String)
    /// Another program has a transaction open and did not finish in time. Nothing is wrong with the file.
    case busy(path: String, FileHolder?)
    /// The user asked to stop while another program had a transaction open; nothing was written.
    case interrupted
    /// The run is in the ledger already, or is not when it should be.
    case duplicateRun(String)
    case unknownRun(String)
    /// A live profile has one address: this one has another already. Nothing was changed.
    case managedElsewhere(profileID: String, as: Address, wanted: Address)
}

extension LedgerFailure {
    /// Whether what was recorded before can no longer be read.
    package var losesTheRecord: Bool {
        switch self {
        case .gone, .notALedger, .damaged: true
        case .locked, .lockLost, .newerFormat, .strayJournal, .otherEnvironment, .cannotRead, .cannotWrite, .diskFull,
            .busy, .interrupted, .duplicateRun, .unknownRun, .managedElsewhere:
            false
        }
    }
}

extension LedgerFailure {
    enum Access {
        case reading, writing
    }

    /// - Parameter error: anything that SQLite, or code inside a transaction, threw.
    init(_ error: any Error, path: String, while access: Access) {
        switch error {
        case let failure as LedgerFailure: self = failure
        case let error as DatabaseError: self.init(sqlite: error, path: path, while: access)
        default: self = .damaged(path: path, reason: "\(error)")
        }
    }

    private init(sqlite error: DatabaseError, path: String, while access: Access) {
        let reason = error.message ?? "\(error.extendedResultCode)"
        self =
            switch error.resultCode {
            case .SQLITE_NOTADB: .foreign(path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path, FileHolder(of: path))
            case .SQLITE_FULL: .diskFull(path: path)
            case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_DBMOVED:
                .gone(path: path, isReplaced: false)
            case .SQLITE_READONLY: .cannotWrite(path: path, reason: "the file or its file system is read-only")
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_IOERR:
                Self.inaccessible(path, error.resultCode, reason, while: access)
            default: .damaged(path: path, reason: reason)
            }
    }

    private static func inaccessible(
        _ path: String, _ code: ResultCode, _ reason: String, while access: Access
    ) -> LedgerFailure {
        switch access {
        case .reading: .cannotRead(path: path, reason: reason)
        case .writing where code == .SQLITE_CANTOPEN:
            .cannotWrite(path: path, reason: "the file, or a new file in its directory, cannot be opened")
        case .writing: .cannotWrite(path: path, reason: reason)
        }
    }
}
