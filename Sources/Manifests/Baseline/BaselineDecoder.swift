package import Diagnostics
package import ProfileModel
import YAMLSyntax

/// Reads `drift-baseline.yaml`: what may differ from what was last applied, who says so, why and how long.
/// Nothing is replaced in it: values stand there as live holds them.
package func readDriftBaseline(_ source: SourceText) -> ([AcceptedDrift], [Diagnostic]) {
    let stream = parseYAML(source)
    var decoder = BaselineDecoder(file: source.name, findings: Findings(after: stream.diagnostics))
    let documents = stream.documents.filter { !$0.isNull }
    if let first = documents.first {
        decoder.document(first)
    } else if stream.diagnostics.isEmpty {
        decoder.findings.add(missingVersion(in: "the drift baseline", at: beginning(of: source.name)))
    }
    for extra in documents.dropFirst() {
        decoder.findings.add(
            .wrongShape, "a drift baseline has one document", at: extra, help: "remove what follows the second ---")
    }
    return (decoder.accepted, decoder.findings.all)
}

private struct BaselineDecoder {
    let file: String
    var findings: Findings
    var accepted: [AcceptedDrift] = []

    mutating func document(_ root: YAMLNode) {
        guard root.kind == .mapping else {
            return findings.wrongShape(root, "a drift baseline", mustBe: "a mapping that begins with `version: 1`")
        }
        guard findings.acceptsVersion(of: root, "the drift baseline", known: BaselineKey.known.names) else { return }
        let members = members(of: root, BaselineKey.known, in: "a drift baseline")
        guard let list = members[.accepted] else { return }
        guard list.kind == .sequence else {
            return findings.wrongShape(list, "accepted", mustBe: "a list", help: "write `accepted: []` for nothing")
        }
        for item in list.items { self.item(item) }
    }

    private mutating func item(_ node: YAMLNode) {
        guard node.kind == .mapping else {
            return findings.wrongShape(node, "an accepted difference", mustBe: "a mapping")
        }
        let members = members(of: node, AcceptedKey.known, in: "an accepted difference")
        for key in AcceptedKey.allCases
        where members[key] == nil && !misspells(key.rawValue, in: node, among: AcceptedKey.known.names) {
            findings.add(
                .missingValue, "this accepted difference has no \(key.rawValue)", at: node,
                help: "it takes all of \(AcceptedKey.known.names.joined(separator: ", "))")
        }
        let address = members[.address].flatMap { self.address($0) }
        let field = members[.field].flatMap { self.field($0) }
        let value = field.flatMap { field in members[.value].flatMap { self.value($0, of: field) } }
        let owner = members[.owner].flatMap { text($0, "owner") }
        let reason = members[.reason].flatMap { text($0, "reason") }
        let expires = members[.expires].flatMap { day($0) }
        guard let address, let field, let value, let owner, let reason, let expires else { return }
        if let first = accepted.first(where: { $0.address == address && $0.field == field }) {
            findings.add(acceptedTwice(first, in: file, at: node.location))
        }
        accepted.append(
            AcceptedDrift(
                address: address, field: field, value: value, owner: owner, reason: reason, expires: expires,
                origin: Origin(file: file, line: node.start.line, column: node.start.column)))
    }

    private mutating func members<Key>(
        of node: YAMLNode, _ known: KnownKeys<Key>, in part: String
    ) -> [Key: YAMLNode] {
        var members: [Key: YAMLNode] = [:]
        for (key, value) in node.pairs {
            if let known = known[key] {
                members[known] = value
            } else {
                findings.unknownKey(key, in: part, known: known.names)
            }
        }
        return members
    }

    private mutating func text(_ node: YAMLNode, _ what: String) -> String? {
        guard node.kind == .scalar, !node.isNull else {
            findings.wrongShape(node, what, mustBe: "a text")
            return nil
        }
        if node.text.isEmpty { findings.emptyValue(node, what) }
        return node.text.isEmpty ? nil : node.text
    }

    private mutating func address(_ node: YAMLNode) -> Address? {
        guard let text = text(node, "address") else { return nil }
        if let address = Address(text) { return address }
        findings.add(
            .wrongShape, "\"\(shortened(text))\" is no address", at: node,
            help: "an address is written source/type/name, as in coolbikes/rider/jane-smith")
        return nil
    }

    private mutating func field(_ node: YAMLNode) -> DriftField? {
        guard let text = text(node, "field") else { return nil }
        if let field = driftField(text) { return field }
        findings.add(badDriftField(text, at: node.location))
        return nil
    }

    private mutating func day(_ node: YAMLNode) -> String? {
        guard let text = text(node, "expires") else { return nil }
        if let problem = badDate(text, "expires", at: node.location) {
            findings.add(problem)
            return nil
        }
        return text
    }

    /// Identifiers and names are text as written; attributes mean what YAML says.
    private mutating func value(_ node: YAMLNode, of field: DriftField) -> AttributeValue? {
        switch (field, node.kind) {
        case (.profile, _) where !node.isNull:
            findings.wrongShape(node, "the value of a profile that is gone", mustBe: "null")
            return nil
        case (.profile, _): return .null
        case (.attribute, _): return attribute(node)
        case (_, .scalar): return node.isNull ? .null : .string(node.text)
        case (.identifiers, .sequence) where node.items.allSatisfy({ $0.kind == .scalar && !$0.isNull }):
            return .array(node.items.map { .string($0.text) })
        case (.identifiers, _):
            findings.wrongShape(node, "the value of identifiers", mustBe: "a text or a list of texts")
            return nil
        case (.name, _):
            findings.wrongShape(node, "the value of the name", mustBe: "a text")
            return nil
        }
    }

    private mutating func attribute(_ node: YAMLNode) -> AttributeValue? {
        switch node.kind {
        case .sequence: return .array(node.items.compactMap { attribute($0) })
        case .mapping:
            return .object(
                AttributeObject(node.pairs.compactMap { key, value in attribute(value).map { (key.text, $0) } }))
        case .scalar: break
        }
        switch node.scalar {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .string(let text): return .string(text)
        case .integer(let text): return .number(JSONNumber(text: text))
        case .float(let text):
            if let last = text.utf8.last, isDigit(last) { return .number(JSONNumber(text: text)) }
            findings.add(
                .wrongShape, "JSON has no way to write \(text)", at: node, help: "write it in quotes, as a text")
            return nil
        }
    }
}
