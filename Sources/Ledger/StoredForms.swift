import ProfileModel
import WireFormat

// What the service made of the values last applied stands beside them, in the same JSON object. A version that does
// not know of it passes it over.

extension LedgerEntry {
    /// The values last applied, as the ledger keeps them.
    var storedValues: AttributeValue {
        guard !kept.isEmpty, case .object(var values) = lastApplied.json else { return lastApplied.json }
        values["kept"] = .array(kept.forms.map(\.json))
        return .object(values)
    }
}

extension KeptForms {
    /// - Parameter stored: what `storedValues` writes.
    init(stored: AttributeValue) throws {
        guard case .array(let forms)? = try StoredMembers(stored)["kept"] else {
            self.init()
            return
        }
        self.init(try forms.map { try Form(json: $0) })
    }
}

extension KeptForms.Form {
    fileprivate var json: AttributeValue {
        var members: AttributeObject = ["sent": sent]
        members["kept"] = kept
        if isOverwritten { members["overwritten"] = .bool(true) }
        switch place {
        case .name: members["field"] = "name"
        case .identifier(let type):
            members["field"] = "identifier"
            members["type"] = .string(type.text)
        case .attribute(let path, let keptKey):
            members["field"] = "attribute"
            members["path"] = .array(path.map { .string($0.text) })
            members["kept_key"] = .string(keptKey.text)
        }
        return .object(members)
    }

    fileprivate init(json: AttributeValue) throws {
        let members = try StoredMembers(json)
        let place: KeptForms.Place =
            switch try members.text("field") {
            case "identifier": .identifier(type: ExactText(try members.text("type")))
            case "attribute":
                .attribute(path: try members.path("path"), keptKey: ExactText(try members.text("kept_key")))
            default: .name
            }
        self.init(
            place, sent: try members.value("sent"), kept: members["kept"],
            isOverwritten: members["overwritten"] == .bool(true))
    }
}

extension StoredMembers {
    fileprivate func path(_ name: String) throws -> [ExactText] {
        guard case .array(let keys) = try value(name) else { throw Missing(member: name) }
        return try keys.map { key in
            guard case .string(let text) = key else { throw Missing(member: name) }
            return ExactText(text)
        }
    }
}
