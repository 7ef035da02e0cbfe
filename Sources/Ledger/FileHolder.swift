#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A process of this machine that has a transaction open in an SQLite file, as far as the system tells.
package struct FileHolder: Sendable, Hashable {
    package var processID: Int32
    /// Its name; nil when it cannot be told.
    package var program: String?

    package init(processID: Int32, program: String? = nil) {
        self.processID = processID
        self.program = program
    }
}

extension FileHolder {
    /// Nil when no other process is known to hold a lock on the file, as on other systems and other machines.
    init?(of path: String) {
        guard let mark = try? fileMark(path), let locks = systemText("/proc/locks"),
            let process = Self.holder(of: mark.inode, in: locks, except: getpid())
        else { return nil }
        let name = systemText("/proc/\(process)/comm")?.prefix { $0 != "\n" }
        self.init(processID: process, program: name.map(String.init))
    }

    /// Who writes comes first: a reader may be one of many. Devices are not compared, because layered file systems show
    /// another one there than to those who ask for the file.
    /// - Parameter locks: lines such as `1: POSIX  ADVISORY  READ 812 fd:01:133 1073741826 1073742335`.
    static func holder(of inode: UInt64, in locks: String, except own: Int32) -> Int32? {
        var reader: Int32?
        for line in locks.split(separator: "\n") {
            let words = line.split(separator: " ")
            // A line with an arrow is about somebody who waits.
            guard words.count == 8, words[1] == "POSIX", let process = Int32(words[4]), process > 0, process != own,
                words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == inode,
                let start = UInt64(words[6]), lockBytes.contains(start)
            else { continue }
            if words[3] == "WRITE" { return process }
            reader = reader ?? process
        }
        return reader
    }

    /// Where SQLite has its locks, whatever the size of the file.
    private static let lockBytes: ClosedRange<UInt64> = 0x4000_0000...0x4000_01FF
}

private func systemText(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}
