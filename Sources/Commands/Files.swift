import Glibc

/// What went wrong with a file, mostly in the system's words.
struct FileFailure: Error {
    var path: String
    var reason: String
    var number: Int32

    init(path: String, number: Int32) {
        self.path = path
        reason = errorText(number)
        self.number = number
    }

    /// - Parameter kind: what stands there in place of a file.
    init(path: String, isOf kind: SpecialKind) {
        self.path = path
        reason = "it is \(kind.words), not a regular file"
        number = EINVAL
    }

    var isMissing: Bool { number == ENOENT }
}

/// The bytes of a file.
/// - Parameter most: of what is no regular file, and so may have no end.
func readFile(_ path: String, most: Int = 1 << 30) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path: path, number: errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw FileFailure(path: path, number: errno) }
    guard facts.st_mode & S_IFMT != S_IFDIR else { throw FileFailure(path: path, number: EISDIR) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(facts.st_size) + 1)
    let most = facts.st_mode & S_IFMT == S_IFREG ? Int.max : most
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
        if bytes.count > most { throw FileFailure(path: path, number: EFBIG) }
    }
}

/// The same for a file that is read because of its name alone. A pipe of that name could make the program wait for
/// ever, and a device has no end.
func readRegularFile(_ path: String) throws(FileFailure) -> [UInt8] {
    if let kind = SpecialKind(of: path) { throw FileFailure(path: path, isOf: kind) }
    return try readFile(path)
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

/// What is neither a file nor a directory.
enum SpecialKind {
    case pipe, socket, device

    /// Nil for a file, a directory, and for nothing at all.
    init?(of path: String) {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        switch facts.st_mode & S_IFMT {
        case S_IFIFO: self = .pipe
        case S_IFSOCK: self = .socket
        case S_IFCHR, S_IFBLK: self = .device
        default: return nil
        }
    }

    var words: String {
        switch self {
        case .pipe: "a named pipe"
        case .socket: "a socket"
        case .device: "a device"
        }
    }
}

/// Where a path leads when all links are followed, also when nothing stands there yet.
func endOfLinks(_ path: String) -> String {
    if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
    }
    var place = path
    // As many as the system follows.
    for _ in 0..<40 {
        guard let next = linkDestination(place) else { return place }
        place = resolvePath(next, in: place.split(separator: "/").dropLast().joined(separator: "/"))
    }
    return place
}

private func linkDestination(_ path: String) -> String? {
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
        count = max(0, readlink(path, buffer.baseAddress!, buffer.count))
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
}

/// Whether a symbolic link stands there, wherever it leads.
func isLink(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
}

/// Whether anything is at a path, whatever it is; a path need not be UTF-8.
func somethingIsAt(_ path: [UInt8]) -> Bool {
    var facts = stat()
    return (path + [0]).withUnsafeBytes { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
            characters.baseAddress.map { lstat($0, &facts) == 0 } ?? false
        }
    }
}

/// The names in a directory.
struct DirectoryNames {
    /// Sorted.
    var texts: [String] = []
    /// With U+FFFD for what is no UTF-8: names that open nothing.
    var unreadable: [(name: String, isDirectory: Bool)] = []

    init(of path: String) throws(FileFailure) {
        guard let directory = opendir(path) else { throw FileFailure(path: path, number: errno) }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { add($0, in: dirfd(directory)) }
            }
        }
        texts.sort()
        unreadable.sort { $0.name < $1.name }
    }

    private mutating func add(_ name: UnsafePointer<CChar>, in directory: Int32) {
        if let text = String(validatingCString: name) {
            if text != ".", text != ".." { texts.append(text) }
            return
        }
        var facts = stat()
        let isDirectory = fstatat(directory, name, &facts, 0) == 0 && facts.st_mode & S_IFMT == S_IFDIR
        unreadable.append((String(cString: name), isDirectory))
    }
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
