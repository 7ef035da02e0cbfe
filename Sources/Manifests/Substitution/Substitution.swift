/// The grammar of `${env:NAME}`, `${var:NAME}`, both with `:-default`, and of `$${` for a literal `${`.
///
/// Names are letters, digits, `_`, `-` and `.`, and begin with a letter or `_`. A default reaches to
/// the first `}` and holds no further `${`. Nothing is replaced inside what was put in.
struct Substitution {
    enum Space: String {
        case environment = "env"
        case variable = "var"
    }

    struct Reference: Hashable {
        var space: Space
        var name: String
        var fallback: String?
    }

    enum Malformation: Hashable {
        case notClosed
        case unknownSpace(String)
        case badName(String)
        case nested
    }

    enum Piece: Hashable {
        case text(String)
        case reference(Reference)
        case malformed(Malformation)
    }

    /// A piece and the UTF-8 offsets that it was written at.
    struct PlacedPiece: Hashable {
        var piece: Piece
        var bytes: Range<Int>
    }

    /// Whether a text needs a look at its pieces at all.
    static func mayOccur(in text: String) -> Bool {
        var previousIsDollar = false
        for byte in text.utf8 {
            if previousIsDollar, byte == openBrace { return true }
            previousIsDollar = byte == dollar
        }
        return false
    }

    /// Whether any scalar of a YAML text can hold a substitution: `$` itself or an escape that may write it.
    static func mayOccur(inYAML bytes: [UInt8], _ kinds: YAMLBytes) -> Bool {
        if kinds.holdDollar { return true }
        guard kinds.holdBackslash else { return false }
        return zip(bytes, bytes.dropFirst()).contains { first, second in
            first == backslash && (second == UInt8(ascii: "x") || second | 0x20 == UInt8(ascii: "u"))
        }
    }

    static func pieces(of text: String) -> [PlacedPiece] {
        let bytes = Array(text.utf8)
        var pieces: [PlacedPiece] = []
        var literalStart = 0
        var position = 0
        func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        func closeLiteral(at end: Int) {
            guard literalStart < end else { return }
            pieces.append(PlacedPiece(piece: .text(string(literalStart..<end)), bytes: literalStart..<end))
        }
        while position < bytes.count {
            if bytes[position] == dollar, bytes[(position + 1)...].starts(with: [dollar, openBrace]) {
                closeLiteral(at: position)
                pieces.append(PlacedPiece(piece: .text("${"), bytes: position..<position + 3))
                position += 3
                literalStart = position
            } else if bytes[position] == dollar, bytes[(position + 1)...].starts(with: [openBrace]) {
                closeLiteral(at: position)
                let placed = expression(in: bytes, at: position)
                pieces.append(placed)
                position = placed.bytes.upperBound
                literalStart = position
            } else {
                position += 1
            }
        }
        closeLiteral(at: bytes.count)
        return pieces
    }

    /// - Parameter start: the offset of `${`.
    private static func expression(in bytes: [UInt8], at start: Int) -> PlacedPiece {
        guard let end = bytes[start...].firstIndex(of: closeBrace) else {
            return PlacedPiece(piece: .malformed(.notClosed), bytes: start..<bytes.count)
        }
        let content = bytes[(start + 2)..<end]
        return PlacedPiece(piece: reference(in: content), bytes: start..<end + 1)
    }

    private static func reference(in content: ArraySlice<UInt8>) -> Piece {
        if zip(content, content.dropFirst()).contains(where: { $0 == dollar && $1 == openBrace }) {
            return .malformed(.nested)
        }
        let spaceEnd = content.firstIndex(of: colon) ?? content.endIndex
        let spaceText = String(decoding: content[..<spaceEnd], as: UTF8.self)
        guard spaceEnd < content.endIndex, let space = Space(rawValue: spaceText) else {
            return .malformed(.unknownSpace(spaceText))
        }
        let rest = content[(spaceEnd + 1)...]
        let nameEnd = rest.firstIndex(of: colon) ?? rest.endIndex
        let name = String(decoding: rest[..<nameEnd], as: UTF8.self)
        guard isName(rest[..<nameEnd]) else { return .malformed(.badName(name)) }
        guard nameEnd < rest.endIndex else {
            return .reference(Reference(space: space, name: name, fallback: nil))
        }
        let fallback = rest[(nameEnd + 1)...]
        guard fallback.first == UInt8(ascii: "-") else {
            return .malformed(.badName(String(decoding: rest, as: UTF8.self)))
        }
        return .reference(
            Reference(space: space, name: name, fallback: String(decoding: fallback.dropFirst(), as: UTF8.self)))
    }

    static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
        return bytes.allSatisfy { byte in
            isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
    }
}

private let dollar = UInt8(ascii: "$")
private let openBrace = UInt8(ascii: "{")
private let closeBrace = UInt8(ascii: "}")
private let colon = UInt8(ascii: ":")
private let backslash = UInt8(ascii: "\\")

func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
