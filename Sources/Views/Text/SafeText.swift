import ProfileModel

/// Text for people that cannot carry a stranger's control characters: what is written in our source
/// stands as it is, and every value put into it is escaped on the way in. Renderers pass nothing else on.
struct SafeText: Sendable, Hashable {
    /// A stretch in one ink.
    struct Span: Sendable, Hashable {
        var text: String
        var ink: Ink = .plain
        /// Runs of spaces in a value mean something, so lines are not broken there.
        var isValue = false
    }

    enum Ink: Sendable, Hashable {
        case plain, bold, dim
        case green, yellow, red, cyan, magenta
        case boldRed, boldYellow
    }

    private(set) var spans: [Span] = []

    init() {}

    init(span: Span) {
        spans = [span]
    }

    var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }
    var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

    static func + (a: SafeText, b: SafeText) -> SafeText {
        var sum = a
        sum.spans += b.spans
        return sum
    }

    static func += (a: inout SafeText, b: SafeText) { a.spans += b.spans }

    /// All of it in one ink.
    func inked(_ ink: Ink) -> SafeText {
        var text = self
        for index in text.spans.indices { text.spans[index].ink = ink }
        return text
    }

    /// With spaces up to a width. What is wider stays whole.
    func padded(to width: Int) -> SafeText {
        self + SafeText.spaces(width - self.width)
    }

    static func spaces(_ count: Int) -> SafeText {
        SafeText(span: Span(text: String(repeating: " ", count: max(0, count))))
    }

    /// The start of a long text with `…` for the rest, at most `width` columns wide.
    func elided(to width: Int) -> SafeText {
        guard self.width > width else { return self }
        var left = max(0, width - 1)
        var text = SafeText()
        for var span in spans {
            var kept = ""
            for scalar in span.text.unicodeScalars {
                left -= DisplayWidth.of(scalar)
                guard left >= 0 else { break }
                kept.unicodeScalars.append(scalar)
            }
            span.text = kept
            text.spans.append(span)
            if left < 0 { break }
        }
        return text + "…"
    }

    static func joined(_ parts: [SafeText], by separator: SafeText) -> SafeText {
        var text = SafeText()
        for (index, part) in parts.enumerated() { text += index == 0 ? part : separator + part }
        return text
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) {
        spans = [Span(text: value)]
    }

    init(stringInterpolation: Interpolation) {
        spans = stringInterpolation.text.spans
    }

    struct Interpolation: StringInterpolationProtocol {
        var text = SafeText()

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { text.spans.append(Span(text: literal)) }
        }

        mutating func appendInterpolation(_ part: SafeText) { text += part }

        mutating func appendInterpolation(_ value: String, _ ink: Ink = .plain) {
            text.spans.append(Span(text: Escaping.escaped(value), ink: ink, isValue: true))
        }

        mutating func appendInterpolation(quoted value: String, _ ink: Ink = .plain) {
            text.spans.append(Span(text: Escaping.quoted(value), ink: ink, isValue: true))
        }

        mutating func appendInterpolation(bare value: String, _ ink: Ink = .plain) {
            text.spans.append(Span(text: Escaping.bareOrQuoted(value), ink: ink, isValue: true))
        }

        mutating func appendInterpolation(_ address: Address, _ ink: Ink = .plain) {
            text.spans.append(Span(text: Escaping.bareOrQuoted(address.description), ink: ink, isValue: true))
        }

        mutating func appendInterpolation(_ number: some BinaryInteger) {
            text.spans.append(Span(text: String(number)))
        }
    }
}
