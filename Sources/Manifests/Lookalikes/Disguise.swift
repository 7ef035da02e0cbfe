import ProfileModel

/// What makes a name look like another one than it is, to be seen without that other one.
enum Disguise: Hashable {
    /// A word of letters of several alphabets, with these scalars of the other one that look like Latin letters.
    case mixedAlphabets(Alphabet, [Unicode.Scalar])
    case invisible(Unicode.Scalar)
    case spaceAtTheEdge

    /// The first one of a text.
    init?(of text: String) {
        if text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ") {
            self = .spaceAtTheEdge
            return
        }
        guard !isASCII(text) else { return nil }
        if let scalar = Self.invisible(in: text) {
            self = .invisible(scalar)
        } else if let (alphabet, scalars) = Self.mixed(in: text) {
            self = .mixedAlphabets(alphabet, scalars)
        } else {
            return nil
        }
    }

    /// Beside a letter or a digit of an alphabet that needs none. Persian and emoji are made of such scalars.
    private static func invisible(in text: String) -> Unicode.Scalar? {
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.first { place in
            let properties = scalars[place].properties
            guard properties.isDefaultIgnorableCodePoint, !properties.isVariationSelector else { return false }
            let neighbours = [place - 1, place + 1].filter(scalars.indices.contains).map { scalars[$0] }
            return neighbours.contains { Alphabet(of: $0) != nil || ("0"..."9").contains($0) }
        }.map { scalars[$0] }
    }

    private static func mixed(in text: String) -> (Alphabet, [Unicode.Scalar])? {
        for word in text.unicodeScalars.split(whereSeparator: { Alphabet(of: $0) == nil && !isMark($0) }) {
            let letters = word.filter { Alphabet(of: $0) != nil }
            guard letters.contains(where: { Alphabet(of: $0) == .latin }) else { continue }
            let others = letters.filter { Alphabet(of: $0) != .latin && Lookalikes.latin(for: $0) != nil }
            if let first = others.first, let alphabet = Alphabet(of: first) { return (alphabet, Array(others)) }
        }
        return nil
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .nonspacingMark
    }
}
