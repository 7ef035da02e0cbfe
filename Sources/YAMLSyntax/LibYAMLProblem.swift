import Diagnostics

/// An error of libyaml's scanner or parser in words of ours, with the usual cause as its help.
struct LibYAMLProblem {
    /// Where libyaml was when it gave up.
    struct Place {
        /// A byte of the source; its end where the text ended.
        var offset: Int
        /// Where what it was reading began; nil where it does not say.
        var context: Int?
    }

    enum Point {
        /// Where libyaml gave up.
        case problem
        /// Where what it was reading began.
        case context
    }

    var message: String
    var help: String?
    var point = Point.problem

    /// - Parameters:
    ///   - text: as libyaml says it.
    ///   - context: what it was doing, as it says it.
    ///   - lastNode: the byte at which the last finished node begins.
    init(_ text: String, while context: String?, at place: Place, lastNode: Int?, in bytes: [UInt8]) {
        let byte = place.offset < bytes.count ? bytes[place.offset] : nil
        switch text {
        case "could not find expected ':'":
            self = isFar(place.context, from: place.offset) ? .longKey : .missingColon
        case "mapping values are not allowed in this context":
            self = isFar(lastNode, from: place.offset) ? .longKey : .misplacedKey
        case "found character that cannot start any token":
            self = byte == UInt8(ascii: "\t") ? .tab : .indicator(at: place.offset, in: bytes)
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            self = .tab
        case "did not find expected ',' or ']'": self = .openList
        case "did not find expected ',' or '}'":
            self = isFar(lastNode, from: place.offset) && byte == UInt8(ascii: ":") ? .longKey : .openMapping
        case "did not find expected key": self = .indentation("key")
        case "did not find expected '-' indicator": self = .indentation("list item")
        case "found unexpected end of stream", "found unexpected document indicator": self = .openQuote
        case "found unknown escape character": self = .unknownEscape(at: place.offset, in: bytes)
        case "did not find expected hexdecimal number":
            self = .init("an escape needs more hexadecimal digits", "write \\xNN, \\uNNNN or \\UNNNNNNNN")
        case "found invalid Unicode character escape code": self = .halfCharacter
        case "block sequence entries are not allowed in this context":
            self = .init(
                "a list item cannot stand here", "write each item on a line of its own, below the key: `- value`")
        case "mapping keys are not allowed in this context":
            self = .init("a key in the form `? key` cannot stand here", "write a value that begins with ? in quotes")
        case "did not find expected node content":
            self = .init("a value is missing here", "write \"\" for an empty text")
        case "did not find expected <document start>":
            self = .init(
                "the document is over here, and more text follows",
                "indent what belongs to the document, or begin another document with a line `---`")
        case "found undefined tag handle":
            self = .init(
                "the tag begins with a handle that is not declared", "write a value that begins with ! in quotes")
        case "found incompatible YAML document":
            self = .init("the %YAML directive asks for a version that is not 1.1 or 1.2", "remove the directive")
        case "found duplicate %YAML directive", "found duplicate %TAG directive":
            self = .init("the directive is written twice", "remove one of them")
        default:
            self = .init(text, while: context)
        }
    }

    private init(_ message: String, _ help: String?, point: Point = .problem) {
        self.message = message
        self.help = help
        self.point = point
    }

    /// Told apart by what libyaml was reading.
    private init(_ text: String, while context: String?) {
        switch context {
        case "while scanning an anchor", "while scanning an alias":
            self.init(
                "an anchor or alias needs a name of letters and digits",
                "write a value that begins with & or * in quotes")
        case "while scanning a tag", "while parsing a tag":
            self.init("the tag is not valid", "write a value that begins with ! in quotes")
        case "while scanning a block scalar":
            self.init("only a comment may follow | or > on its line", "begin the text on the next line, indented")
        case "while scanning a directive", "while scanning a %YAML directive", "while scanning a %TAG directive":
            self.init(
                "a line that begins with % is a directive, and this one is not valid",
                "write a text that begins with % in quotes")
        default:
            self.init("this is not valid YAML: \(text)", nil)
        }
    }
}

/// libyaml looks for the colon of a key within this many characters.
private func isFar(_ start: Int?, from offset: Int) -> Bool { start.map { offset - $0 > 1_024 } ?? false }

extension LibYAMLProblem {
    private static let longKey = LibYAMLProblem(
        "a key has more than 1,024 characters", "shorten it, or write `? ` before it and `: ` on a line below it",
        point: .context)

    private static let missingColon = LibYAMLProblem(
        "a key without a colon",
        "write `key: value`, with a space after the colon; put a text of several lines in quotes",
        point: .context)

    private static let misplacedKey = LibYAMLProblem(
        "a key cannot stand here",
        "put a value with `: ` in it in quotes; the keys of one mapping begin in the same column")

    private static let tab = LibYAMLProblem(
        "a tab cannot indent YAML", "indent with spaces; most editors can convert the tabs")

    private static let openList = LibYAMLProblem(
        "a list is not closed with ], or a comma is missing",
        "put a value with one of , [ ] { } in it in quotes")

    private static let openMapping = LibYAMLProblem(
        "a mapping is not closed with }, or a comma is missing",
        "put a value with one of , [ ] { } in it in quotes")

    private static let openQuote = LibYAMLProblem(
        "the quote that begins here is not closed", "close it; in single quotes write '' for an apostrophe",
        point: .context)

    private static let halfCharacter = LibYAMLProblem(
        "the escape stands for half a character or for none",
        "write the character itself, or \\U and its eight digits; \\uD83D needs its second half right after it")

    private static func indentation(_ noun: String) -> LibYAMLProblem {
        LibYAMLProblem(
            "the indentation fits no \(noun) above",
            "let all \(noun)s of one level begin in the same column")
    }

    private static func unknownEscape(at offset: Int, in bytes: [UInt8]) -> LibYAMLProblem {
        let written = String(decoding: bytes[offset...].prefix(8), as: UTF8.self).prefix(2)
        return LibYAMLProblem(
            "\(written) is not an escape", "write \\\\ for a backslash, or put the text in single quotes")
    }

    /// A word of the text that begins with a character which YAML keeps for itself.
    private static func indicator(at offset: Int, in bytes: [UInt8]) -> LibYAMLProblem {
        let rest = bytes[offset...].prefix { $0 > 0x20 && $0 != UInt8(ascii: ",") }
        let word = String(decoding: rest.prefix(40), as: UTF8.self)
        guard let first = word.first else { return LibYAMLProblem("this is not valid YAML", nil) }
        return LibYAMLProblem("a value cannot begin with \(first)", "put it in quotes: \"\(word)\"")
    }
}
