import YAMLSyntax

/// The known name that was probably meant, or nil when none is near.
/// - Parameter most: how many of the names are looked at.
func nearest(to text: String, among names: [String], most: Int = mostNames) -> String? {
    let written = Array(text.lowercased().unicodeScalars)
    guard written.count <= 64 else { return nil }
    let allowed = max(1, written.count / 3)
    let names = names.prefix(most).filter { abs($0.unicodeScalars.count - written.count) <= allowed }
    var best: (name: String, distance: Int)?
    for name in names {
        let distance = editDistance(written, Array(name.lowercased().unicodeScalars))
        if distance <= allowed, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
}

/// Whether one of the keys that are not known was probably meant to be this one. What it says is then not missing.
func misspells(_ key: String, in node: YAMLNode, among known: [String]) -> Bool {
    guard node.kind == .mapping else { return false }
    return node.pairs.contains { pair, _ in
        let text = pair.text
        return !known.contains(text) && nearest(to: text, among: known) == key
    }
}

/// Insertions, deletions, replacements, and swaps of neighbours, each counted as one.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
        var current = [i]
        for j in 1...b.count {
            var distance = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                distance = min(distance, beforePrevious[j - 2] + 1)
            }
            current.append(distance)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[b.count]
}

/// Help for a name that is not among those known: "did you mean …? Known: …".
package func suggestion(
    for text: String, among names: [String], most: Int = mostNames, known: String
) -> String {
    let more = names.count > most ? ", …" : ""
    let list = "\(known): \(names.prefix(most).map(shortened).joined(separator: ", "))\(more)"
    guard let name = nearest(to: text, among: names) else { return list }
    return "did you mean \"\(name)\"? \(list)"
}

/// Names of ours are few; those of a hostile file are not all worth listing.
package let mostNames = 50

/// A part of the input for a message, cut where it would fill the screen.
func shortened(_ text: String) -> String {
    guard text.utf8.count > 80, text.unicodeScalars.count > 80 else { return text }
    var short = ""
    short.unicodeScalars.append(contentsOf: text.unicodeScalars.prefix(79))
    return short + "…"
}
