import ProfileModel

/// How the nouns are shown to people.
extension SafeText {
    /// Strings in quotes, everything else as JSON.
    static func value(_ value: AttributeValue) -> SafeText {
        switch value {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .number(let number): "\(number.text)"
        case .string(let text): "\(quoted: text)"
        case .array(let items):
            "[" + joined(items.map { .value($0) }, by: ", ") + "]"
        case .damaged(let shown, _): .value(shown)
        case .object(let object):
            "{" + joined(object.members.map { "\(quoted: $0.key): \(.value($0.value))" }, by: ", ") + "}"
        }
    }

    /// `email jane@example.com`, the value in quotes where it needs them.
    static func identifier(_ identifier: Identifier) -> SafeText {
        if Pseudonym.isPseudonym(identifier.value, of: identifier.type) { return "\(bare: identifier.value)" }
        return "\(bare: identifier.type) \(bare: identifier.value)"
    }

    /// A query as people write it, not percent-encoded.
    static func query(_ query: IdentifierQuery) -> SafeText {
        let identifier = query.identifier
        if Pseudonym.isPseudonym(identifier.value, of: identifier.type) {
            return "\(bare: "\(query.source):\(query.type):\(identifier.value)")"
        }
        return "\(bare: query.description)"
    }

    /// The keys joined by full stops; a key that has one itself stands in quotes.
    static func path(_ path: [String]) -> SafeText {
        joined(
            path.map { key in key.isEmpty || key.contains(".") ? "\(quoted: key)" : "\(bare: key)" }, by: ".")
    }

    static func paths(_ paths: [[String]]) -> SafeText {
        list(paths.map { "attributes." + .path($0) })
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ parts: [SafeText]) -> SafeText {
        guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
        return joined(Array(parts.dropLast()), by: ", ") + " and " + last
    }

    static func origin(_ origin: Origin) -> SafeText {
        "\(bare: origin.file):\(origin.line)"
    }

    /// `1 profile`, `2 profiles`.
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> SafeText {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }
}
