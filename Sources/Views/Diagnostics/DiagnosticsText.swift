package import Diagnostics

/// Diagnostics for people: all of them, in the order of the texts, each with the line it speaks of.
package enum DiagnosticsText {
    /// Empty when there are no diagnostics.
    package static func render(
        _ diagnostics: [Diagnostic], style: TextStyle, sources: @escaping (String) -> SourceText?
    ) -> String {
        guard let first = diagnostics.first else { return "" }
        var page = DiagnosticsPage(style: style, shelf: SourceShelf(sources))
        let sorted = diagnostics.inTextOrder
        for diagnostic in sorted { page.add(diagnostic) }
        page.line(.counts(of: diagnostics).inked(.bold))
        let code = sorted.first { $0.severity == .error }?.code ?? first.code
        page.line("More about a code: profilectl explain \(code.rawValue)")
        return page.text
    }
}

extension [Diagnostic] {
    /// By file and place; what has no place comes first.
    var inTextOrder: [Diagnostic] {
        enumerated().sorted { a, b in
            if let first = Self.isBefore(a.element, b.element) { return first }
            return a.offset < b.offset
        }.map(\.element)
    }

    /// Nil when places do not decide.
    private static func isBefore(_ a: Diagnostic, _ b: Diagnostic) -> Bool? {
        switch (a.location, b.location) {
        case (nil, nil): return nil
        case (nil, _): return true
        case (_, nil): return false
        case (let a?, let b?):
            if a.file != b.file { return a.file < b.file }
            return a.range.start == b.range.start ? nil : a.range.start < b.range.start
        }
    }
}

extension SafeText {
    /// `2 errors, 1 warning`.
    static func counts(of diagnostics: [Diagnostic]) -> SafeText {
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        var parts: [SafeText] = []
        if errors > 0 { parts.append(.count(errors, "error")) }
        if warnings > 0 { parts.append(.count(warnings, "warning")) }
        return .joined(parts, by: ", ")
    }

    static func place(_ location: SourceLocation) -> SafeText {
        let start = location.range.start
        return "\(bare: location.file):\(start.line):\(start.column)"
    }
}

private struct DiagnosticsPage {
    let style: TextStyle
    var shelf: SourceShelf
    var text = ""

    mutating func line(_ line: SafeText, hang: Int = 0) {
        text += style.line(line, hang: hang)
    }

    mutating func add(_ diagnostic: Diagnostic) {
        let head: SafeText
        switch diagnostic.severity {
        case .error: head = "\("error[\(diagnostic.code.rawValue)]", .boldRed)"
        case .warning: head = "\("warning[\(diagnostic.code.rawValue)]", .boldYellow)"
        }
        line("\(head): \(diagnostic.message)", hang: 2)
        let gutter = width(ofGutterFor: diagnostic)
        if let location = diagnostic.location {
            excerpt(at: location, gutter: gutter, ink: diagnostic.severity == .error ? .red : .yellow)
        }
        for note in diagnostic.notes {
            line("\("note", .bold): \(note.message)", hang: 2)
            if let location = note.location { excerpt(at: location, gutter: gutter, ink: .cyan) }
        }
        if let help = diagnostic.help { line("\("help", .bold): \(help)", hang: 2) }
        text += "\n"
    }

    private func width(ofGutterFor diagnostic: Diagnostic) -> Int {
        let locations = [diagnostic.location] + diagnostic.notes.map(\.location)
        return locations.reduce(1) { max($0, $1.map { String($0.range.start.line).utf8.count } ?? 1) }
    }

    private mutating func excerpt(at location: SourceLocation, gutter: Int, ink: SafeText.Ink) {
        line(.spaces(gutter) + "\("-->", .dim) " + .place(location), hang: gutter + 4)
        let room = max(20, (style.width ?? 160) - gutter - 3)
        guard let shown = shelf.shown(at: location, room: room) else { return }
        let number = String(location.range.start.line)
        let bar: SafeText = "\(" | ", .dim)"
        line(.spaces(gutter) + bar)
        line(.spaces(gutter - number.utf8.count) + "\(number, .dim)" + bar + verbatim(shown.line))
        let carets = SafeText(span: .init(text: String(repeating: "^", count: shown.markWidth), ink: ink))
        line(.spaces(gutter) + bar + .spaces(shown.markIndent) + carets)
    }

    /// A snippet is made visible scalar by scalar already.
    private func verbatim(_ shown: String) -> SafeText {
        SafeText(span: .init(text: shown, isValue: true))
    }
}
