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
        let usable = max(width, 12)
        var wrapping = Wrapping(width: usable, hang: min(hang, usable / 2))
        for word in words(of: text.spans) { wrapping.append(word) }
        return wrapping.lines.map { inked($0) + "\n" }.joined()
    }

    private func inked(_ spans: [SafeText.Span]) -> String {
        guard color else {
            var text = spans.map(\.text).joined()
            while text.last == " " { text.removeLast() }
            return text
        }
        return spans.map { span in
            guard let code = code(of: span.ink), !span.text.isEmpty else { return span.text }
            return "\u{1B}[\(code)m\(span.text)\u{1B}[0m"
        }.joined()
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

/// What is not broken if it fits in a line, with the spaces before it.
private struct Word {
    var spaces = 0
    var spans: [SafeText.Span] = []
    var width = 0
}

private func words(of spans: [SafeText.Span]) -> [Word] {
    var words: [Word] = []
    var word = Word()
    func close() {
        if word.width > 0 || word.spaces > 0 { words.append(word) }
        word = Word()
    }
    for span in spans {
        var run = 0
        var part = ""
        func flush() {
            guard !part.isEmpty else { return }
            word.spans.append(SafeText.Span(text: part, ink: span.ink, isValue: span.isValue))
            word.width += DisplayWidth.of(part)
            part = ""
        }
        func endOfSpaces() {
            guard run > 0 else { return }
            if span.isValue, run > 1 {
                part += String(repeating: " ", count: run)
            } else {
                flush()
                if word.width > 0 { close() }
                word.spaces += run
            }
            run = 0
        }
        for scalar in span.text.unicodeScalars {
            if scalar == " " {
                run += 1
            } else {
                endOfSpaces()
                part.unicodeScalars.append(scalar)
            }
        }
        endOfSpaces()
        flush()
    }
    close()
    return words
}

/// Fills lines word by word.
private struct Wrapping {
    let width: Int
    let hang: Int
    var lines: [[SafeText.Span]] = [[]]
    private var column = 0

    init(width: Int, hang: Int) {
        self.width = width
        self.hang = hang
    }

    mutating func append(_ word: Word) {
        let isFirst = lines.count == 1 && column == 0
        if isFirst || column + word.spaces + word.width <= width {
            add(SafeText.Span(text: String(repeating: " ", count: word.spaces)))
        } else if column > (lines.count == 1 ? 0 : hang) {
            newLine()
        }
        for span in word.spans { fill(span) }
    }

    /// Breaks inside a word only where the line is full.
    private mutating func fill(_ span: SafeText.Span) {
        var part = ""
        for scalar in span.text.unicodeScalars {
            let columns = DisplayWidth.of(scalar)
            if column + columns > width {
                lines[lines.count - 1].append(SafeText.Span(text: part, ink: span.ink))
                part = ""
                newLine()
            }
            part.unicodeScalars.append(scalar)
            column += columns
        }
        lines[lines.count - 1].append(SafeText.Span(text: part, ink: span.ink))
    }

    private mutating func add(_ span: SafeText.Span) {
        lines[lines.count - 1].append(span)
        column += span.text.utf8.count
    }

    private mutating func newLine() {
        lines.append([SafeText.Span(text: String(repeating: " ", count: hang))])
        column = hang
    }
}
