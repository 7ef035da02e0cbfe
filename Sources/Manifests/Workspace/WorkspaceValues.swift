import Diagnostics
import YAMLSyntax

extension WorkspaceDecoder {
    /// The values by their keys; reports keys that are not known, and a node that is no mapping.
    mutating func members<Key>(
        of node: YAMLNode, _ known: KnownKeys<Key>, in part: String
    ) -> [Key: YAMLNode] {
        guard node.kind == .mapping else {
            findings.wrongShape(node, part, mustBe: "a mapping")
            return [:]
        }
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

    /// A text that may hold `${…}`.
    mutating func template(_ node: YAMLNode, _ what: String) -> Template? {
        guard node.kind == .scalar, !node.isNull else {
            findings.wrongShape(node, what, mustBe: "a text")
            return nil
        }
        let template = Template(node)
        template.checkSyntax(reporting: &findings.diagnostics)
        if template.text.isEmpty { findings.emptyValue(node, what) }
        return template
    }

    /// A text that is needed before any variable is known.
    mutating func literal(_ node: YAMLNode, _ what: String) -> String? {
        guard let template = template(node, what), !template.text.isEmpty else { return nil }
        guard template.isLiteral else {
            findings.add(
                .badSubstitution, "\(what) cannot hold ${", at: node, help: "it is read before variables are known")
            return nil
        }
        return template.text
    }

    mutating func flag(_ node: YAMLNode, _ what: String) -> Bool? {
        guard node.kind == .scalar, case .bool(let flag) = node.scalar else {
            findings.wrongShape(node, what, mustBe: "true or false")
            return nil
        }
        return flag
    }

    mutating func word<Word>(_ node: YAMLNode, _ what: String, of type: Word.Type) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text = literal(node, what) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let names = Word.allCases.map(\.rawValue)
        findings.add(
            .wrongShape, "\(what) cannot be \"\(shortened(text))\"", at: node,
            help: suggestion(for: text, among: names, known: "known values"))
        return nil
    }

    /// A whole number without quotes, from `least` on.
    mutating func count(_ node: YAMLNode, _ what: String, least: Int) -> Int? {
        guard node.kind == .scalar, case .integer(let text) = node.scalar, let number = Int(text), number >= least
        else {
            findings.add(
                badNumber("\(what) must be a whole number of at least \(least)", at: node.location))
            return nil
        }
        return number
    }

    /// A number above 0 and at most 1.
    mutating func share(_ node: YAMLNode) -> Double? {
        guard let number = number(node), number > 0, number <= 1 else {
            findings.add(
                badNumber(
                    "share must be a number above 0 and at most 1", at: node.location,
                    help: "0.6 leaves four calls of ten to others"))
            return nil
        }
        return number
    }

    private func number(_ node: YAMLNode) -> Double? {
        guard node.kind == .scalar else { return nil }
        switch node.scalar {
        case .integer(let text), .float(let text): return Double(text)
        case .null, .bool, .string: return nil
        }
    }

    /// `30%` or a whole number.
    mutating func threshold(_ node: YAMLNode, _ what: String) -> ChangeThreshold? {
        if node.kind == .scalar {
            if case .integer(let text) = node.scalar, let count = Int(text), count >= 0 { return .count(count) }
            if node.text.hasSuffix("%"), let first = node.text.utf8.first, isDigit(first),
                let percent = Double(node.text.dropLast()), percent <= 100
            {
                return .percent(percent)
            }
        }
        findings.add(
            badNumber(
                "\(what) must be a percentage such as 30%, or a whole number of profiles", at: node.location))
        return nil
    }
}
