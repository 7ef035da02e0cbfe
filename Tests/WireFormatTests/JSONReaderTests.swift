import ProfileModel
import Testing
import WireFormat

@Suite struct JSONReaderTests {
    @Test(arguments: [
        ("null", AttributeValue.null), (" true ", .bool(true)), ("\tfalse\r\n", .bool(false)),
        ("\"\"", ""), ("[]", .array([])), ("[ ]", .array([])), ("{}", .object([:])), ("{ }", .object([:])),
        ("[1,[2],{}]", .array([number("1"), .array([number("2")]), .object([:])])),
        (#"{"b":1,"a":{"c":null}}"#, .object(["a": .object(["c": .null]), "b": number("1")])),
    ])
    func everyKindOfValue(text: String, value: AttributeValue) throws {
        #expect(try readJSON(text) == value)
    }

    @Test(arguments: [
        "0", "-0", "10", "1e3", "1E+3", "-0.10e-07", "9007199254740993", "418109427253", "1.0",
        "123456789012345678901234567890.000000000000000000001",
    ])
    func numbersKeepTheirText(text: String) throws {
        #expect(try readJSON(text) == .number(JSONNumber(text: text)))
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u00E9""#, "Aéé"),
        (#""\ud83d\ude00""#, "😀"), (#""x\uD800\uDC00y""#, "x\u{10000}y"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
        (#""\u0000""#, "\u{0}"), ("\"\u{2028}\u{7F}é😀\"", "\u{2028}\u{7F}é😀"), (#""\\u0041""#, #"\u0041"#),
        (#""\\""#, #"\"#), (#""\\\"""#, #"\""#),
    ])
    func strings(text: String, value: String) throws {
        #expect(try readJSON(text) == .string(value))
    }

    @Test(arguments: [
        ("", 0, JSONError.Problem.truncated), ("  ", 2, .truncated), ("[1,", 3, .truncated), (#"{"a"#, 3, .truncated),
        (#"{"a":"#, 5, .truncated), ("tru", 3, .truncated), ("-", 1, .truncated), ("1.", 2, .truncated),
        ("1e+", 3, .truncated), (#""\"#, 2, .truncated), (#""abc"#, 4, .truncated),
        ("trux", 3, .unexpectedByte(0x78)), ("[1,]", 3, .unexpectedByte(0x5D)), ("{,}", 1, .unexpectedByte(0x2C)),
        (#"{"a":1,}"#, 7, .unexpectedByte(0x7D)), (#"{"a" 1}"#, 5, .unexpectedByte(0x31)),
        ("{1:2}", 1, .unexpectedByte(0x31)), ("[1 2]", 3, .unexpectedByte(0x32)), ("+1", 0, .unexpectedByte(0x2B)),
        (".5", 0, .unexpectedByte(0x2E)), ("-a", 1, .unexpectedByte(0x61)), ("1.e3", 2, .unexpectedByte(0x65)),
        ("NaN", 0, .unexpectedByte(0x4E)), ("'a'", 0, .unexpectedByte(0x27)), ("\u{FEFF}1", 0, .unexpectedByte(0xEF)),
        ("// x\n1", 0, .unexpectedByte(0x2F)), ("\u{A0}1", 0, .unexpectedByte(0xC2)),
        ("01", 1, .trailingBytes), ("1 1", 2, .trailingBytes), ("{}]", 2, .trailingBytes),
        ("null\u{0}", 4, .trailingBytes),
        ("\"a\nb\"", 2, .unescapedControlCharacter(0x0A)), ("\"\u{0}\"", 1, .unescapedControlCharacter(0)),
        (#""\x""#, 1, .badEscape), (#""\u12g4""#, 1, .badEscape), (#""\u123""#, 1, .badEscape),
        (#""\u+123""#, 1, .badEscape), (#""a\U0041""#, 2, .badEscape),
        (#""\ud800""#, 1, .loneSurrogate), (#""\ud800x""#, 1, .loneSurrogate), (#""\udc00""#, 1, .loneSurrogate),
        (#""\ud800\n""#, 1, .loneSurrogate), (#""\ud800\u0041""#, 1, .loneSurrogate),
        (#""\udc00\ud800""#, 1, .loneSurrogate),
    ])
    func whatIsNotJSONIsRefusedWithItsPlace(text: String, offset: Int, problem: JSONError.Problem) {
        #expect(throws: JSONError(offset: offset, problem: problem)) { try readJSON(text) }
    }

    @Test(
        arguments: [
            ([0xFF], 0), ([0x61, 0xC3], 1), ([0xC3, 0x5C, 0x6E], 0), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0),
            ([0xF4, 0x90, 0x80, 0x80], 0), ([0xC3, 0xA9, 0x80], 2),
        ] as [([UInt8], Int)])
    func invalidUTF8IsRefused(bytes: [UInt8], position: Int) {
        #expect(throws: JSONError(offset: position + 1, problem: .invalidUTF8)) {
            try readJSON([UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
        }
    }

    @Test func theLastOfEqualKeysStays() throws {
        #expect(try readJSON(#"{"a":1,"b":2,"a":3}"#) == .object(["a": number("3"), "b": number("2")]))
    }

    @Test func depthIsLimited() throws {
        let deepest = String(repeating: "[", count: jsonDepthLimit) + String(repeating: "]", count: jsonDepthLimit)
        #expect(throws: Never.self) { try readJSON(deepest) }
        #expect(throws: JSONError(offset: jsonDepthLimit, problem: .tooDeep(limit: jsonDepthLimit))) {
            try readJSON(String(repeating: "[", count: 1_000_000))
        }
        #expect(throws: JSONError(offset: 5 * jsonDepthLimit, problem: .tooDeep(limit: jsonDepthLimit))) {
            try readJSON(String(repeating: #"{"a":"#, count: jsonDepthLimit + 1))
        }
    }

    @Test func siblingsDoNotAddUpToDepth() throws {
        let text = "[" + Array(repeating: "[{}]", count: 2000).joined(separator: ",") + "]"
        #expect(try readJSON(text) == .array(Array(repeating: .array([.object([:])]), count: 2000)))
    }
}

func number(_ text: String) -> AttributeValue {
    .number(JSONNumber(text: text))
}
