import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension LedgerFile {
    /// Makes a ledger. It gets its name only when it is complete, so that a process that is killed half-way leaves no file
    /// that could be taken for a ledger. Where another process is faster, its ledger stays.
    static func create(_ path: String, _ options: Options) throws {
        let draft = "\(path).\(UUID().uuidString.lowercased().prefix(8)).new"
        do throws(LedgerFailure) {
            try createPrivateFile(draft)
        } catch {
            throw error.about(path)
        }
        do {
            let queue = try connect(draft, options, FileWaiter(draft, options.waiting), isWritable: true)
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.exclusive) {
                    try options.format.create(db)
                    return .commit
                }
            }
            try queue.close()
        } catch {
            for name in [draft, "\(draft)-journal"] { try? FileManager.default.removeItem(atPath: name) }
            throw error
        }
        try publish(draft, as: path)
    }
}

extension LedgerFailure {
    /// The same of the file that the user knows.
    fileprivate func about(_ path: String) -> LedgerFailure {
        if case .cannotWrite(_, let reason) = self { .cannotWrite(path: path, reason: reason) } else { self }
    }
}
