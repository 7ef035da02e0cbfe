/// A glob for one part of a path.
struct PartPattern: Sendable, Hashable {
    private enum Token: Sendable, Hashable {
        case character(Unicode.Scalar)
        case any
        case anyCharacters
        case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)
    }

    /// Without its backslashes where it is literal.
    let text: String
    private let tokens: [Token]

    static func literal(_ text: String) -> PartPattern {
        PartPattern(text: text, tokens: text.unicodeScalars.map(Token.character))
    }

    private init(text: String, tokens: [Token]) {
        self.text = text
        self.tokens = tokens
    }

    /// Nil for an unclosed bracket or a backslash at the end.
    init?(_ written: Substring) {
        var scalars = Substring(written).unicodeScalars
        var tokens: [Token] = []
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "*": tokens.append(.anyCharacters)
            case "?": tokens.append(.any)
            case "\\":
                guard let next = scalars.popFirst() else { return nil }
                tokens.append(.character(next))
            case "[":
                guard let set = Self.set(&scalars) else { return nil }
                tokens.append(set)
            default: tokens.append(.character(scalar))
            }
        }
        self.tokens = tokens
        let characters = tokens.compactMap { if case .character(let scalar) = $0 { scalar } else { nil } }
        if characters.count == tokens.count {
            var literal = ""
            literal.unicodeScalars.append(contentsOf: characters)
            text = literal
        } else {
            text = String(written)
        }
    }

    /// Reads what follows `[`, through `]`.
    private static func set(_ scalars: inout Substring.UnicodeScalarView) -> Token? {
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var negated = false
        if let first = scalars.first, first == "!" || first == "^" {
            negated = true
            scalars.removeFirst()
        }
        while let low = scalars.popFirst() {
            if low == "]", !ranges.isEmpty { return .oneOf(ranges, negated: negated) }
            var high = low
            if scalars.first == "-", let end = scalars.dropFirst().first, end != "]" {
                guard low <= end else { return nil }
                high = end
                scalars.removeFirst(2)
            }
            ranges.append(low...high)
        }
        return nil
    }

    var isLiteral: Bool {
        tokens.allSatisfy { if case .character = $0 { true } else { false } }
    }

    var isAnyDirectories: Bool { tokens == [.anyCharacters, .anyCharacters] }

    /// - Parameter hidesDots: a dot at the beginning is matched by a dot only, as for file names.
    ///
    /// Goes back only to the latest `*`, so that no pattern takes long.
    func matches(_ name: Substring, hidesDots: Bool = true) -> Bool {
        if hidesDots, name.hasPrefix("."), tokens.first != .character(".") { return false }
        let scalars = Array(name.unicodeScalars)
        var (position, token) = (0, 0)
        var retry: (position: Int, token: Int)?
        while position < scalars.count {
            if token < tokens.count, tokens[token] == .anyCharacters {
                retry = (position, token)
                token += 1
            } else if token < tokens.count, Self.accepts(tokens[token], scalars[position]) {
                position += 1
                token += 1
            } else if let (from, at) = retry {
                retry = (from + 1, at)
                position = from + 1
                token = at + 1
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyCharacters }
    }

    private static func accepts(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
        switch token {
        case .character(let wanted): wanted == scalar
        case .any: true
        case .anyCharacters: false
        case .oneOf(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
        }
    }
}
