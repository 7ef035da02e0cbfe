/// A text that was read from somewhere, under the name by which messages call it.
///
/// The bytes are kept as read; they need not be valid UTF-8.
package struct SourceText: Sendable {
    /// The name shown in messages: a path as the user would write it, or `<stdin>`.
    package let name: String
    package let bytes: [UInt8]
    /// The byte that ends each line: LF, before which a CR may stand, or CR in a text that has no LF. Editors and
    /// code hosts agree on no other line breaks.
    package let lineEnd: UInt8

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        lineEnd = bytes.contains(newline) || !bytes.contains(carriageReturn) ? newline : carriageReturn
    }

    /// Whether the name is that of a JSON file.
    package var isJSON: Bool { name.lowercased().hasSuffix(".json") }

    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// The text of a line without its line break, or nil when there is no such line.
    /// - Parameter number: counted from 1.
    package func line(_ number: Int) -> String? {
        guard number >= 1 else { return nil }
        var current = 1
        var start = bytes.startIndex
        while current < number {
            guard let lineBreak = bytes[start...].firstIndex(of: lineEnd) else { return nil }
            start = lineBreak + 1
            current += 1
        }
        var end = bytes[start...].firstIndex(of: lineEnd) ?? bytes.endIndex
        if lineEnd == newline, end > start, bytes[end - 1] == carriageReturn { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

/// A place in a text. Lines and columns are counted from 1, columns in Unicode scalars.
package struct SourcePosition: Sendable, Hashable, Comparable {
    package var line: UInt32
    package var column: UInt32

    package init(line: UInt32, column: UInt32) {
        self.line = line
        self.column = column
    }

    package static func < (a: SourcePosition, b: SourcePosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// A stretch of a text; `end` is the first position after it.
package struct SourceRange: Sendable, Hashable {
    package var start: SourcePosition
    package var end: SourcePosition

    package init(_ start: SourcePosition, _ end: SourcePosition) {
        self.start = start
        self.end = end
    }
}

/// A stretch of a named text.
package struct SourceLocation: Sendable, Hashable {
    package var file: String
    package var range: SourceRange

    package init(file: String, range: SourceRange) {
        self.file = file
        self.range = range
    }
}
