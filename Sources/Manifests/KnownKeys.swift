import YAMLSyntax

/// The keys that a mapping may have.
struct KnownKeys<Key: RawRepresentable & CaseIterable & Hashable & Sendable>: Sendable where Key.RawValue == String {
    let names: [String]
    private let keys: [Key]
    private let words: YAMLWords

    init() {
        keys = Array(Key.allCases)
        names = keys.map(\.rawValue)
        words = YAMLWords(names)
    }

    /// What a key of a YAML mapping says.
    subscript(node: YAMLNode) -> Key? {
        words.place(of: node).map { keys[$0] }
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

enum MovedKey: String, CaseIterable {
    case from, to

    static let known = KnownKeys<MovedKey>()
}

enum RemovedKey: String, CaseIterable {
    case address, destroy

    static let known = KnownKeys<RemovedKey>()
}

enum ImportKey: String, CaseIterable {
    case to, id, identifier
    case userID = "user_id"

    static let known = KnownKeys<ImportKey>()
}
