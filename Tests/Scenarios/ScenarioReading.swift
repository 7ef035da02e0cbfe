import Diagnostics
import Manifests
import Planning
import ProfileModel
import Sandbox
import YAMLSyntax

/// What is wrong with a scenario's file.
struct ScenarioFlaw: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

extension Scenario {
    init(_ source: SourceText) throws {
        let stream = parseYAML(source)
        if let problem = stream.diagnostics.first {
            throw ScenarioFlaw("\(problem.message) (line \(problem.location?.range.start.line ?? 0))")
        }
        guard stream.documents.count == 1 else { throw ScenarioFlaw("must be one document") }
        var fields = try NodeFields(stream.documents[0])
        story = try fields.required("story").text
        manifest = try fields.required("manifest").text
        before = fields["before"]?.text
        live = try fields["live"].map(readWorld) ?? SandboxWorld()
        outside = try fields["outside"]?.text.split(separator: "\n").map { try OutsideCall(line: $0) } ?? []
        if let node = fields["ledger"] {
            if node.text == "missing" { history = .missing }
            ledger = try node.pairs.map { try LedgerEntry(address: $0.key.text, $0.value) }
        }
        switches = fields["switches"]?.pairs.map { "\($0.key.text)=\($0.value.text)" } ?? []
        if let node = fields["policy"] { (policy, patchNullDeletes) = try readPolicy(node) }
        targets = fields["target"]?.items.map(\.text) ?? []
        excludes = fields["exclude"]?.items.map(\.text) ?? []
        variables = Variables(
            environment: ProcessEnvironment(readTexts(fields["env"])), values: readTexts(fields["vars"]))
        for part in Outcome.parts { expected[keyPath: part.path] = fields[part.key]?.text }
        try fields.nothingElse()
    }
}

extension OutsideCall {
    /// `METHOD path-with-query body`, or `DELETE source:type:identifier_type:value`.
    init(line: Substring) throws {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count >= 2 else { throw ScenarioFlaw("'\(line)' is no call") }
        if words[1].hasPrefix("/") {
            self = .request(method: words[0], target: words[1], body: words.count == 3 ? words[2] : "")
            return
        }
        let parts = words[1].split(separator: ":", maxSplits: 3).map(String.init)
        guard words[0] == "DELETE", words.count == 2, parts.count == 4 else {
            throw ScenarioFlaw("'\(line)' is no call")
        }
        self = .delete(
            IdentifierQuery(source: parts[0], type: parts[1], identifier: Identifier(type: parts[2], value: parts[3])))
    }
}

/// The members of a mapping; those that nobody asked for are an error in the end.
private struct NodeFields {
    private var members: [String: YAMLNode] = [:]

    init(_ node: YAMLNode) throws {
        guard node.kind == .mapping else { throw ScenarioFlaw("line \(node.range.start.line) must be a mapping") }
        for pair in node.pairs { members[pair.key.text] = pair.value }
    }

    subscript(key: String) -> YAMLNode? {
        mutating get { members.removeValue(forKey: key) }
    }

    mutating func required(_ key: String) throws -> YAMLNode {
        guard let node = self[key] else { throw ScenarioFlaw("'\(key)' is missing") }
        return node
    }

    func nothingElse() throws {
        guard members.isEmpty else {
            throw ScenarioFlaw("unknown keys: \(members.keys.sorted().joined(separator: ", "))")
        }
    }
}

private func readTexts(_ node: YAMLNode?) -> [String: String] {
    guard let node else { return [:] }
    return Dictionary(uniqueKeysWithValues: node.pairs.map { ($0.key.text, $0.value.text) })
}

private func readWorld(_ node: YAMLNode) throws -> SandboxWorld {
    var fields = try NodeFields(node)
    let world = SandboxWorld(
        users: try fields["users"]?.items.map(readUser) ?? [],
        profiles: try fields["profiles"]?.items.map(readProfile) ?? [])
    try fields.nothingElse()
    return world
}

private func readUser(_ node: YAMLNode) throws -> SandboxUser {
    var fields = try NodeFields(node)
    let user = SandboxUser(
        id: try fields.required("id").text, name: try fields.required("name").text,
        externalID: fields["external_id"]?.text, identities: try readIdentifiers(fields["identities"]))
    try fields.nothingElse()
    return user
}

private func readProfile(_ node: YAMLNode) throws -> Profile {
    var fields = try NodeFields(node)
    let profile = Profile(
        id: try fields.required("id").text, userID: fields["user_id"]?.text,
        source: try fields.required("source").text, type: try fields.required("type").text, name: fields["name"]?.text,
        identifiers: try readIdentifiers(fields["identifiers"]), attributes: try readAttributes(fields["attributes"]))
    try fields.nothingElse()
    return profile
}

extension LedgerEntry {
    fileprivate init(address: String, _ node: YAMLNode) throws {
        guard let address = Address(address) else { throw ScenarioFlaw("'\(address)' is no address") }
        var fields = try NodeFields(node)
        self.init(
            address: address, profileID: try fields.required("id").text, userID: fields["user_id"]?.text,
            lastApplied: ProfileValues(
                name: fields["name"]?.text, identifiers: try readIdentifiers(fields["identifiers"]),
                attributes: try readAttributes(fields["attributes"])),
            preventDestroy: fields["prevent_destroy"]?.scalar == .bool(true))
        try fields.nothingElse()
    }
}

private func readIdentifiers(_ node: YAMLNode?) throws -> [Identifier] {
    try node?.items.map { item in
        var fields = try NodeFields(item)
        let identifier = Identifier(
            type: try fields.required("type").text, value: try fields.required("value").text)
        try fields.nothingElse()
        return identifier
    } ?? []
}

private func readAttributes(_ node: YAMLNode?) throws -> AttributeObject {
    guard let node else { return [:] }
    return AttributeObject(node.pairs.map { ($0.key.text, readValue($0.value)) })
}

private func readValue(_ node: YAMLNode) -> AttributeValue {
    switch node.kind {
    case .sequence: return .array(node.items.map(readValue))
    case .mapping: return .object(AttributeObject(node.pairs.map { ($0.key.text, readValue($0.value)) }))
    case .scalar: break
    }
    switch node.scalar {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .integer(let text), .float(let text): return .number(JSONNumber(text: text))
    case .string(let text): return .string(text)
    }
}

private func readPolicy(_ node: YAMLNode) throws -> (PlanPolicy, patchNullDeletes: Bool) {
    var fields = try NodeFields(node)
    let policy = PlanPolicy(
        allowDelete: fields["allow_delete"]?.scalar == .bool(true),
        allowDeleteAll: fields["allow_delete_all"]?.scalar == .bool(true),
        maxUpdate: try fields["max_update"].map(readThreshold), maxDelete: try fields["max_delete"].map(readThreshold),
        maxDeleteFloor: try fields["max_delete_floor"].map(readCount) ?? 0,
        sources: try fields["sources"].map(readSources) ?? [:])
    let patchNullDeletes = fields["patch_null_deletes"]?.scalar == .bool(true)
    try fields.nothingElse()
    return (policy, patchNullDeletes)
}

private func readSources(_ node: YAMLNode) throws -> [ExactText: SourcePolicy] {
    var sources: [ExactText: SourcePolicy] = [:]
    for pair in node.pairs {
        var fields = try NodeFields(pair.value)
        let deletes: SourcePolicy.Deletes =
            switch fields["delete"]?.text {
            case "never": .never
            case "allowed": .allowed
            case nil: .asElsewhere
            case let other?: throw ScenarioFlaw("'\(other)' is no policy of deletes")
            }
        sources[ExactText(pair.key.text)] = SourcePolicy(
            deletes: deletes, maxUpdate: try fields["max_update"].map(readThreshold),
            maxDelete: try fields["max_delete"].map(readThreshold),
            maxDeleteFloor: try fields["max_delete_floor"].map(readCount) ?? 0)
        try fields.nothingElse()
    }
    return sources
}

private func readThreshold(_ node: YAMLNode) throws -> Threshold {
    guard node.text.hasSuffix("%") else { return .count(try readCount(node)) }
    guard let percent = Double(node.text.dropLast()) else { throw ScenarioFlaw("'\(node.text)' is no threshold") }
    return .percent(percent)
}

private func readCount(_ node: YAMLNode) throws -> Int {
    guard let count = Int(node.text) else { throw ScenarioFlaw("'\(node.text)' is no number") }
    return count
}
