/// The keys that a mapping may have. Found by length first, since every profile asks a dozen times.
struct KnownKeys<Key: RawRepresentable & CaseIterable & Hashable & Sendable>: Sendable where Key.RawValue == String {
    let names: [String]
    private let byLength: [[(name: String, key: Key)]]

    init() {
        names = Key.allCases.map(\.rawValue)
        let longest = names.map(\.utf8.count).max() ?? 0
        var byLength = [[(name: String, key: Key)]](repeating: [], count: longest + 1)
        for key in Key.allCases { byLength[key.rawValue.utf8.count].append((key.rawValue, key)) }
        self.byLength = byLength
    }

    subscript(text: String) -> Key? {
        let length = text.utf8.count
        guard length < byLength.count else { return nil }
        for entry in byLength[length] where entry.name == text { return entry.key }
        return nil
    }
}

/// The keys of a manifest document. Others are allowed when they begin with `x-`: a place for anchors.
enum DocumentKey: String, CaseIterable {
    case version, defaults, profiles, moved, removed
    case imported = "import"

    static let known = KnownKeys<DocumentKey>()
    static let extensionPrefix = "x-"
}

enum DefaultsKey: String, CaseIterable {
    case source, type, key, attributes
    case attributesMode = "attributes_mode"
    case identifiersMode = "identifiers_mode"
    case lifecycle

    static let known = KnownKeys<DefaultsKey>()
}

enum ProfileKey: String, CaseIterable {
    case source, type, name, key, identifiers, attributes
    case userID = "user_id"
    case attributesMode = "attributes_mode"
    case identifiersMode = "identifiers_mode"
    case lifecycle

    static let known = KnownKeys<ProfileKey>()
}

enum IdentifierKey: String, CaseIterable {
    case type, value

    static let known = KnownKeys<IdentifierKey>()
}

enum LifecycleKey: String, CaseIterable {
    case preventDestroy = "prevent_destroy"
    case ignoreChanges = "ignore_changes"

    static let known = KnownKeys<LifecycleKey>()
}
