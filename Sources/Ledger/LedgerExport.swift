package import ProfileModel
import WireFormat

extension LedgerFile {
    /// The whole ledger as JSON, without runs and lock. `serial` stands at the top, as an integer.
    package func export() throws(LedgerFailure) -> AttributeValue {
        let (identity, records) = try read(absent: (nil, [])) { db in
            (Optional(try fetchIdentity(db)), try fetchRecords(db))
        }
        var members: AttributeObject = [
            "format_version": 1.json, "entries": .array(records.map(\.json)), "serial": (identity?.serial ?? 0).json,
        ]
        members["lineage"] = (identity?.lineage).map { .string($0) }
        members["environment"] = (identity?.environment).map {
            .object(["name": .string($0.name), "service": .string($0.service)])
        }
        return .object(members)
    }
}

extension LedgerRecord {
    fileprivate var json: AttributeValue {
        var members: AttributeObject = [
            "address": .string(entry.address.description), "last_applied": entry.lastApplied.json,
            "prevent_destroy": .bool(entry.preventDestroy), "profile_id": .string(entry.profileID),
            "written_at": .string(writtenAt.iso8601),
        ]
        members["run"] = run.map { .string($0) }
        members["user_id"] = entry.userID.map { .string($0) }
        return .object(members)
    }
}

extension Int {
    fileprivate var json: AttributeValue { .number(JSONNumber(text: String(self))) }
}
