package import ProfileModel
import WireFormat

/// What profilectl manages, for people.
package enum LedgerText {
    /// One line for each entry.
    package static func list(_ entries: [LedgerEntry], style: TextStyle) -> String {
        guard !entries.isEmpty else { return style.line("The ledger is empty: nothing is managed here.") }
        let rows = entries.map { Row($0) }
        let address = min(48, rows.reduce(0) { max($0, $1.address.width) })
        let id = min(40, rows.reduce(0) { max($0, $1.id.width) })
        let lines = rows.map { row in
            style.line(row.address.padded(to: address) + "  " + row.id.padded(to: id) + "  " + row.rest, hang: 4)
        }
        return lines.joined() + "\n" + style.line(.count(entries.count, "profile") + ".")
    }

    /// One entry with the values that were last applied.
    package static func entry(_ entry: LedgerEntry, style: TextStyle) -> String {
        let row = Row(entry)
        return style.line(row.address + "  " + row.id + "  " + row.rest, hang: 4)
            + style.line(SafeText("last applied:").inked(.dim)) + ValuesText.render(entry.lastApplied, style: style)
    }

    private struct Row {
        var address: SafeText
        var id: SafeText
        var rest: SafeText

        init(_ entry: LedgerEntry) {
            address = "\(entry.address, .bold)"
            id = "\(bare: entry.profileID)"
            var parts: [SafeText] = []
            if let userID = entry.userID { parts.append("user \(bare: userID)") }
            if entry.preventDestroy { parts.append("\("prevent_destroy", .cyan)") }
            rest = .joined(parts, by: "  ")
        }
    }
}

/// What profilectl manages, for machines.
package enum LedgerJSON {
    package static let formatVersion = "1.0"

    package static func list(_ entries: [LedgerEntry], pretty: Bool = false) -> String {
        document(["entries": .array(entries.map { .object($0.members) })], pretty: pretty)
    }

    package static func entry(_ entry: LedgerEntry, pretty: Bool = false) -> String {
        document(["entry": .object(entry.members)], pretty: pretty)
    }

    private static func document(_ content: AttributeObject, pretty: Bool) -> String {
        var document = content
        document["format_version"] = .string(formatVersion)
        return Escaping.visibleJSON(writeJSON(.object(document), pretty: pretty)) + "\n"
    }
}

extension LedgerEntry {
    fileprivate var members: AttributeObject {
        [
            "address": .string(address.description), "profile_id": .string(profileID), "user_id": .optional(userID),
            "last_applied": lastApplied.json, "prevent_destroy": .bool(preventDestroy),
        ]
    }
}
