// How the case of identifiers is compared (decision 35). The service lower-cases by a table that nobody knows, and
// the tables of languages and libraries differ: Σ becomes σ or ς, and the Kelvin sign becomes k. Folding takes all
// the forms that such tables give to a letter for one.

extension String {
    /// Simple case folding: equal for texts that differ in case alone. A letter stays one letter, so ß is not ss.
    /// A text that is in this form already comes back as it is, without a copy.
    package var foldedCase: String {
        let look = utf8.withContiguousStorageIfAvailable { bytes in
            // Without a branch the compiler looks at many bytes at once.
            var (bits, capitals): (UInt8, UInt8) = (0, 0)
            for byte in bytes {
                bits |= byte
                capitals |= byte &- UInt8(ascii: "A") < 26 ? 1 : 0
            }
            return (isASCII: bits < 0x80, hasCapitals: capitals != 0)
        }
        guard let look, look.isASCII else { return unicodeScalars.reduce(into: "") { $0 += $1.foldedCase } }
        return look.hasCapitals ? lowercased() : self
    }
}

extension Unicode.Scalar {
    /// The lower case of the upper case, where each is one letter. Only so do ς and σ, or ſ and s, meet.
    fileprivate var foldedCase: String {
        // Turkish has two letters where others have one: ı is no i, and İ is an i with its dot.
        if isASCII || self == dotlessI { return properties.lowercaseMapping }
        let upper = properties.uppercaseMapping.unicodeScalars
        guard upper.count == 1, let letter = upper.first else { return properties.lowercaseMapping }
        return letter.properties.lowercaseMapping
    }
}

private let dotlessI: Unicode.Scalar = "\u{131}"
