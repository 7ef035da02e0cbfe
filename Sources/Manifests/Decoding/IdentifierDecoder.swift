import Diagnostics
import ProfileModel
import YAMLSyntax

extension ManifestDecoder {
    /// Reads both forms: a mapping of types to values, and the API's list of types and values.
    mutating func identifiers(_ node: YAMLNode, _ identifiers: inout [Identifier], _ origins: inout [Origin]) {
        switch node.kind {
        case .mapping:
            node.forEachPair { key, value in mapEntry(key, value, &identifiers, &origins) }
        case .sequence:
            for item in node.items { listEntry(item, &identifiers, &origins) }
        case .scalar:
            findings.wrongShape(node, "identifiers", mustBe: "a mapping of types to values, or a list of {type, value}")
            return
        }
        if identifiers.isEmpty, isEmptyCollection(node) {
            findings.add(noIdentifier("here", at: node.location))
        }
        findings.add(
            tooManyIdentifiers(identifiers.count, at: location(of: origins[ServiceLimits.identifiersOfProfile])))
    }

    private func isEmptyCollection(_ node: YAMLNode) -> Bool {
        node.kind == .sequence ? node.items.isEmpty : node.pairs.isEmpty
    }

    private mutating func mapEntry(
        _ key: YAMLNode, _ value: YAMLNode, _ identifiers: inout [Identifier], _ origins: inout [Origin]
    ) {
        let written = key.text
        guard scalars.isPlainKey(key, written, reporting: &findings) else { return }
        guard let type = checkedIdentifierType(written, at: key) else { return }
        switch value.kind {
        case .scalar: append(type, value, &identifiers, &origins)
        case .sequence:
            if value.items.isEmpty { findings.emptyValue(value, "the list of \(type) values") }
            for item in value.items { append(type, item, &identifiers, &origins) }
        case .mapping:
            findings.wrongShape(value, "identifier \(type)", mustBe: "a text or a list of texts")
        }
    }

    private mutating func listEntry(
        _ node: YAMLNode, _ identifiers: inout [Identifier], _ origins: inout [Origin]
    ) {
        guard node.kind == .mapping else {
            return findings.wrongShape(node, "an identifier of a list", mustBe: "a mapping of type and value")
        }
        var typeNode: YAMLNode?
        var valueNode: YAMLNode?
        for (key, value) in node.pairs {
            switch IdentifierKey.known[key.text] {
            case .type: typeNode = value
            case .value: valueNode = value
            case nil: findings.unknownKey(key, in: "an identifier", known: IdentifierKey.known.names)
            }
        }
        for (key, member) in [(IdentifierKey.type, typeNode), (.value, valueNode)] where member == nil {
            findings.add(
                .missingValue, "this identifier has no \(key.rawValue)", at: node,
                help: "write it as {type: email, value: jane@example.com}")
        }
        let type = typeNode.flatMap { typeNode in
            text(typeNode, "the identifier type").flatMap { checkedIdentifierType($0, at: typeNode) }
        }
        guard let valueNode else { return }
        append(type, valueNode, &identifiers, &origins)
    }

    /// - Parameter type: nil when it could not be read; the value is then checked only.
    private mutating func append(
        _ type: String?, _ node: YAMLNode, _ identifiers: inout [Identifier], _ origins: inout [Origin]
    ) {
        guard let value = text(node, "the value of identifier \(type ?? "")"), let type else { return }
        identifiers.append(Identifier(type: type, value: value))
        origins.append(origin(of: node))
    }

    private mutating func checkedIdentifierType(_ type: String, at node: YAMLNode) -> String? {
        guard !type.isEmpty else {
            findings.emptyValue(node, "the identifier type")
            return nil
        }
        findings.add(colonInName(type, "an identifier type", at: node.location))
        findings.add(tooLong(type, limit: ServiceLimits.identifierTypeLength, "the identifier type", at: node.location))
        return strings.shared(type)
    }
}

/// The place of an origin as a range of one character.
func location(of origin: Origin) -> SourceLocation {
    SourceLocation(
        file: origin.file,
        range: SourceRange(
            SourcePosition(line: origin.line, column: origin.column),
            SourcePosition(line: origin.line, column: origin.column + 1)))
}
