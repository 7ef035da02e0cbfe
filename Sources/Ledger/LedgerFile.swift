import GRDB

/// The ledger of one environment: an SQLite file with what profilectl manages, what it did, and who is at work.
///
/// Each method that changes something is one transaction and returns when it is on the disk. A process
/// that is killed leaves the file as it was after the last method that returned, or the one after.
package final class LedgerFile: Sendable {
    package let path: String
    /// Nil for a ledger that does not exist and is only read.
    private let queue: DatabaseQueue?
    let isWritable: Bool

    private init(path: String, queue: DatabaseQueue?, isWritable: Bool) {
        self.path = path
        self.queue = queue
        self.isWritable = isWritable
    }

    struct Options: Sendable {
        var format = LedgerFormat.current
        /// In seconds.
        var patience = 5.0
        /// In pages of 4096 bytes.
        var maximumSize: Int?
    }
}

extension LedgerFile {
    /// Creates the file (mode 0600) and its directories when they are missing, and brings an older format
    /// up to date. A file that is newer, foreign or damaged is refused and left as it is.
    package static func open(_ path: String) throws(LedgerFailure) -> LedgerFile {
        try open(path, Options())
    }

    /// Changes nothing on the disk. A missing file is an empty ledger; one of an older format is read as
    /// if it had been brought up to date.
    package static func openReadOnly(_ path: String) throws(LedgerFailure) -> LedgerFile {
        try openReadOnly(path, Options())
    }

    static func open(_ path: String, _ options: Options) throws(LedgerFailure) -> LedgerFile {
        switch try fileState(path) {
        case .missing: try createPrivateFile(path)
        case .empty: try makePrivate(path)
        case .filled: break
        }
        do {
            let queue = try connect(path, options, isWritable: true)
            if try queue.read({ db in try options.format.state(of: db, path: path) }) != .current {
                try queue.writeWithoutTransaction { db in
                    try db.inTransaction(.immediate) {
                        try options.format.migrate(db, path: path)
                        return .commit
                    }
                }
            }
            return LedgerFile(path: path, queue: queue, isWritable: true)
        } catch {
            throw LedgerFailure(error, path: path, while: .writing)
        }
    }

    static func openReadOnly(_ path: String, _ options: Options) throws(LedgerFailure) -> LedgerFile {
        guard try fileState(path) == .filled else { return LedgerFile(path: path, queue: nil, isWritable: false) }
        do {
            let queue = try connectForReading(path, options)
            return LedgerFile(path: path, queue: queue, isWritable: false)
        } catch {
            throw LedgerFailure(error, path: path, while: .reading)
        }
    }

    private static func connectForReading(_ path: String, _ options: Options) throws -> DatabaseQueue? {
        do {
            return try reader(path, options)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
            // A writer was killed half-way. Undoing its unfinished transaction takes a writable connection.
            _ = try connect(path, options, isWritable: true)
            return try reader(path, options)
        }
    }

    /// Nil for a file without contents.
    private static func reader(_ path: String, _ options: Options) throws -> DatabaseQueue? {
        let queue = try connect(path, options, isWritable: false)
        switch try queue.read({ db in try options.format.state(of: db, path: path) }) {
        case .empty: return nil
        case .current: return queue
        case .older:
            let copy = try DatabaseQueue()
            try queue.backup(to: copy)
            try copy.write { db in try options.format.migrate(db, path: path) }
            return copy
        }
    }

    private static func connect(_ path: String, _ options: Options, isWritable: Bool) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = !isWritable
        configuration.busyMode = .timeout(options.patience)
        configuration.prepareDatabase { db in
            guard isWritable else { return }
            // With a rollback journal, only EXTRA also syncs the directory, so that a commit survives a power cut.
            try db.execute(sql: "PRAGMA synchronous = EXTRA")
            if let size = options.maximumSize { try db.execute(sql: "PRAGMA max_page_count = \(size)") }
        }
        // `:memory:` and `file:` have a meaning of their own to SQLite.
        return try DatabaseQueue(path: path.hasPrefix("/") ? path : "./" + path, configuration: configuration)
    }
}

extension LedgerFile {
    /// - Returns: what `body` returns, or `absent` when there is no file.
    func read<Value>(absent: Value, _ body: (Database) throws -> Value) throws(LedgerFailure) -> Value {
        guard let queue else { return absent }
        do {
            return try queue.read(body)
        } catch {
            throw LedgerFailure(error, path: path, while: .reading)
        }
    }

    /// Runs `body` in one transaction, which holds SQLite's write lock from its start.
    func write<Value>(_ body: (Database) throws -> Value) throws(LedgerFailure) -> Value {
        guard let queue, isWritable else {
            throw .cannotWrite(path: path, reason: "it was opened for reading only")
        }
        do {
            return try queue.writeWithoutTransaction { db in
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try body(db)
                    return .commit
                }
                return value!
            }
        } catch {
            throw LedgerFailure(error, path: path, while: .writing)
        }
    }
}
