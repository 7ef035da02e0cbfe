#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The ledger holds personal data: the file is its owner's alone from the first moment on, before SQLite
// sees it. SQLite gives its own files beside it the same mode.

/// A file as the system knows it, whatever its name is.
struct FileMark: Sendable, Hashable {
    var device: UInt64
    var inode: UInt64
}

/// Whether there is a file. What is there and cannot be a ledger is a failure.
func ledgerFileExists(_ path: String) throws(LedgerFailure) -> Bool {
    guard let status = try fileStatus(path) else {
        var link = stat()
        if lstat(path, &link) == 0 { throw .notALedger(path: path, .linkToNowhere) }
        for journal in ["\(path)-journal", "\(path)-wal"] {
            if let left = try fileStatus(journal), left.st_size > 0 {
                throw .strayJournal(path: path, journal: journal)
            }
        }
        return false
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .notALedger(path: path, .directory)
    default: throw .notALedger(path: path, .special)
    }
    guard status.st_size > 0 else { throw .notALedger(path: path, .empty) }
    return true
}

/// Nil when there is no file of that name.
func fileMark(_ path: String) throws(LedgerFailure) -> FileMark? {
    try fileStatus(path).map { FileMark(device: UInt64($0.st_dev), inode: UInt64($0.st_ino)) }
}

private func fileStatus(_ path: String) throws(LedgerFailure) -> stat? {
    var status = stat()
    guard stat(path, &status) != 0 else { return status }
    let code = errno
    if code == ENOENT { return nil }
    throw .cannotRead(path: path, reason: systemMessage(code))
}

/// Makes an empty file with mode 0600, and its directories. The name must be free.
func createPrivateFile(_ path: String) throws(LedgerFailure) {
    try createParents(of: path)
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemMessage(errno)) }
    close(descriptor)
}

/// A copy from elsewhere may be readable by others. Somebody else's file stays as it is.
func makePrivate(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return }
    // A file that its owner made read-only stays so.
    chmod(path, status.st_mode & 0o700)
}

/// Gives a complete file its name, unless another process was faster with a file of its own.
func publish(_ draft: String, as path: String) throws(LedgerFailure) {
    defer { unlink(draft) }
    if link(draft, path) != 0, errno != EEXIST {
        // A file system without hard links. Between the look and the renaming another process may come.
        guard try fileStatus(path) == nil else { return }
        guard rename(draft, path) == 0 else { throw .cannotWrite(path: path, reason: systemMessage(errno)) }
    }
    syncDirectory(of: path)
}

/// So that the name survives a power cut.
private func syncDirectory(of path: String) {
    let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
}

private func createParents(of path: String) throws(LedgerFailure) {
    for (index, character) in zip(path.indices, path) where character == "/" && index != path.startIndex {
        let directory = String(path[..<index])
        guard mkdir(directory, 0o700) != 0 else { continue }
        let code = errno
        // On a read-only file system an existing directory is refused for that reason.
        if code != EEXIST && access(directory, F_OK) != 0 {
            throw .cannotWrite(path: path, reason: "\(directory): \(systemMessage(code))")
        }
    }
}

private func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
}
