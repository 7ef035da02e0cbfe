import Diagnostics

/// A merge conflict that nobody resolved makes YAML errors that do not name it. This one does.
/// - Returns: nil for a file without the three marks, each at the beginning of a line.
func conflictMarkers(in source: SourceText) -> Diagnostic? {
    let marks = ["<<<<<<<", "=======", ">>>>>>>"]
    var found: [UInt32] = []
    var number: UInt32 = 0
    for line in source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        number += 1
        guard found.count < marks.count, line.starts(with: marks[found.count].utf8) else { continue }
        let next = line.dropFirst(7).first
        guard next == nil || next == UInt8(ascii: " ") || next == UInt8(ascii: "\r") else { continue }
        found.append(number)
    }
    guard found.count == marks.count else { return nil }
    let start = SourcePosition(line: found[0], column: 1)
    let end = SourcePosition(line: found[0], column: 8)
    return Diagnostic(
        .invalidYAML, "the file has a merge conflict that is not resolved",
        at: SourceLocation(file: source.name, range: SourceRange(start, end)),
        help: "keep what is right of the two sides, and remove the lines <<<<<<<, ======= and >>>>>>>")
}
