import Testing
import YAMLSyntax

@Suite("The meaning of scalars (YAML 1.2.2, section 10.3)")
struct ScalarTests {
    static let meanings: [(String, YAMLScalar)] = [
        // null
        ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nULL", .string("nULL")),
        ("nil", .string("nil")), ("~~", .string("~~")), ("none", .string("none")),
        // booleans; those of YAML 1.1 are strings
        ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)), ("tRue", .string("tRue")),
        ("false", .bool(false)), ("False", .bool(false)), ("FALSE", .bool(false)),
        ("yes", .string("yes")), ("no", .string("no")), ("on", .string("on")), ("Off", .string("Off")),
        ("y", .string("y")), ("N", .string("N")), ("truely", .string("truely")),
        // whole numbers
        ("0", .integer("0")), ("-0", .integer("0")), ("+5", .integer("5")), ("-17", .integer("-17")),
        ("0123", .integer("123")), ("-007", .integer("-7")), ("0987654321", .integer("987654321")),
        ("123456789012345678901234567890", .integer("123456789012345678901234567890")),
        ("0o17", .integer("15")), ("0o0", .integer("0")), ("0o18", .string("0o18")), ("0o", .string("0o")),
        ("-0o17", .string("-0o17")), ("0O17", .string("0O17")), ("0x1F", .integer("31")),
        ("0xdeadBEEF", .integer("3735928559")), ("0x", .string("0x")), ("0xg", .string("0xg")),
        ("0xFFFFFFFFFFFFFFFF", .integer("18446744073709551615")),
        ("0x10000000000000000", .integer("18446744073709551616")),
        ("0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", .integer("340282366920938463463374607431768211455")),
        ("0o7777777777777777777777777", .integer("37778931862957161709567")),
        ("0x3B9ACA00", .integer("1000000000")), ("0xDE0B6B3A7640000", .integer("1000000000000000000")),
        ("1_000", .string("1_000")), ("0b1", .string("0b1")), ("1,000", .string("1,000")), ("+", .string("+")),
        ("--1", .string("--1")), ("12:30:00", .string("12:30:00")), ("1 2", .string("1 2")),
        // fractions
        (".5", .float("0.5")), ("-.5", .float("-0.5")), ("+.5", .float("0.5")), ("1.", .float("1.0")),
        ("1.50", .float("1.50")), ("-1.0", .float("-1.0")), ("-0.0", .float("-0.0")), ("01.5", .float("1.5")),
        ("1e3", .float("1e3")), ("1E+3", .float("1E+3")), ("1.e-3", .float("1e-3")), (".5e07", .float("0.5e07")),
        ("1e", .string("1e")), ("e3", .string("e3")), (".", .string(".")), ("..5", .string("..5")),
        ("1.2.3", .string("1.2.3")), ("1e3.5", .string("1e3.5")), (".e3", .string(".e3")), ("1e400", .float("1e400")),
        (".inf", .float(".inf")), ("+.Inf", .float(".inf")), ("-.INF", .float("-.inf")), (".iNf", .string(".iNf")),
        (".nan", .float(".nan")), (".NaN", .float(".nan")), (".NAN", .float(".nan")), ("-.nan", .string("-.nan")),
        ("inf", .string("inf")), ("nan", .string("nan")),
        // the rest
        ("2024-01-01", .string("2024-01-01")),
        ("2001-12-14t21:59:43.10-05:00", .string("2001-12-14t21:59:43.10-05:00")),
        ("=", .string("=")), ("<<x", .string("<<x")), ("+61 2 3456 78", .string("+61 2 3456 78")),
        ("Jane Smith", .string("Jane Smith")), ("٣", .string("٣")),
    ]

    @Test("plain scalars", arguments: meanings)
    func plain(written: String, meaning: YAMLScalar) {
        let node = parse("k: \(written)").documents.first?["k"]
        #expect(node?.scalar == meaning)
        #expect(node?.text == written)
    }

    @Test("in quotes everything is a string", arguments: meanings)
    func quoted(written: String, meaning: YAMLScalar) {
        #expect(parse("k: \"\(written)\"").documents.first?["k"]?.scalar == .string(written))
        #expect(parse("k: '\(written)'").documents.first?["k"]?.scalar == .string(written))
    }

    @Test("block scalars are strings")
    func block() {
        #expect(parse("k: |-\n  12\n").documents.first?["k"]?.scalar == .string("12"))
        #expect(parse("k: >-\n  true\n").documents.first?["k"]?.scalar == .string("true"))
    }

    @Test("a collection has no scalar meaning and no text")
    func collections() {
        for text in ["[1]", "{a: 1}"] {
            #expect(parse(text).documents[0].scalar == .null)
            #expect(parse(text).documents[0].text == "")
        }
    }

    @Test("long whole numbers lose no digit")
    func longNumbers() {
        let digits = "1" + String(repeating: "0", count: 5_000)
        #expect(parse(digits).documents[0].scalar == .integer(digits))
        // 16^1000 - 1 = 2^4000 - 1, doubled digit by digit.
        var decimal: [Int] = [1]
        for _ in 0..<4_000 {
            var carry = 0
            for place in decimal.indices {
                let doubled = decimal[place] * 2 + carry
                decimal[place] = doubled % 10
                carry = doubled / 10
            }
            if carry > 0 { decimal.append(carry) }
        }
        decimal[0] -= 1
        let expected = decimal.reversed().map(String.init).joined()
        #expect(parse("0x" + String(repeating: "F", count: 1_000)).documents[0].scalar == .integer(expected))
    }

    @Test("a hexadecimal number of thousands of digits is a string")
    func absurdNumbers() {
        let absurd = "0x" + String(repeating: "F", count: 5_000)
        #expect(parse(absurd).documents[0].scalar == .string(absurd))
    }
}
