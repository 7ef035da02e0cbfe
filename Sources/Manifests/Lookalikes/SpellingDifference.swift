import ProfileModel

/// Where two texts that look alike differ.
struct SpellingDifference: Hashable {
    var here: [Unicode.Scalar]
    var there: [Unicode.Scalar]

    init(_ text: String, from other: String) {
        let (a, b) = (Array(text.unicodeScalars), Array(other.unicodeScalars))
        let start = zip(a, b).prefix { $0 == $1 }.count
        let rest = min(a.count, b.count) - start
        let end = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
        here = Array(a[start..<(a.count - min(end, rest))])
        there = Array(b[start..<(b.count - min(end, rest))])
    }

    /// Completes a sentence: "it has …".
    var words: String { "it has \(Self.words(here)) where the other has \(Self.words(there))" }

    private static let most = 6

    static func words(_ scalars: [Unicode.Scalar]) -> String {
        guard !scalars.isEmpty else { return "nothing" }
        return scalars.prefix(most).map(codePoint).joined(separator: " ") + (scalars.count > most ? " …" : "")
    }
}
