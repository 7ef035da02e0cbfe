import Glibc

/// What went wrong with a file, in the system's words.
struct FileFailure: Error {
    var path: String
    var reason: String
    var number: Int32

    init(path: String, number: Int32) {
        self.path = path
        reason = errorText(number)
        self.number = number
    }

    var isMissing: Bool { number == ENOENT }
}

/// The bytes of a file.
func readFile(_ path: String) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path: path, number: errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw FileFailure(path: path, number: errno) }
    guard facts.st_mode & S_IFMT != S_IFDIR else { throw FileFailure(path: path, number: EISDIR) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(facts.st_size) + 1)
    while true {
        let room = max(1 << 16, Int(facts.st_size) + 1 - bytes.count)
        var got = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            got = read(descriptor, buffer.baseAddress, room)
            count = max(0, got)
        }
        if got < 0 {
            guard errno == EINTR else { throw FileFailure(path: path, number: errno) }
        } else if got == 0 {
            return bytes
        } else if bytes.isEmpty {
            bytes = chunk
        } else {
            bytes += chunk
        }
    }
}

/// Writes a whole file or nothing: a half-written one never stands under the name.
/// - Parameter isPrivate: only the owner may read it (it holds personal data).
func writeFile(_ path: String, _ bytes: [UInt8], isPrivate: Bool) throws(FileFailure) {
    let draft = "\(path).\(getpid()).tmp"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
    guard descriptor >= 0 else { throw FileFailure(path: path, number: errno) }
    do {
        try Output.descriptor(descriptor).write(bytes)
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(draft, path) == 0 else {
            throw FileFailure(path: path, number: errno)
        }
    } catch {
        let number = errno
        unlink(draft)
        throw error as? FileFailure ?? FileFailure(path: path, number: number)
    }
}

/// Writes into what is there, as a pipe or a device.
func writeInto(_ path: String, _ bytes: [UInt8]) throws(FileFailure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path: path, number: errno) }
    defer { close(descriptor) }
    do {
        try Output.descriptor(descriptor).write(bytes)
    } catch {
        throw FileFailure(path: path, number: errno)
    }
}

enum FileKind {
    case file, directory, missing
    /// A pipe, a device and the like: read when it is named, and never come across by chance.
    case special
}

func kindOfFile(_ path: String) -> FileKind {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return .missing }
    return switch facts.st_mode & S_IFMT {
    case S_IFDIR: .directory
    case S_IFREG: .file
    default: .special
    }
}

/// In bytes; nil for what is no regular file.
func sizeOfFile(_ path: String) -> Int64? {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(facts.st_size)
}

/// Whether a symbolic link stands there, wherever it leads.
func isLink(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
}

/// The names in a directory, sorted.
func namesInDirectory(_ path: String) throws(FileFailure) -> [String] {
    guard let directory = opendir(path) else { throw FileFailure(path: path, number: errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
}

/// Creates a directory and those above it.
func makeDirectory(_ path: String) throws(FileFailure) {
    guard kindOfFile(path) == .missing, !path.isEmpty else { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeDirectory(String(path[..<slash])) }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileFailure(path: path, number: errno) }
}

/// `path` as seen from `directory`; an absolute path stays as it is.
func resolvePath(_ path: String, in directory: String) -> String {
    if path.hasPrefix("/") { return path }
    var parts = directory.split(separator: "/").map(String.init)
    for part in path.split(separator: "/") where part != "." {
        if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return "/" + parts.joined(separator: "/")
}
