import Testing
import Views

@Suite struct EscapingTests {
    @Test(arguments: [
        ("plain text", "plain text"), ("\u{1B}[31m", "\\e[31m"), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{0}", "\\0"),
        ("\u{7F}\u{9B}", "\\u{7F}\\u{9B}"), ("\u{202E}txt", "\\u{202E}txt"), ("\u{2066}\u{2069}", "\\u{2066}\\u{2069}"),
        ("a\u{200B}b\u{200D}\u{FEFF}", "a\\u{200B}b\\u{200D}\\u{FEFF}"), ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
        ("x\u{E0041}", "x\\u{E0041}"), ("a\u{A0}b", "a\\u{A0}b"), ("\u{301}a", "\\u{301}a"),
        ("山田\u{3000}太郎 é e\u{301} 😀", "山田\u{3000}太郎 é e\u{301} 😀"), ("C:\\x", "C:\\x"),
    ])
    func `what cannot be seen is written as an escape, and all else stays`(value: String, shown: String) {
        #expect(Array(Escaping.escaped(value).unicodeScalars) == Array(shown.unicodeScalars))
    }

    @Test func `quoted values are never mistaken for each other`() {
        let values = RandomPlan.texts + ["\\n", "\n", "\\\"", "\\u{202E}", "\u{202E}", "a b", "a  b"]
        #expect(Set(values.map(Escaping.quoted)).count == Set(values).count)
        #expect(Escaping.quoted("say \"hi\"\\\n") == #""say \"hi\"\\\n""#)
    }

    @Test(arguments: [
        ("jane@example.com", "jane@example.com"), ("+61 2 3456 78", "+61 2 3456 78"), ("", "\"\""),
        ("a@x (not b)", "\"a@x (not b)\""),
        (" a", "\" a\""), ("a ", "\"a \""), ("a  b", "\"a  b\""), ("a\"b", "\"a\\\"b\""), ("a\nb", "\"a\\nb\""),
    ])
    func `a bare value leaves no doubt about where it ends`(value: String, shown: String) {
        #expect(Escaping.bareOrQuoted(value) == shown)
    }

    @Test func `JSON keeps its meaning and shows nothing hidden`() {
        #expect(
            Escaping.visibleJSON("{\"a\":\"\u{202E}\u{7F}\u{E0041}é\"}") == "{\"a\":\"\\u202E\\u007F\\uDB40\\uDC41é\"}")
        #expect(Escaping.visibleJSON("[\n  1\n]\n") == "[\n  1\n]\n")
    }
}
