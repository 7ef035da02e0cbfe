import Diagnostics
import ProfileModel
import YAMLSyntax

typealias AttributePair = (String, AttributeValue)

extension ManifestDecoder {
    mutating func attributes(_ node: YAMLNode, into pairs: inout [AttributePair]) {
        guard node.kind == .mapping else {
            return findings.wrongShape(node, "attributes", mustBe: "a mapping", help: "write `attributes: {}` for none")
        }
        node.forEachPair { key, value in
            let name = key.text
            guard scalars.isPlainKey(key, name, reporting: &findings) else { return }
            guard let attribute = attributeValue(value) else { return }
            findings.add(
                nonStringAttribute(name, attribute, isError: settings.strictStrings, at: value.location))
            insert((strings.shared(name), attribute), into: &pairs)
        }
    }

    /// Attributes of a profile, with those defaults that it does not write itself.
    func attributeObject(_ own: [AttributePair], over defaults: [AttributePair]) -> AttributeObject {
        if own.isEmpty, defaults.isEmpty { return AttributeObject() }
        guard !defaults.isEmpty else { return AttributeObject(pairs: own) }
        // Of two with the same key the last one stays. Few are quicker merged by hand.
        guard own.count + defaults.count < 32 else { return AttributeObject(pairs: defaults + own) }
        var merged = own
        for pair in defaults where !own.contains(where: { $0.0 == pair.0 }) { insert(pair, into: &merged) }
        return AttributeObject(pairs: merged)
    }

    /// A value by the core schema; with a variable in it always a text. Nil after reporting why not.
    private mutating func attributeValue(_ node: YAMLNode) -> AttributeValue? {
        switch node.kind {
        case .scalar: scalarAttribute(node)
        case .sequence: arrayAttribute(node)
        case .mapping: objectAttribute(node)
        }
    }

    private mutating func scalarAttribute(_ node: YAMLNode) -> AttributeValue? {
        if scalars.mayHoldSubstitutions, scalars.holdsSubstitution(node.text) {
            return Template(node).resolve(scalars.variables, reporting: &findings.diagnostics)
                .map(AttributeValue.string)
        }
        switch node.scalar {
        case .string(let text): return .string(text)
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .integer(let text): return .number(JSONNumber(text: text))
        case .float(let text):
            guard let last = text.utf8.last, isDigit(last) else {
                findings.add(
                    .wrongShape, "JSON has no way to write \(text)", at: node, help: "write it in quotes, as a text")
                return nil
            }
            return .number(JSONNumber(text: text))
        }
    }

    private mutating func arrayAttribute(_ node: YAMLNode) -> AttributeValue? {
        var values: [AttributeValue] = []
        for item in node.items {
            if let value = attributeValue(item) { values.append(value) }
        }
        return .array(values)
    }

    private mutating func objectAttribute(_ node: YAMLNode) -> AttributeValue? {
        var members: [AttributePair] = []
        for (key, value) in node.pairs {
            let name = key.text
            guard scalars.isPlainKey(key, name, reporting: &findings) else { continue }
            if let member = attributeValue(value) { members.append((name, member)) }
        }
        return .object(AttributeObject(pairs: members))
    }

    /// Keeps the pairs in key order, which spares `AttributeObject` its sorting. Profiles have few
    /// attributes; one with very many is sorted at the end instead.
    private func insert(_ pair: AttributePair, into pairs: inout [AttributePair]) {
        guard pairs.count < 32 else { return pairs.append(pair) }
        var index = pairs.count
        while index > 0, pair.0 < pairs[index - 1].0 { index -= 1 }
        pairs.insert(pair, at: index)
    }
}
