#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The ledger holds personal data: the file is its owner's alone from the first moment on, before SQLite
// sees it. SQLite gives its own files beside it the same mode.

enum FileState {
    case missing, empty, filled
}

func fileState(_ path: String) throws(LedgerFailure) -> FileState {
    var status = stat()
    guard stat(path, &status) == 0 else {
        let code = errno
        if code == ENOENT || code == ENOTDIR { return .missing }
        throw .cannotRead(path: path, reason: systemMessage(code))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notALedger(path: path) }
    return status.st_size == 0 ? .empty : .filled
}

/// Makes an empty file with mode 0600, and its directories, unless the file exists.
///
/// An existing file is not opened: closing it would drop the locks that SQLite holds on it in this process.
func createPrivateFile(_ path: String) throws(LedgerFailure) {
    try createParents(of: path)
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor < 0 else {
        close(descriptor)
        return
    }
    let code = errno
    // Another process was faster; but what exists and has no state is a link to nowhere.
    guard code == EEXIST, try fileState(path) != .missing else {
        throw .cannotWrite(path: path, reason: systemMessage(code))
    }
}

/// For an empty file that somebody else made for us.
func makePrivate(_ path: String) throws(LedgerFailure) {
    guard chmod(path, 0o600) == 0 else { throw .cannotWrite(path: path, reason: systemMessage(errno)) }
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
