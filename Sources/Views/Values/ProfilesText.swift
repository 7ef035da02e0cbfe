import Planning
package import ProfileModel
import WireFormat

/// Live profiles for people.
package enum ProfilesText {
    package static func render(_ profiles: [Profile], style: TextStyle) -> String {
        guard !profiles.isEmpty else { return style.line("No profile found.") }
        return profiles.map { page(of: $0, style: style) }.joined(separator: "\n")
    }

    private static func page(of profile: Profile, style: TextStyle) -> String {
        var head: SafeText = "\(bare: profile.id, .bold)  \(bare: profile.source)/\(bare: profile.type)"
        if let userID = profile.userID { head += "  user \(bare: userID)" }
        var text = style.line(head, hang: 2)
        let values = profile.values
        text += ValuesText.render(values, style: style)
        if !values.damagedFields.isEmpty {
            let fields = SafeText.list(values.damagedFields.map { .field($0) })
            text += style.line("  \("!", .boldYellow) " + fields + " cannot be written back as read (PM512)", hang: 4)
        }
        var times: [SafeText] = []
        if let created = profile.createdAt { times.append("created \(created.iso8601)") }
        if let updated = profile.updatedAt { times.append("updated \(updated.iso8601)") }
        if !times.isEmpty { text += style.line("  " + SafeText.joined(times, by: ", ").inked(.dim), hang: 4) }
        return text
    }
}

/// Name, identifiers and attributes in two columns.
enum ValuesText {
    static func render(_ values: ProfileValues, style: TextStyle) -> String {
        var rows: [(label: SafeText, value: SafeText)] = []
        if let name = values.name { rows.append(("name", "\(quoted: name)")) }
        for identifier in values.identifiers { rows.append(("identifiers", .identifier(identifier))) }
        for member in values.attributes.members {
            rows.append(("attributes." + .path([member.key]), .value(member.value)))
        }
        let width = min(40, rows.reduce(0) { max($0, $1.label.width) })
        return rows.map { style.line("  " + $0.label.padded(to: width) + "  " + $0.value, hang: 6) }.joined()
    }
}

/// Live profiles for machines.
package enum ProfilesJSON {
    package static let formatVersion = "1.0"

    /// - Parameter unreadable: those that were found and cannot be read.
    package static func render(
        _ profiles: [Profile], unreadable: [UnreadableProfile] = [], pretty: Bool = false
    ) -> String {
        var document: AttributeObject = [
            "format_version": .string(formatVersion), "profiles": .array(profiles.map(\.json)),
        ]
        if !unreadable.isEmpty { document["unreadable"] = .array(unreadable.map(\.json)) }
        return Escaping.visibleJSON(writeJSON(.object(document), pretty: pretty)) + "\n"
    }
}
