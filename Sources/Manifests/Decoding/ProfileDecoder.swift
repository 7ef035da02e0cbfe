import Diagnostics
import ProfileModel
import YAMLSyntax

/// A profile as far as it has been read. Large, so never copied.
struct ProfileDraft: ~Copyable {
    var source: String?
    var type: String?
    var name: String?
    var key: (text: String, location: SourceLocation)?
    var identifiers: [Identifier] = []
    var places: [Place] = []
    var attributes: [AttributeObject.Member] = []
    var userID: String?
    var attributesMode: DesiredProfile.Mode?
    var identifiersMode: DesiredProfile.Mode?
    var lifecycle: LifecycleDraft?

    /// A source or type stands there but could not be read.
    var sourceIsUnreadable = false
    var typeIsUnreadable = false
    var hasIdentifiersKey = false
    /// Some identifiers, or the key, stand there but could not be read.
    var identifiersAreUnreadable = false
    var keyIsUnreadable = false
}

extension ManifestDecoder {
    mutating func profile(name nameNode: YAMLNode, _ body: YAMLNode) {
        let name = nameNode.text
        guard scalars.isPlainKey(nameNode, name, reporting: &findings) else {
            omissions.mayHideMore = true
            defaults.keyMayBeHidden = true
            return
        }
        findings.add(badProfileName(name, at: nameNode.location))
        guard body.kind == .mapping else {
            leaveOut(name)
            // A null body shows no place of its own worth pointing at.
            guard !body.isNull else {
                return findings.emptyValue(nameNode, "profile \(name)", help: "write at least its identifiers")
            }
            return findings.wrongShape(body, "profile \(name)", mustBe: "a mapping")
        }
        finish(draft(of: body), name: name, nameNode)
    }

    /// The profile has an error that says why.
    private mutating func leaveOut(_ name: String) {
        omissions.names.insert(name)
        defaults.keyMayBeHidden = true
    }

    private mutating func draft(of body: YAMLNode) -> ProfileDraft {
        var draft = ProfileDraft()
        body.forEachPair { key, value in
            if let known = ProfileKey.known[key] {
                member(known, value, &draft)
            } else {
                findings.unknownKey(key, in: "a profile", known: ProfileKey.known.names)
                misspelt(key, &draft)
            }
        }
        return draft
    }

    /// What a key says that was probably meant is not missing.
    private mutating func misspelt(_ key: YAMLNode, _ draft: inout ProfileDraft) {
        switch nearest(to: key.text, among: ProfileKey.known.names).flatMap(ProfileKey.init) {
        case .source: draft.sourceIsUnreadable = true
        case .type: draft.typeIsUnreadable = true
        case .key: draft.keyIsUnreadable = true
        case .identifiers: draft.hasIdentifiersKey = true
        case .name, .attributes, .userID, .attributesMode, .identifiersMode, .lifecycle, nil: break
        }
    }

    private mutating func member(_ key: ProfileKey, _ value: YAMLNode, _ draft: inout ProfileDraft) {
        switch key {
        case .source:
            draft.source = source(value)
            draft.sourceIsUnreadable = draft.source == nil
        case .type:
            draft.type = type(value)
            draft.typeIsUnreadable = draft.type == nil
        case .name:
            draft.name = text(value, "name")
            if let name = draft.name { scalars.checkForStrays(name, of: value, "this name", reporting: &findings) }
        case .key:
            draft.key = text(value, "key").map { ($0, value.location) }
            draft.keyIsUnreadable = draft.key == nil
        case .identifiers:
            draft.hasIdentifiersKey = true
            let areWhole = identifiers(value, &draft.identifiers, &draft.places)
            draft.identifiersAreUnreadable = !areWhole
        case .attributes: attributes(value, into: &draft.attributes)
        case .userID:
            draft.userID = text(value, "user_id")
            if let userID = draft.userID { findings.add(badUserID(userID, at: value.location)) }
        case .attributesMode: draft.attributesMode = mode(value, key.rawValue)
        case .identifiersMode: draft.identifiersMode = mode(value, key.rawValue)
        case .lifecycle: draft.lifecycle = lifecycle(value)
        }
    }

    private mutating func finish(_ draft: consuming ProfileDraft, name: String, _ nameNode: YAMLNode) {
        let source = draft.source ?? (draft.sourceIsUnreadable ? nil : defaults.source)
        let type = draft.type ?? (draft.typeIsUnreadable ? nil : defaults.type)
        if source == nil, !draft.sourceIsUnreadable, !defaults.sourceIsUnreadable {
            findings.add(missingSourceOrType(.source, of: name, at: nameNode.location))
        }
        if type == nil, !draft.typeIsUnreadable, !defaults.typeIsUnreadable {
            findings.add(missingSourceOrType(.type, of: name, at: nameNode.location))
        }
        if !draft.hasIdentifiersKey { findings.add(noIdentifier(name, at: nameNode.location)) }
        guard !draft.identifiers.isEmpty else { return leaveOut(name) }
        let key = keyIdentifier(of: draft)
        guard let source, let type else { return leaveOut(name) }
        let lifecycle = draft.lifecycle?.over(defaults.lifecycle) ?? defaults.lifecycle
        profiles.append(
            DesiredProfile(
                address: Address(source: source, type: type, name: name), name: draft.name,
                identifiers: draft.identifiers, identifierPlaces: draft.places, key: key,
                attributes: attributeObject(draft.attributes, over: defaults.attributes),
                userID: draft.userID, attributesMode: draft.attributesMode ?? defaults.attributesMode,
                identifiersMode: draft.identifiersMode ?? defaults.identifiersMode,
                lifecycle: lifecycle.finished, origin: Origin(of: nameNode, in: file)))
    }

    /// The identifier that `key` names, else the one the defaults name, else the first one written.
    private mutating func keyIdentifier(of draft: borrowing ProfileDraft) -> Identifier {
        if let key = draft.key {
            if let identifier = draft.identifiers.first(where: { $0.type.isExactly(key.text) }) { return identifier }
            let types = draft.identifiers.map(\.type)
            // The one that is named may be among those that could not be read.
            if !draft.identifiersAreUnreadable {
                findings.add(unknownKeyIdentifier(key.text, of: types, at: key.location))
            }
        } else if let key = defaults.key, !draft.keyIsUnreadable {
            defaults.keyWasWanted = true
            if draft.identifiersAreUnreadable { defaults.keyMayBeHidden = true }
            if let identifier = draft.identifiers.first(where: { $0.type.isExactly(key.type) }) {
                defaults.keyWasFound = true
                return identifier
            }
        }
        return draft.identifiers[0]
    }
}

// Not in the decoder: a method that does not change it would be called with a copy of all that it holds.
extension Origin {
    init(of node: YAMLNode, in file: String) {
        let start = node.start
        self.init(file: file, line: start.line, column: start.column)
    }
}

extension Place {
    init(of node: YAMLNode) {
        let start = node.start
        self.init(line: start.line, column: start.column)
    }
}
