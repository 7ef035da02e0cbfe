import ProfileModel
import WireFormat

// Entries and changes as the journal keeps them: JSON of our own writing. An address has three members, because
// a source may hold a slash.
extension LedgerChange {
    var json: AttributeValue {
        switch self {
        case .put(let entry): .object(["put": entry.json])
        case .move(let from, let entry): .object(["move": .object(["entry": entry.json, "from": from.json])])
        case .remove(let address): .object(["remove": address.json])
        }
    }

    init(json: AttributeValue) throws {
        let members = try StoredMembers(json)
        if let entry = members["put"] {
            self = .put(try LedgerEntry(json: entry))
        } else if let address = members["remove"] {
            self = .remove(try Address(json: address))
        } else {
            let move = try StoredMembers(try members.value("move"))
            self = .move(
                from: try Address(json: try move.value("from")), try LedgerEntry(json: try move.value("entry")))
        }
    }
}

extension LedgerEntry {
    var json: AttributeValue {
        var members: AttributeObject = [
            "address": address.json, "last_applied": storedValues, "prevent_destroy": .bool(preventDestroy),
            "profile_id": .string(profileID),
        ]
        members["user_id"] = userID.map { .string($0) }
        return .object(members)
    }

    init(json: AttributeValue) throws {
        let members = try StoredMembers(json)
        self.init(
            address: try Address(json: try members.value("address")), profileID: try members.text("profile_id"),
            userID: members["user_id"] == nil ? nil : try members.text("user_id"),
            lastApplied: try ProfileValues(json: try members.value("last_applied")),
            preventDestroy: try members.value("prevent_destroy") == .bool(true),
            kept: try KeptForms(stored: try members.value("last_applied")))
    }
}

extension Address {
    fileprivate var json: AttributeValue {
        .object(["name": .string(name), "source": .string(source), "type": .string(type)])
    }

    fileprivate init(json: AttributeValue) throws {
        let members = try StoredMembers(json)
        self.init(
            source: try members.text("source"), type: try members.text("type"), name: try members.text("name"))
    }
}

/// The members of an object that must be there.
struct StoredMembers {
    struct Missing: Error {
        var member: String
    }

    private let members: AttributeObject

    init(_ json: AttributeValue) throws {
        guard case .object(let members) = json else { throw Missing(member: "any") }
        self.members = members
    }

    subscript(name: String) -> AttributeValue? { members[name] }

    func value(_ name: String) throws -> AttributeValue {
        guard let value = members[name] else { throw Missing(member: name) }
        return value
    }

    func text(_ name: String) throws -> String {
        guard case .string(let text) = try value(name) else { throw Missing(member: name) }
        return text
    }
}
