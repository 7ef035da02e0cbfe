import Foundation
import Ledger
import ProfileModel

extension BuiltBinary {
    /// Every file in the directory with its contents.
    func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        let names = FileManager.default.subpaths(atPath: directory.path) ?? []
        for name in names {
            let url = directory.appending(path: name)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            files[name] = try Data(contentsOf: url)
        }
        return files
    }

    /// What a newer profilectl would leave: SQLite keeps the `user_version` in bytes 60 to 63 of the file.
    func setFormatVersion(ofSQLite name: String, to version: UInt32) throws {
        let url = directory.appending(path: name)
        var bytes = try Data(contentsOf: url)
        for (index, shift) in [24, 16, 8, 0].enumerated() {
            bytes[60 + index] = UInt8(truncatingIfNeeded: version >> UInt32(shift))
        }
        try bytes.write(to: url)
    }

    /// Takes the lock as another run would.
    func holdLock(ofLedger name: String) throws {
        let ledger = try LedgerFile.open(directory.appending(path: name).path)
        _ = try ledger.acquireLock(
            LockHolder(name: "ops", host: "build-7", pid: 4711),
            now: Timestamp(seconds: Int64(Date.now.timeIntervalSince1970)), lease: 600)
    }
}
