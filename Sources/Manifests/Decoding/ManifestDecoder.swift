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
    var omissions: Omissions
    var names = WrittenNames()
    var texts = SharedTexts()
    /// Identifier types without a problem: every profile has the same few.
    var acceptedTypes: [String] = []
    /// Identifiers that stand there and could not be read, in all profiles so far.
    var droppedIdentifiers = 0
    /// Of the document that is read.
    var defaults = ProfileDefaults()
    /// False for a document of which nothing more can be said.
    private var isReadable = true
    private var hasContent: Bool
    private let textLength: Int

    init(
        _ source: SourceText, settings: ManifestSettings, scalars: ScalarTexts, after unreadable: [Diagnostic] = []
    ) {
        file = source.name
        textLength = source.bytes.count
        self.settings = settings
        self.scalars = scalars
        findings = Findings(after: unreadable)
        let isBroken = unreadable.contains { $0.severity == .error }
        omissions = Omissions(mayHideMore: isBroken)
        hasContent = !unreadable.isEmpty
        if isBroken { findings.add(notAManifest(unreadable: source)) }
    }

    /// Reads a document or the next part of one.
    /// - Returns: false for a part that says what the parts before it had to know.
    mutating func document(_ part: YAMLPart) -> Bool {
        if part.isFirst {
            defaults = ProfileDefaults()
            isReadable = !part.root.isNull
            guard isReadable else { return true }
            hasContent = true
            guard part.isLast || part.root[DocumentKey.version.rawValue] != nil else { return false }
            isReadable = isManifest(part.root)
            if !isReadable { omissions.hideAnything() }
        }
        return !isReadable || members(of: part)
    }

    private mutating func isManifest(_ root: YAMLNode) -> Bool {
        if let problem = notAManifest(root, in: file) {
            findings.add(problem)
            return false
        }
        guard root.kind == .mapping else {
            findings.wrongShape(root, "a manifest", mustBe: "a mapping that begins with `version: 1`")
            return false
        }
        return findings.acceptsVersion(of: root, "this manifest", known: DocumentKey.known.names)
    }

    private mutating func members(of part: YAMLPart) -> Bool {
        var defaultsNode: YAMLNode?
        var profilesNode: YAMLNode?
        for (key, value) in part.root.pairs {
            switch DocumentKey.known[key] {
            case .version: if !part.isFirst { return false }
            case .defaults: defaultsNode = value
            case .profiles: profilesNode = value
            case .moved: moved(value)
            case .removed: removed(value)
            case .imported: imported(value)
            case nil where key.text.hasPrefix(DocumentKey.extensionPrefix): break
            case nil:
                omissions.hideAnything()
                findings.unknownKey(key, in: "a manifest", known: DocumentKey.known.names)
            }
        }
        if let defaultsNode {
            guard part.isFirst else { return false }
            defaults = self.defaults(defaultsNode)
            if defaultsNode.kind == .mapping, !defaultsNode.pairs.isEmpty { defaults.location = defaultsNode.location }
        }
        if let profilesNode {
            defaults.haveProfiles = true
            if part.isFirst, !part.isLast { profiles.reserveCapacity(profiles.count + textLength / bytesOfProfile) }
            self.profiles(profilesNode)
        }
        if part.isLast, !defaults.haveProfiles, let location = defaults.location {
            findings.add(defaultsWithoutProfiles(at: location))
        }
        if part.isLast, let key = defaults.key, defaults.keyWasWanted, !defaults.keyWasFound, !defaults.keyMayBeHidden {
            findings.add(unusedDefaultKey(key.type, at: key.location))
        }
        return true
    }

    private mutating func profiles(_ node: YAMLNode) {
        guard node.kind == .mapping else {
            omissions.mayHideMore = true
            return findings.wrongShape(
                node, "profiles", mustBe: "a mapping of names to profiles", help: "write `profiles: {}` for none")
        }
        let expected = profiles.count + node.pairs.count
        if expected > profiles.capacity { profiles.reserveCapacity(max(expected, profiles.capacity * 2)) }
        node.forEachPair { name, body in profile(name: name, body) }
    }

    consuming func finish() -> ManifestFile {
        if !hasContent { findings.add(emptyFile(named: file)) }
        return ManifestFile(
            name: file, profiles: profiles, blocks: blocks, names: names, diagnostics: findings.all,
            omissions: omissions)
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
        names.note(.source, text, at: node.location)
        return texts.shared(text)
    }

    /// A profile type, whether of a profile or of the defaults.
    mutating func type(_ node: YAMLNode) -> String? {
        guard let text = text(node, "type") else { return nil }
        findings.add(colonInName(text, "a type", at: node.location))
        findings.add(slashInName(text, "a type", at: node.location))
        findings.add(tooLong(text, limit: ServiceLimits.typeLength, "the type", at: node.location))
        names.note(.type, text, at: node.location)
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

/// As few as a profile of some identifiers and attributes may take: for the memory that is reserved, not touched.
private let bytesOfProfile = 256
