import Diagnostics
import YAMLSyntax

/// What is wrong with a file, in the order it was found.
struct Findings {
    /// Of the YAML itself.
    private let unreadable: [Diagnostic]
    var diagnostics: [Diagnostic] = []

    init(after unreadable: [Diagnostic]) {
        self.unreadable = unreadable
    }

    mutating func add(_ diagnostic: Diagnostic?) {
        if let diagnostic { diagnostics.append(diagnostic) }
    }

    mutating func add(
        _ code: DiagnosticCode, _ message: String, at node: YAMLNode, notes: [Diagnostic.Note] = [], help: String? = nil
    ) {
        diagnostics.append(Diagnostic(code, message, at: node.location, notes: notes, help: help))
    }

    /// - Parameter part: the mapping it stands in, as in "a profile".
    mutating func unknownKey(_ key: YAMLNode, in part: String, known names: [String]) {
        let text = key.text
        guard !Substitution.mayOccur(in: text) else { return add(substitutionInKey(at: key.location)) }
        add(
            .unknownKey, "unknown key \"\(shortened(text))\" in \(part)", at: key,
            help: suggestion(for: text, among: names, known: "known keys"))
    }

    /// - Parameter expected: completes "… must be".
    mutating func wrongShape(_ node: YAMLNode, _ what: String, mustBe expected: String, help: String? = nil) {
        guard !node.isNull else { return emptyValue(node, what, help: help) }
        add(.wrongShape, "\(what) must be \(expected), not \(describe(node))", at: node, help: help)
    }

    mutating func emptyValue(_ node: YAMLNode, _ what: String, help: String? = nil) {
        add(.emptyValue, "\(what) is empty", at: node, help: help ?? "write a value, or leave the key out")
    }

    /// What is wrong with the YAML, then with what it says: each problem once, although an alias or a merge key
    /// may show it in many profiles, and nothing more about a place that could not be read.
    var all: [Diagnostic] {
        guard !diagnostics.isEmpty else { return unreadable }
        let unreadablePlaces = Set(unreadable.map(\.location))
        var seen: Set<Diagnostic> = []
        return unreadable
            + diagnostics.filter { !unreadablePlaces.contains($0.location) && seen.insert($0).inserted }
    }
}

private func describe(_ node: YAMLNode) -> String {
    switch node.kind {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar:
        switch node.scalar {
        case .null: "empty"
        case .bool: "true or false"
        case .integer, .float: "a number"
        case .string: "a text"
        }
    }
}
