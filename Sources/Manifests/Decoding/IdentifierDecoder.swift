import Diagnostics
import ProfileModel
import YAMLSyntax

extension ManifestDecoder {
    /// Reads both forms: a mapping of types to values, and the API's list of types and values.
    /// - Returns: whether all that stand there could be read.
    mutating func identifiers(
        _ node: YAMLNode, _ identifiers: inout [Identifier], _ places: inout [Place]
    ) -> Bool {
        let droppedBefore = droppedIdentifiers
        switch node.kind {
        case .mapping:
            let expected = node.pairs.roomNeeded
            identifiers.reserveCapacity(expected)
            places.reserveCapacity(expected)
            node.forEachPair { key, value in mapEntry(key, value, &identifiers, &places) }
        case .sequence:
            node.forEachItem { item in listEntry(item, &identifiers, &places) }
        case .scalar:
            findings.wrongShape(node, "identifiers", mustBe: "a mapping of types to values, or a list of {type, value}")
            return false
        }
        if identifiers.isEmpty, isEmptyCollection(node) {
            findings.add(noIdentifier("here", at: node.location))
        }
        findings.add(
            tooManyIdentifiers(
                identifiers.count, at: location(of: places[ServiceLimits.identifiersOfProfile], in: file)))
        return droppedIdentifiers == droppedBefore
    }

    private func isEmptyCollection(_ node: YAMLNode) -> Bool {
        node.kind == .sequence ? node.items.isEmpty : node.pairs.isEmpty
    }

    private mutating func mapEntry(
        _ key: YAMLNode, _ value: YAMLNode, _ identifiers: inout [Identifier], _ places: inout [Place]
    ) {
        let written = texts.text(of: key)
        guard scalars.isPlainKey(key, written, reporting: &findings),
            let type = checkedIdentifierType(written, at: key)
        else {
            droppedIdentifiers += 1
            return
        }
        switch value.kind {
        case .scalar: append(type, value, &identifiers, &places)
        case .sequence:
            if value.items.isEmpty { findings.emptyValue(value, "the list of \(type) values") }
            value.forEachItem { item in append(type, item, &identifiers, &places) }
        case .mapping:
            droppedIdentifiers += 1
            findings.wrongShape(value, "identifier \(type)", mustBe: "a text or a list of texts")
        }
    }

    private mutating func listEntry(
        _ node: YAMLNode, _ identifiers: inout [Identifier], _ places: inout [Place]
    ) {
        guard node.kind == .mapping else {
            droppedIdentifiers += 1
            return findings.wrongShape(node, "an identifier of a list", mustBe: "a mapping of type and value")
        }
        var typeNode: YAMLNode?
        var valueNode: YAMLNode?
        for (key, value) in node.pairs {
            switch IdentifierKey.known[key] {
            case .type: typeNode = value
            case .value: valueNode = value
            case nil: findings.unknownKey(key, in: "an identifier", known: IdentifierKey.known.names)
            }
        }
        for (key, member) in [(IdentifierKey.type, typeNode), (.value, valueNode)]
        where member == nil && !misspells(key.rawValue, in: node, among: IdentifierKey.known.names) {
            findings.add(
                .missingValue, "this identifier has no \(key.rawValue)", at: node,
                help: "write it as {type: email, value: jane@example.com}")
        }
        let type = typeNode.flatMap { typeNode in
            text(typeNode, "the identifier type").flatMap { checkedIdentifierType(texts.shared($0), at: typeNode) }
        }
        guard let valueNode else {
            droppedIdentifiers += 1
            return
        }
        append(type, valueNode, &identifiers, &places)
    }

    /// - Parameter type: nil when it could not be read; the value is then checked only.
    private mutating func append(
        _ type: String?, _ node: YAMLNode, _ identifiers: inout [Identifier], _ places: inout [Place]
    ) {
        guard let value = text(node, "the value of identifier \(type ?? "")"), let type else {
            droppedIdentifiers += 1
            return
        }
        scalars.checkForStrays(value, of: node, "this \(type)", reporting: &findings)
        identifiers.append(Identifier(type: type, value: value))
        places.append(Place(of: node))
    }

    private mutating func checkedIdentifierType(_ type: String, at node: YAMLNode) -> String? {
        if acceptedTypes.contains(where: { $0.isExactly(type) }) { return type }
        guard !type.isEmpty else {
            findings.emptyValue(node, "the identifier type")
            return nil
        }
        let problems = [
            colonInName(type, "an identifier type", at: node.location),
            tooLong(type, limit: ServiceLimits.identifierTypeLength, "the identifier type", at: node.location),
        ].compactMap(\.self)
        findings.diagnostics += problems
        names.note(.identifierType, type, at: node.location)
        if problems.isEmpty, acceptedTypes.count < mostAcceptedTypes { acceptedTypes.append(type) }
        return type
    }
}

/// More types than one account has in use; so few are looked through in no time.
private let mostAcceptedTypes = 16

/// A place as a range of one character.
func location(of place: Place, in file: String) -> SourceLocation {
    SourceLocation(
        file: file,
        range: SourceRange(
            SourcePosition(line: place.line, column: place.column),
            SourcePosition(line: place.line, column: place.column + 1)))
}
