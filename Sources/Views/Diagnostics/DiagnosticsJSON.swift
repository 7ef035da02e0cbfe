package import Diagnostics
import ProfileModel
import WireFormat

/// Diagnostics for machines.
package enum DiagnosticsJSON {
    package static let formatVersion = "1.0"

    package static func render(
        _ diagnostics: [Diagnostic], pretty: Bool = false, sources: @escaping (String) -> SourceText?
    ) -> String {
        var shelf = SourceShelf(sources)
        var items: [AttributeValue] = []
        for diagnostic in diagnostics.inTextOrder {
            guard case .object(var members) = diagnostic.json else { continue }
            let snippet = diagnostic.location.flatMap { shelf.snippet(at: $0, room: 400) }
            members["snippet"] = snippet?.json ?? .null
            items.append(.object(members))
        }
        let errors = diagnostics.count { $0.severity == .error }
        let document: AttributeValue = .object([
            "format_version": .string(formatVersion), "diagnostics": .array(items), "errors": .count(errors),
            "warnings": .count(diagnostics.count - errors), "valid": .bool(errors == 0),
        ])
        return Escaping.visibleJSON(writeJSON(document, pretty: pretty)) + "\n"
    }
}

extension Snippet {
    fileprivate var json: AttributeValue {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return .object(["text": .string(text), "column": .count(firstColumn)])
    }
}

extension Diagnostic {
    var json: AttributeValue {
        .object([
            "code": .string(code.rawValue), "severity": .string(severity.rawValue), "message": .string(message),
            "file": .optional(location?.file), "range": location?.range.json ?? .null,
            "notes": .array(notes.map(\.json)), "help": .optional(help),
        ])
    }
}

extension Diagnostic.Note {
    fileprivate var json: AttributeValue {
        .object([
            "message": .string(message), "file": .optional(location?.file),
            "range": location?.range.json ?? .null,
        ])
    }
}

extension SourceRange {
    fileprivate var json: AttributeValue { .object(["start": start.json, "end": end.json]) }
}

extension SourcePosition {
    fileprivate var json: AttributeValue { .object(["line": .count(line), "column": .count(column)]) }
}

extension AttributeValue {
    static func count(_ number: some BinaryInteger) -> AttributeValue {
        .number(JSONNumber(text: String(number)))
    }

    static func optional(_ text: String?) -> AttributeValue {
        text.map { .string($0) } ?? .null
    }
}
