#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is in the place of a ledger and is not one.
package enum ForeignFile: Sendable, Hashable {
    case directory
    /// A pipe, a socket or a device.
    case special
    /// A symbolic link to a file that does not exist.
    case linkToNowhere
    /// Zero bytes. Creation never leaves such a file: a ledger gets its name when it is complete.
    case empty
    /// As some file systems leave a file after a crash.
    case onlyZeros
    /// What git has in place of a file that Git LFS keeps.
    case gitLFSPointer
    case text
    case sandboxData
    /// A database of another program.
    case otherDatabase
    case other
}

extension ForeignFile {
    /// "psbx", as sandboxes mark their data.
    private static let sandboxApplicationID: [UInt8] = [0x70, 0x73, 0x62, 0x78]
    /// "prlg": see `LedgerFormat`.
    private static let ledgerApplicationID: [UInt8] = [0x70, 0x72, 0x6C, 0x67]
    private static let sqliteMagic = Array("SQLite format 3\0".utf8)

    /// - Parameter beginning: at least 100 bytes where the file has so many.
    init(beginning: [UInt8]) {
        if beginning.isEmpty {
            self = .empty
        } else if beginning.starts(with: Self.sqliteMagic) {
            self = beginning.dropFirst(68).starts(with: Self.sandboxApplicationID) ? .sandboxData : .otherDatabase
        } else if beginning.allSatisfy({ $0 == 0 }) {
            self = .onlyZeros
        } else if beginning.starts(with: "version https://git-lfs".utf8) {
            self = .gitLFSPointer
        } else if !beginning.contains(where: { $0 < 0x20 && !"\t\n\r".utf8.contains($0) }) {
            self = .text
        } else {
            self = .other
        }
    }

    /// Whether the header is ours, or there is too little of it to tell.
    static func isPartOfALedger(_ beginning: [UInt8]) -> Bool {
        guard beginning.starts(with: sqliteMagic) else { return false }
        return beginning.count < 100 || beginning.dropFirst(68).starts(with: ledgerApplicationID)
    }

    /// Looks at the first bytes of a file. Only for files that are not open as a ledger in this process: closing one would
    /// drop the locks that SQLite holds on it.
    static func beginning(_ path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, 512))
        }
    }
}

extension LedgerFailure {
    /// For a file that SQLite does not take for a database of ours.
    static func foreign(_ path: String) -> LedgerFailure {
        let beginning = ForeignFile.beginning(path)
        return ForeignFile.isPartOfALedger(beginning)
            ? .damaged(path: path, reason: "it is cut off or overwritten")
            : .notALedger(path: path, ForeignFile(beginning: beginning))
    }
}
