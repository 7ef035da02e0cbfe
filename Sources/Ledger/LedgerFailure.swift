import GRDB

/// Why the ledger could not be read or written.
package enum LedgerFailure: Error, Sendable, Hashable {
    /// Another run holds the lock, and its lease has not ended.
    case locked(by: LockRecord)
    /// The lock was taken over after its lease ended, or was released; `by` is who holds it now.
    case lockLost(by: LockRecord?)
    /// A newer version of profilectl wrote the file; it was not touched.
    case newerFormat(path: String, found: Int, known: Int)
    /// Not an SQLite file, or one of another application.
    case notALedger(path: String)
    /// The ledger keeps the profiles of another service.
    case otherEnvironment(found: LedgerEnvironment, expected: LedgerEnvironment)
    /// Truncated, overwritten, or with contents that make no sense.
    case damaged(path: String, reason: String)
    case cannotRead(path: String, reason: String)
    /// Missing permission, a read-only file system, a directory that cannot be made.
    case cannotWrite(path: String, reason: String)
    case diskFull(path: String)
    /// Another process is writing and did not finish in time. Nothing is wrong with the file.
    case busy(path: String)
    /// The run is in the ledger already, or is not when it should be.
    case duplicateRun(String)
    case unknownRun(String)
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
            case .SQLITE_NOTADB: .notALedger(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
            case .SQLITE_FULL: .diskFull(path: path)
            case .SQLITE_READONLY: .cannotWrite(path: path, reason: reason)
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_IOERR:
                access == .writing ? .cannotWrite(path: path, reason: reason) : .cannotRead(path: path, reason: reason)
            default: .damaged(path: path, reason: reason)
            }
    }
}
