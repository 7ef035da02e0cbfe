import Diagnostics
import ProfileModel
import YAMLSyntax

/// Turns the documents of one file into profiles. Goes on after each problem, so that all are found at once.
struct ManifestDecoder: ~Copyable {
    let file: String
    let settings: ManifestSettings
    let scalars: ScalarTexts
    var findings: Findings
    var profiles: [DesiredProfile] = []
    var blocks = LifecycleBlocks()
    var texts = SharedTexts()
    /// Identifier types without a problem: every profile has the same few.
    var acceptedTypes: [String] = []

    init(file: String, settings: ManifestSettings, scalars: ScalarTexts, findings: Findings) {
        self.file = file
        self.settings = settings
        self.scalars = scalars
        self.findings = findings
    }

    mutating func document(_ root: YAMLNode) {
        guard root.kind == .mapping else {
            return findings.wrongShape(root, "a manifest", mustBe: "a mapping that begins with `version: 1`")
        }
        guard findings.acceptsVersion(of: root, "this manifest") else { return }
        var defaultsNode: YAMLNode?
        var profilesNode: YAMLNode?
        for (key, value) in root.pairs {
            switch DocumentKey.known[key] {
            case .version: break
            case .defaults: defaultsNode = value
            case .profiles: profilesNode = value
            case .moved: moved(value)
            case .removed: removed(value)
            case .imported: imported(value)
            case nil where key.text.hasPrefix(DocumentKey.extensionPrefix): break
            case nil: findings.unknownKey(key, in: "a manifest", known: DocumentKey.known.names)
            }
        }
        var defaults = ProfileDefaults()
        if let defaultsNode { defaults = self.defaults(defaultsNode) }
        if let profilesNode { self.profiles(profilesNode, &defaults) }
    }

    private mutating func profiles(_ node: YAMLNode, _ defaults: inout ProfileDefaults) {
        guard node.kind == .mapping else {
            return findings.wrongShape(
                node, "profiles", mustBe: "a mapping of names to profiles", help: "write `profiles: {}` for none")
        }
        let expected = profiles.count + node.pairs.count
        if expected > profiles.capacity { profiles.reserveCapacity(max(expected, profiles.capacity * 2)) }
        node.forEachPair { name, body in profile(name: name, body, &defaults) }
        if let key = defaults.key, defaults.keyWasWanted, !defaults.keyWasFound {
            findings.add(unusedDefaultKey(key.type, at: key.location))
        }
    }

    /// The text of a scalar that must say something.
    mutating func text(_ node: YAMLNode, _ what: @autoclosure () -> String) -> String? {
        scalars.text(of: node, what(), reporting: &findings)
    }

    /// A source, whether of a profile or of the defaults.
    mutating func source(_ node: YAMLNode) -> String? {
        guard let text = text(node, "source") else { return nil }
        findings.add(reservedSource(text, at: node.location))
        findings.add(colonInName(text, "a source", at: node.location))
        findings.add(slashInName(text, "a source", at: node.location))
        findings.add(tooLong(text, limit: ServiceLimits.sourceLength, "the source", at: node.location))
        return texts.shared(text)
    }

    /// A profile type, whether of a profile or of the defaults.
    mutating func type(_ node: YAMLNode) -> String? {
        guard let text = text(node, "type") else { return nil }
        findings.add(colonInName(text, "a type", at: node.location))
        findings.add(slashInName(text, "a type", at: node.location))
        findings.add(tooLong(text, limit: ServiceLimits.typeLength, "the type", at: node.location))
        return texts.shared(text)
    }

    mutating func mode(_ node: YAMLNode, _ key: String) -> DesiredProfile.Mode? {
        guard let text = text(node, key) else { return nil }
        if let mode = DesiredProfile.Mode(rawValue: text) { return mode }
        let names = DesiredProfile.Mode.allCases.map(\.rawValue)
        findings.add(
            .wrongShape, "\(key) cannot be \"\(shortened(text))\"", at: node,
            help: suggestion(for: text, among: names, known: "it is one of"))
        return nil
    }
}
