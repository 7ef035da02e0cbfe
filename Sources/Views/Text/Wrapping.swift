/// Breaks a line that is wider than the terminal: first between columns of a table, then between words, and
/// inside a word only where it is wider than a line.
struct Wrapping {
    private let width: Int
    private let hang: Int
    private var lines: [[SafeText.Span]] = [[]]
    private var column = 0

    static func lines(of text: SafeText, width: Int, hang: Int) -> [[SafeText.Span]] {
        var wrapping = Wrapping(width: width, hang: min(hang, width / 2))
        let words = Word.words(of: text.spans)
        for (index, word) in words.enumerated() {
            let cell = word.startsCell ? words[(index + 1)...].prefix { !$0.startsCell } : []
            wrapping.append(word, cellWidth: cell.reduce(word.width) { $0 + $1.spaces + $1.width })
        }
        return wrapping.lines
    }

    private init(width: Int, hang: Int) {
        self.width = width
        self.hang = hang
    }

    private mutating func append(_ word: Word, cellWidth: Int) {
        let wanted = cellWidth <= width - hang ? cellWidth : word.width
        let isAtStart = lines.count == 1 && column == 0
        if isAtStart || column + word.spaces + wanted <= width {
            add(SafeText.Span(text: String(repeating: " ", count: word.spaces)))
        } else if column > hang || lines.count == 1 {
            startLine()
        }
        for span in word.spans { fill(span) }
    }

    private mutating func fill(_ span: SafeText.Span) {
        var part = ""
        for scalar in span.text.unicodeScalars {
            let columns = DisplayWidth.of(scalar)
            if column + columns > width {
                lines[lines.count - 1].append(SafeText.Span(text: part, ink: span.ink))
                part = ""
                startLine()
            }
            part.unicodeScalars.append(scalar)
            column += columns
        }
        lines[lines.count - 1].append(SafeText.Span(text: part, ink: span.ink))
    }

    private mutating func add(_ spaces: SafeText.Span) {
        lines[lines.count - 1].append(spaces)
        column += spaces.text.utf8.count
    }

    private mutating func startLine() {
        lines.append([])
        column = 0
        add(SafeText.Span(text: String(repeating: " ", count: hang)))
    }
}

/// What is not broken if it fits in a line, with the spaces before it.
private struct Word {
    var spaces = 0
    var spans: [SafeText.Span] = []
    var width = 0

    /// Columns of a table are at least two spaces apart.
    var startsCell: Bool { spaces > 1 }

    /// Runs of spaces inside a value belong to the word: a line break there would hide how many they are.
    static func words(of spans: [SafeText.Span]) -> [Word] {
        var words: [Word] = []
        var word = Word()
        for span in spans {
            for piece in pieces(of: span) {
                guard piece.isGap else {
                    word.spans.append(SafeText.Span(text: piece.text, ink: span.ink))
                    word.width += DisplayWidth.of(piece.text)
                    continue
                }
                if word.width > 0 {
                    words.append(word)
                    word = Word()
                }
                word.spaces += piece.text.utf8.count
            }
        }
        return word.width > 0 ? words + [word] : words
    }

    private static func pieces(of span: SafeText.Span) -> [(text: String, isGap: Bool)] {
        var pieces: [(text: String, isGap: Bool)] = []
        var rest = Substring(span.text)
        while let first = rest.first {
            let isSpace = first == " "
            let run = rest.prefix { ($0 == " ") == isSpace }
            rest = rest[run.endIndex...]
            pieces.append((String(run), isSpace && !(span.isValue && run.utf8.count > 1)))
        }
        return pieces
    }
}
