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
    /// The file that was opened for writing: the path may lead elsewhere later.
    let mark: FileMark?
    private let waiter: FileWaiter

    private init(path: String, queue: DatabaseQueue?, mark: FileMark? = nil, waiter: FileWaiter) {
        self.path = path
        self.queue = queue
        self.mark = mark
        self.waiter = waiter
        isWritable = mark != nil
    }

    struct Options: Sendable {
        var format = LedgerFormat.current
        var waiting = LedgerWaiting.short
        /// In pages of 4096 bytes.
        var maximumSize: Int?
    }
}

extension LedgerFile {
    /// Creates the file (mode 0600) and its directories when they are missing, and brings an older format
    /// up to date. A file that others may read is made private. A file that is newer, foreign or damaged is refused and left as it is.
    package static func open(_ path: String, waiting: LedgerWaiting = .short) throws(LedgerFailure) -> LedgerFile {
        try open(path, Options(waiting: waiting))
    }

    /// Changes nothing on the disk. A missing file is an empty ledger; one of an older format is read as
    /// if it had been brought up to date.
    package static func openReadOnly(_ path: String) throws(LedgerFailure) -> LedgerFile {
        try openReadOnly(path, Options())
    }

    static func open(_ path: String, _ options: Options) throws(LedgerFailure) -> LedgerFile {
        let waiter = FileWaiter(path, options.waiting)
        do {
            if try !ledgerFileExists(path) { try create(path, options) }
            makePrivate(path)
            guard let mark = try fileMark(path) else { throw LedgerFailure.gone(path: path, isReplaced: false) }
            let queue = try connect(path, options, waiter, isWritable: true)
            if try queue.read({ db in try options.format.state(of: db, path: path) }) != .current {
                try queue.writeWithoutTransaction { db in
                    try db.inTransaction(.exclusive) {
                        try options.format.migrate(db, path: path)
                        return .commit
                    }
                }
            }
            return LedgerFile(path: path, queue: queue, mark: mark, waiter: waiter)
        } catch {
            throw LedgerFailure(error, path: path, while: .writing)
        }
    }

    static func openReadOnly(_ path: String, _ options: Options) throws(LedgerFailure) -> LedgerFile {
        let waiter = FileWaiter(path, options.waiting)
        guard try ledgerFileExists(path) else { return LedgerFile(path: path, queue: nil, waiter: waiter) }
        do {
            return LedgerFile(path: path, queue: try connectForReading(path, options, waiter), waiter: waiter)
        } catch {
            throw LedgerFailure(error, path: path, while: .reading)
        }
    }

    /// From now on other programs are waited for so.
    package func wait(_ waiting: LedgerWaiting) { waiter.change(waiting) }

    /// Ends all waits for other programs, now and later: the process is about to end.
    package func stopWaiting() { waiter.stop() }

    private static func connectForReading(
        _ path: String, _ options: Options, _ waiter: FileWaiter
    ) throws -> DatabaseQueue {
        do {
            return try reader(path, options, waiter)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
            // A writer was killed half-way. Undoing its unfinished transaction takes a writable connection.
            _ = try connect(path, options, waiter, isWritable: true)
            return try reader(path, options, waiter)
        }
    }

    private static func reader(_ path: String, _ options: Options, _ waiter: FileWaiter) throws -> DatabaseQueue {
        let queue = try connect(path, options, waiter, isWritable: false)
        switch try queue.read({ db in try options.format.state(of: db, path: path) }) {
        case .current: return queue
        case .older:
            let copy = try DatabaseQueue()
            try queue.backup(to: copy)
            try copy.write { db in try options.format.migrate(db, path: path) }
            return copy
        }
    }

    static func connect(
        _ path: String, _ options: Options, _ waiter: FileWaiter, isWritable: Bool
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = !isWritable
        configuration.busyMode = .callback { tries in waiter.goesOn(tries) }
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
            return try queue.read { db in
                waiter.begin(.beforeCall) { false }
                return try body(db)
            }
        } catch {
            throw failure(error, while: .reading)
        }
    }

    /// Runs `body` in one transaction, which holds SQLite's write lock from its start. It waits for other programs before
    /// `body` runs, not after: times that `body` asks for are those of the writing.
    /// - Parameter isOver: ends the wait for other programs when it is true.
    func write<Value>(
        for purpose: LedgerPatience.Purpose = .beforeCall, until isOver: @escaping @Sendable () -> Bool = { false },
        _ body: (Database) throws -> Value
    ) throws(LedgerFailure) -> Value {
        guard let queue, isWritable else {
            throw .cannotWrite(path: path, reason: "it was opened for reading only")
        }
        do {
            return try queue.writeWithoutTransaction { db in
                waiter.begin(purpose, until: isOver)
                try requireInPlace()
                var value: Value?
                try db.inTransaction(.exclusive) {
                    value = try body(db)
                    return .commit
                }
                // Of what was written to a file that is gone, nobody learns.
                try requireInPlace()
                return value!
            }
        } catch {
            throw failure(error, while: .writing)
        }
    }

    private func failure(_ error: any Error, while access: LedgerFailure.Access) -> LedgerFailure {
        let failure = LedgerFailure(error, path: path, while: access)
        if case .busy = failure, waiter.isGivenUp { return .interrupted }
        return failure
    }
}
