// A file that is removed or replaced while it is open stays what it is for whoever has it open; nobody else sees what is
// written to it any more.
extension LedgerFile {
    /// Whether there is a file to read. What is there and cannot be a ledger is a failure; see `ForeignFile`.
    package static func exists(_ path: String) throws(LedgerFailure) -> Bool { try ledgerFileExists(path) }

    /// Throws when the path no longer leads to the file that was opened.
    func requireInPlace() throws(LedgerFailure) {
        guard let mark else { return }
        guard let found = try fileMark(path) else { throw .gone(path: path, isReplaced: false) }
        guard found == mark else { throw .gone(path: path, isReplaced: true) }
    }
}
