import Diagnostics
import ProfileModel
import YAMLSyntax

extension ManifestDecoder {
    mutating func attributes(_ node: YAMLNode, into members: inout [AttributeObject.Member]) {
        guard node.kind == .mapping else {
            return findings.wrongShape(node, "attributes", mustBe: "a mapping", help: "write `attributes: {}` for none")
        }
        members.reserveCapacity(node.pairs.roomNeeded)
        node.forEachPair { key, value in
            let name = texts.text(of: key)
            guard scalars.isPlainKey(key, name, reporting: &findings) else { return }
            note(attribute: name, at: key)
            guard let attribute = attributeValue(value) else { return }
            findings.add(
                nonStringAttribute(name, attribute, isError: settings.strictStrings, at: value.location))
            insert(AttributeObject.Member(key: name, value: attribute), into: &members)
        }
    }

    private mutating func note(attribute name: String, at key: YAMLNode) {
        if scalars.mayLeaveASCII, !isASCII(name) { names.note(.attribute, name, at: key.location) }
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
            return scalars.expanded(node, reporting: &findings).map(AttributeValue.string)
        }
        switch texts.scalar(of: node) {
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
        node.forEachItem { item in
            if let value = attributeValue(item) { values.append(value) }
        }
        return .array(values)
    }

    private mutating func objectAttribute(_ node: YAMLNode) -> AttributeValue? {
        var members: [AttributeObject.Member] = []
        node.forEachPair { key, value in
            let name = texts.text(of: key)
            guard scalars.isPlainKey(key, name, reporting: &findings) else { return }
            note(attribute: name, at: key)
            if let value = attributeValue(value) { members.append(AttributeObject.Member(key: name, value: value)) }
        }
        return .object(AttributeObject(members: members))
    }
}

private let fewAttributes = 32

/// Attributes of a profile, with those defaults that it does not write itself.
func attributeObject(
    _ own: [AttributeObject.Member], over defaults: [AttributeObject.Member]
) -> AttributeObject {
    guard !defaults.isEmpty else { return AttributeObject(members: own) }
    // Of two with the same key the last one stays. Few are quicker merged by hand.
    guard own.count + defaults.count < fewAttributes else { return AttributeObject(members: defaults + own) }
    var merged = own
    for member in defaults where !own.contains(where: { $0.key.isExactly(member.key) }) {
        insert(member, into: &merged)
    }
    return AttributeObject(members: merged)
}

/// Keeps the members in key order, which spares `AttributeObject` its sorting. Profiles have few
/// attributes; one with very many is sorted at the end instead.
private func insert(
    _ member: consuming AttributeObject.Member, into members: inout [AttributeObject.Member]
) {
    members.append(member)
    guard members.count <= fewAttributes else { return }
    var index = members.count - 1
    while index > 0, members[index].key.precedes(members[index - 1].key) {
        members.swapAt(index, index - 1)
        index -= 1
    }
}
