import Foundation
import ProfileModel

@testable import Ledger

/// A directory that is gone when the test is over.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String = "ledger.sqlite") -> String { "\(path)/\(name)" }

    var contents: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
}

func overwrite(_ path: String, _ data: Data) throws {
    try data.write(to: URL(fileURLWithPath: path))
}

func mode(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? -1
}

func moment(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_700_000_000 + seconds) }

func address(_ name: String) -> Address { Address(source: "coolbikes", type: "rider", name: name) }

func entry(_ name: String, id: String? = nil, tier: AttributeValue = "gold", protected: Bool = false) -> LedgerEntry {
    LedgerEntry(
        address: address(name), profileID: id ?? "01-\(name)", userID: "418109427253",
        lastApplied: ProfileValues(
            name: "Jane “\(name)”", identifiers: [Identifier(type: "email", value: "\(name)@example.com")],
            attributes: ["tier": tier]),
        preventDestroy: protected)
}

func profile(_ name: String) -> Profile {
    Profile(
        id: "01-\(name)", userID: "1", source: "coolbikes", type: "rider", name: name,
        identifiers: [Identifier(type: "email", value: "\(name)@example.com")], attributes: ["tier": "silver"],
        createdAt: moment(-100), updatedAt: moment(-50))
}

let jane = LockHolder(name: "jane", host: "laptop", pid: 4711)
let pipeline = LockHolder(name: "ci", host: "runner-7", pid: 12, ciURL: "https://ci.example.com/runs/9")
