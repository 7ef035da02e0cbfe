/// How text for people looks where it is shown. The only place that writes terminal colours.
package struct TextStyle: Sendable, Hashable {
    package var color: Bool
    /// Columns of the terminal; nil when nobody wraps, as in a pipe or a file.
    package var width: Int?

    package init(color: Bool, width: Int?) {
        self.color = color
        self.width = width
    }

    package static let plain = TextStyle(color: false, width: nil)

    /// The text as one line, or as several when it is wider than the terminal. Nothing is cut: what does
    /// not fit goes on in the next line, `hang` columns in.
    func line(_ text: SafeText, hang: Int = 0) -> String {
        guard let width, width > 0, text.width > width else { return inked(text.spans) + "\n" }
        return Wrapping.lines(of: text, width: max(width, 12), hang: hang).map { inked($0) + "\n" }.joined()
    }

    private func inked(_ spans: [SafeText.Span]) -> String {
        var text = ""
        var ink = SafeText.Ink.plain
        for (index, span) in spans.enumerated() where !span.text.isEmpty {
            // Spaces take the ink around them, which saves most of the switching.
            let isGap = span.text.allSatisfy { $0 == " " } && index + 1 < spans.count
            if color, !isGap, span.ink != ink {
                if ink != .plain { text += "\u{1B}[0m" }
                if let code = code(of: span.ink) { text += "\u{1B}[\(code)m" }
                ink = span.ink
            }
            text += span.text
        }
        while text.hasSuffix(" ") { text.removeLast() }
        return ink == .plain ? text : text + "\u{1B}[0m"
    }

    /// Of the 16 colours, those that are readable on light and dark ground in the usual palettes.
    private func code(of ink: SafeText.Ink) -> String? {
        switch ink {
        case .plain: nil
        case .bold: "1"
        case .dim: "2"
        case .red: "31"
        case .green: "32"
        case .yellow: "33"
        case .magenta: "35"
        case .cyan: "36"
        case .boldRed: "1;31"
        case .boldYellow: "1;33"
        }
    }
}
