import Diagnostics

/// A text as libyaml gets it.
///
/// libyaml breaks lines where editors show none, and it cannot read all that JSON writers write. Such places are
/// replaced before it reads, and `MarkMap` leads its marks back to the source.
struct ReaderText {
    /// A part of the source that libyaml gets in another form.
    struct Replacement {
        enum Form {
            case nothing, space
            /// An escape that means the same in double quotes, and only there.
            case escape(Unicode.Scalar)
        }

        /// Bytes of the source.
        var source: Range<Int>
        var form: Form
    }

    let source: SourceText
    let isASCII: Bool
    /// Where the first character begins.
    let base: Int
    /// In the order of their places.
    private(set) var replacements: [Replacement] = []
    private(set) var hiddenCharacters: [HiddenCharacter] = []
    private var joinsSurrogates = false

    init(_ source: SourceText) {
        self.source = source
        base = source.bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        let look = Look(source.bytes)
        isASCII = look.isASCII
        if !look.isASCII || look.hasUnusual { findHiddenCharacters() }
    }

    /// Libyaml reads the source itself, and nothing is wrong with it so far.
    var isSource: Bool { replacements.isEmpty && hiddenCharacters.isEmpty }

    /// What a reading came upon.
    struct Outcome {
        /// An escape of half a character, as JSON writes characters beyond U+FFFF in two of them.
        var hasSurrogateEscape = false
        /// Escapes by which characters were replaced, by their places among the replacements, outside of double quotes.
        var misplacedEscapes: [Int] = []
    }

    /// The text for another reading; nil when there is nothing to be done better.
    func improved(after outcome: Outcome) -> ReaderText? {
        var better = self
        if !outcome.misplacedEscapes.isEmpty {
            better.takeBack(outcome.misplacedEscapes)
        } else if outcome.hasSurrogateEscape, !joinsSurrogates {
            better.joinSurrogates()
        } else {
            return nil
        }
        return better
    }

    private mutating func findHiddenCharacters() {
        let isJSON = source.isJSON
        var offset = base
        while let found = HiddenCharacter(in: source, from: &offset) {
            if isJSON, let scalar = found.kind.textInJSON {
                replacements.append(Replacement(source: found.bytes, form: .escape(scalar)))
            } else if let form = found.kind.formInYAML {
                hiddenCharacters.append(found)
                replacements.append(Replacement(source: found.bytes, form: form))
            }
        }
    }

    private mutating func joinSurrogates() {
        joinsSurrogates = true
        let pairs = surrogatePairs(in: source.bytes, from: base).map { pair in
            Replacement(source: pair.bytes, form: .escape(pair.scalar))
        }
        replacements = (replacements + pairs).sorted { $0.source.lowerBound < $1.source.lowerBound }
    }

    /// A character that stands outside of quotes in JSON is as wrong as in YAML; an escape is text there.
    /// - Parameter places: in their order.
    private mutating func takeBack(_ places: [Int]) {
        var places = places[...]
        var kept: [Replacement] = []
        for (place, replacement) in replacements.enumerated() {
            guard places.first == place else {
                kept.append(replacement)
                continue
            }
            places.removeFirst()
            if let found = HiddenCharacter(in: source, at: replacement.source.lowerBound),
                let form = found.kind.formInYAML
            {
                hiddenCharacters.append(found)
                kept.append(Replacement(source: found.bytes, form: form))
            }
        }
        replacements = kept
    }

    /// What libyaml reads, from the beginning of the source on.
    func bytes() -> [UInt8] {
        guard !replacements.isEmpty else { return source.bytes }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.bytes.count + 8 * replacements.count)
        var offset = 0
        for replacement in replacements {
            bytes += source.bytes[offset..<replacement.source.lowerBound]
            bytes += replacement.form.bytes
            offset = replacement.source.upperBound
        }
        return bytes + source.bytes[offset...]
    }
}

extension ReaderText.Replacement.Form {
    var bytes: [UInt8] {
        switch self {
        case .nothing: []
        case .space: [UInt8(ascii: " ")]
        case .escape(let scalar): Array(yamlEscape(of: scalar).utf8)
        }
    }

    var isEscape: Bool {
        switch self {
        case .escape: true
        case .nothing, .space: false
        }
    }
}

/// `\u2028`: how a character is written in double quotes.
func yamlEscape(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let width = scalar.value > 0xFFFF ? 8 : 4
    return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
}

/// Where in the source a mark of libyaml is, in characters behind the byte order mark.
struct MarkMap {
    private struct Place {
        var read: Range<Int>
        var source: Range<Int>
    }

    private var places: [Place] = []

    init(_ text: ReaderText) {
        var (characters, shift) = (0, 0)
        var offset = text.base
        for replacement in text.replacements {
            characters += countCharacters(text.source.bytes[offset..<replacement.source.lowerBound])
            let count = countCharacters(text.source.bytes[replacement.source])
            let readCount = replacement.form.bytes.count
            let start = characters + shift
            places.append(
                Place(read: start..<(start + readCount), source: characters..<(characters + count)))
            characters += count
            shift += readCount - count
            offset = replacement.source.upperBound
        }
    }

    func sourceCharacter(_ read: Int) -> Int {
        // The last place that begins at the mark or before it.
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].read.lowerBound <= read { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return read }
        let place = places[low - 1]
        return read < place.read.upperBound
            ? place.source.lowerBound : read - place.read.upperBound + place.source.upperBound
    }
}

func countCharacters(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
}

/// What one look over all bytes tells.
private struct Look {
    /// No byte above 127: characters and bytes are counted alike.
    var isASCII: Bool
    /// A carriage return, or DEL.
    var hasUnusual: Bool

    init(_ bytes: [UInt8]) {
        // Without a branch, and with one sum, the compiler looks at many bytes at once.
        let found = bytes.withUnsafeBufferPointer { bytes in
            var found: UInt8 = 0
            for byte in bytes { found |= (byte & 0x80) | (byte == 0x0D ? 1 : 0) | (byte == 0x7F ? 1 : 0) }
            return found
        }
        isASCII = found < 0x80
        hasUnusual = found & 1 != 0
    }
}
