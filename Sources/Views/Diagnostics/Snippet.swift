import Diagnostics

/// A source line with the part of it that is meant. Very long lines are shown around that part.
struct Snippet {
    /// The column of the first scalar kept, from 1.
    var firstColumn: Int
    var scalars: ArraySlice<Unicode.Scalar>
    /// Which of the scalars are meant; empty for a place between two.
    private var marked: Range<Int>
    private var continuesAfter: Bool

    /// - Parameter room: how many columns of a terminal the line may take.
    init?(_ range: SourceRange, in index: LineIndex, room: Int) {
        guard index.line(range.start.line) != nil else { return nil }
        let start = max(1, Int(range.start.column))
        let before = max(1, start - room)
        let window = index.scalars(line: range.start.line, from: before, count: 2 * room + 1)
        let first = min(start - before, window.count)
        let end = range.end.line > range.start.line ? window.count : Int(range.end.column) - before
        marked = first..<max(first, min(end, window.count))
        let kept = Self.kept(of: window, around: first, room: room - 2)
        firstColumn = before + kept.lowerBound
        scalars = window[kept]
        continuesAfter = kept.upperBound < window.count
    }

    /// The scalars that fit. What stands before the mark gives way when it is too much.
    private static func kept(of window: [Unicode.Scalar], around mark: Int, room: Int) -> Range<Int> {
        var first = 0
        var before = window[..<mark].reduce(0) { $0 + width(of: $1) }
        if before > room * 2 / 3 {
            while before > room / 3, first < mark {
                before -= width(of: window[first])
                first += 1
            }
        }
        var end = first
        var total = 0
        while end < window.count, total + width(of: window[end]) <= room {
            total += width(of: window[end])
            end += 1
        }
        return first..<end
    }

    /// The line as shown, and where in it the mark stands, in columns of the terminal.
    var shown: (line: String, markIndent: Int, markWidth: Int) {
        var line = firstColumn > 1 ? "…" : ""
        var column = DisplayWidth.of(line)
        var indent: Int?
        var width = 0
        for position in scalars.indices {
            if position == marked.lowerBound { indent = column }
            let columns = Self.width(of: scalars[position])
            if marked.contains(position) { width += columns }
            column += columns
            line += Self.form(of: scalars[position])
        }
        return (continuesAfter ? line + "…" : line, indent ?? column, max(1, width))
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        scalar.isASCII && scalar.value >= 0x20 ? 1 : DisplayWidth.of(form(of: scalar))
    }

    private static func form(of scalar: Unicode.Scalar) -> String {
        if scalar == "\t" { return "    " }
        return Escaping.isHidden(scalar) ? Escaping.escape(of: scalar) : String(Character(scalar))
    }
}

/// The texts that diagnostics point into, each asked for and indexed once.
struct SourceShelf {
    private var indexes: [String: LineIndex?] = [:]
    private let sources: (String) -> SourceText?

    init(_ sources: @escaping (String) -> SourceText?) {
        self.sources = sources
    }

    mutating func shown(
        at location: SourceLocation, room: Int
    ) -> (line: String, markIndent: Int, markWidth: Int)? {
        snippet(at: location, room: room)?.shown
    }

    mutating func snippet(at location: SourceLocation, room: Int) -> Snippet? {
        if indexes[location.file] == nil {
            indexes[location.file] = .some(sources(location.file).map { LineIndex($0) })
        }
        return indexes[location.file].flatMap(\.self).flatMap { Snippet(location.range, in: $0, room: room) }
    }
}
