/// Scalars that look like a Latin letter or a sign of ASCII in common typefaces: those of Cyrillic and Greek
/// (after Unicode's confusables.txt), full-width ones, dashes and quotes.
enum Lookalikes {
    static func latin(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if (0xFF01...0xFF5E).contains(scalar.value) { return Unicode.Scalar(scalar.value - 0xFEE0) }
        return table[scalar]
    }

    private static let table: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (others, latin) in [cyrillic, greek, signs].joined() {
            for other in others.unicodeScalars { table[other] = latin }
        }
        return table
    }()

    private static let cyrillic: [(String, Unicode.Scalar)] = [
        ("а", "a"), ("ӓ", "ä"), ("ь", "b"), ("с", "c"), ("ԁ", "d"), ("е", "e"), ("ё", "ë"), ("ѐ", "è"), ("ӗ", "ĕ"),
        ("ԍ", "g"), ("һ", "h"), ("і", "i"), ("ї", "ï"), ("ј", "j"), ("к", "k"), ("ӏ", "l"), ("м", "m"), ("о", "o"),
        ("ӧ", "ö"), ("р", "p"),
        ("ԛ", "q"), ("г", "r"), ("ѕ", "s"), ("т", "t"), ("ѵ", "v"), ("ԝ", "w"), ("х", "x"), ("у", "y"), ("ў", "y"),
        ("А", "A"), ("Ӓ", "Ä"), ("В", "B"), ("С", "C"), ("Е", "E"), ("Ё", "Ë"), ("Ԍ", "G"), ("Н", "H"), ("І", "I"),
        ("Ї", "Ï"), ("Ј", "J"), ("К", "K"), ("М", "M"), ("О", "O"), ("Ӧ", "Ö"), ("Р", "P"), ("Ԛ", "Q"), ("Ѕ", "S"),
        ("Т", "T"), ("Ѵ", "V"), ("Ԝ", "W"), ("Х", "X"), ("У", "Y"), ("Ү", "Y"), ("З", "3"), ("з", "3"), ("б", "6"),
    ]

    private static let greek: [(String, Unicode.Scalar)] = [
        ("α", "a"), ("ά", "á"), ("ϲ", "c"), ("ε", "e"), ("έ", "é"), ("ι", "i"), ("ί", "í"), ("ϊ", "ï"), ("ϳ", "j"),
        ("κ", "k"), ("η", "n"), ("ο", "o"), ("ό", "ó"), ("ρ", "p"), ("υ", "u"), ("ύ", "ú"), ("ν", "v"), ("ω", "w"),
        ("χ", "x"), ("γ", "y"), ("Α", "A"), ("Ά", "Á"), ("Β", "B"), ("Ε", "E"), ("Έ", "É"), ("Ζ", "Z"), ("Η", "H"),
        ("Ι", "I"), ("Ί", "Í"), ("Κ", "K"), ("Μ", "M"), ("Ν", "N"), ("Ο", "O"), ("Ό", "Ó"), ("Ρ", "P"), ("Τ", "T"),
        ("Υ", "Y"), ("Χ", "X"),
    ]

    private static let signs: [(String, Unicode.Scalar)] = [
        ("ı", "i"), ("ɩ", "i"), ("ɑ", "a"), ("ɡ", "g"), ("ſ", "f"), ("‐‑‒–—―−﹣", "-"), ("‘’‚‛ʼ′", "'"), ("“”„″", "\""),
        ("․", "."), ("∶ː", ":"), ("⁄∕", "/"), ("＿", "_"),
        ("\u{A0}\u{2002}\u{2003}\u{2007}\u{2009}\u{202F}\u{3000}", " "),
    ]
}

/// The alphabets in which letters of the same form mean other letters.
enum Alphabet: String {
    case latin = "Latin"
    case cyrillic = "Cyrillic"
    case greek = "Greek"

    init?(of scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        default: return nil
        }
    }
}
