import Diagnostics
import ProfileModel
import YAMLSyntax

/// What a document says for all its profiles.
struct ProfileDefaults {
    struct Key {
        var type: String
        var location: SourceLocation
    }

    var source: String?
    var type: String?
    var key: Key?
    var attributes: [AttributeObject.Member] = []
    var attributesMode = DesiredProfile.Mode.declared
    var identifiersMode = DesiredProfile.Mode.declared
    var lifecycle = LifecycleDraft()

    /// Where they are written; nil when they are not.
    var location: SourceLocation?
    /// The document has profiles for them, be it an empty mapping.
    var haveProfiles = false
    /// A source or type stands here but could not be read; its absence is then no news.
    var sourceIsUnreadable = false
    var typeIsUnreadable = false
    /// Some profile without a key of its own asked for the default one …
    var keyWasWanted = false
    /// … and some had an identifier of that type.
    var keyWasFound = false
    /// Some profile could not be read whole, and may have one.
    var keyMayBeHidden = false

    /// What a key says that was probably meant is not missing.
    fileprivate mutating func misspelt(_ key: YAMLNode) {
        switch nearest(to: key.text, among: DefaultsKey.known.names).flatMap(DefaultsKey.init) {
        case .source: sourceIsUnreadable = true
        case .type: typeIsUnreadable = true
        case .key, .attributes, .attributesMode, .identifiersMode, .lifecycle, nil: break
        }
    }
}

extension ManifestDecoder {
    mutating func defaults(_ node: YAMLNode) -> ProfileDefaults {
        var defaults = ProfileDefaults()
        guard node.kind == .mapping else {
            findings.wrongShape(node, "defaults", mustBe: "a mapping")
            defaults.sourceIsUnreadable = true
            defaults.typeIsUnreadable = true
            return defaults
        }
        for (key, value) in node.pairs {
            switch DefaultsKey.known[key] {
            case .source:
                defaults.source = source(value)
                defaults.sourceIsUnreadable = defaults.source == nil
            case .type:
                defaults.type = type(value)
                defaults.typeIsUnreadable = defaults.type == nil
            case .key:
                if let type = text(value, "key") {
                    defaults.key = ProfileDefaults.Key(type: type, location: value.location)
                }
            case .attributes: attributes(value, into: &defaults.attributes)
            case .attributesMode:
                defaults.attributesMode = mode(value, "attributes_mode") ?? .declared
            case .identifiersMode:
                defaults.identifiersMode = mode(value, "identifiers_mode") ?? .declared
            case .lifecycle: defaults.lifecycle = lifecycle(value)
            case nil:
                unknownDefault(key)
                defaults.misspelt(key)
            }
        }
        return defaults
    }

    private mutating func unknownDefault(_ key: YAMLNode) {
        switch ProfileKey.known[key] {
        case .name, .identifiers, .userID:
            findings.add(
                .unknownKey, "\"\(key.text)\" belongs to one person and cannot have a default", at: key,
                help: "write it in each profile")
        default:
            findings.unknownKey(key, in: "defaults", known: DefaultsKey.known.names)
        }
    }
}
