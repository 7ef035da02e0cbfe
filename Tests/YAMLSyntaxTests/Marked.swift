import Diagnostics
import YAMLSyntax

/// A text in which `⟦` and `⟧` stand around the places that a test speaks of.
struct Marked {
    /// Without the markers.
    let text: String
    /// In the order of their beginnings.
    let ranges: [SourceRange]

    init(_ marked: String) {
        var text = String.UnicodeScalarView()
        var position = SourcePosition(line: 1, column: 1)
        var starts: [SourcePosition] = []
        var open: [Int] = []
        var ends: [Int: SourcePosition] = [:]
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "⟦":
                open.append(starts.count)
                starts.append(position)
            case "⟧":
                ends[open.removeLast()] = position
            case "\n":
                position = SourcePosition(line: position.line + 1, column: 1)
                text.append(scalar)
            default:
                position.column += 1
                text.append(scalar)
            }
        }
        precondition(open.isEmpty, "a marker without end in \(marked)")
        self.text = String(text)
        ranges = starts.indices.map { SourceRange(starts[$0], ends[$0] ?? starts[$0]) }
    }

    func parsed(limits: YAMLLimits = .standard) -> YAMLStream {
        parseYAML(SourceText(name: "test.yaml", text: text), limits: limits)
    }
}

/// A problem as a test expects it, without the words.
struct Problem: Equatable, CustomStringConvertible {
    var code: DiagnosticCode
    var range: SourceRange?

    var description: String {
        guard let range else { return "\(code)" }
        return "\(code) \(range.start.line):\(range.start.column)–\(range.end.line):\(range.end.column)"
    }
}

extension YAMLStream {
    var problems: [Problem] { diagnostics.map { Problem(code: $0.code, range: $0.location?.range) } }

    var messages: [String] { diagnostics.map(\.message) }
}

func parse(_ text: String, limits: YAMLLimits = .standard) -> YAMLStream {
    parseYAML(SourceText(name: "test.yaml", text: text), limits: limits)
}

/// The node written small: `[a, {b: c}]`.
func outline(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar: node.text
    case .sequence: "[" + node.items.map(outline).joined(separator: ", ") + "]"
    case .mapping: "{" + node.pairs.map { outline($0.key) + ": " + outline($0.value) }.joined(separator: ", ") + "}"
    }
}
