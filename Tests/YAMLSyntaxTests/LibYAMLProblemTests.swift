import Diagnostics
import Testing
import YAMLSyntax

@Suite("What libyaml says, in our words")
struct LibYAMLProblemTests {
    @Test(
        "a usual slip is named, at its place, with a way out",
        arguments: [
            ("a:\n⟦\t⟧b: 1\n", "a tab cannot indent YAML", "spaces"),
            ("twitter: ⟦@⟧ann\n", "a value cannot begin with @", "\"@ann\""),
            ("a: ⟦`⟧x`\n", "a value cannot begin with `", "\"`x`\""),
            ("a: b⟦:⟧ c\n", "a key cannot stand here", "quotes"),
            ("a: 1\n  b⟦:⟧ 2\n", "a key cannot stand here", "same column"),
            ("a: 1\n⟦b⟧\nc: 2\n", "a key without a colon", "key: value"),
            ("a: ⟦\"⟧b\nc: d\n", "the quote that begins here is not closed", "close"),
            ("a: \"C:⟦\\⟧dir\"\n", "\\d is not an escape", "single quotes"),
            ("a: [b, c\nd⟦:⟧ e\n", "a list is not closed with ]", "quotes"),
            ("a: |⟦x⟧\n  b\n", "only a comment may follow | or >", "next line"),
            ("a: *⟦ ⟧\n", "an anchor or alias needs a name", "quotes"),
            ("a:\n    b: 1\n  ⟦c⟧: 2\n", "the indentation fits no key above", "same column"),
        ])
    func slips(text: String, message: String, help: String) {
        let marked = Marked(text)
        let diagnostic = marked.parsed().diagnostics.first
        #expect(diagnostic?.code == .invalidYAML)
        #expect(diagnostic?.message.hasPrefix(message) == true, "\(diagnostic?.message ?? "")")
        #expect(diagnostic?.help?.contains(help) == true, "\(diagnostic?.help ?? "")")
        #expect(diagnostic?.location?.range.start == marked.ranges[0].start)
    }

    @Test("a key of more than 1,024 characters is named as such")
    func longKeys() {
        let key = String(repeating: "k", count: 1_100)
        for text in ["\(key): 1\n", "a: 1\n\(key): 1\n", "{\"\(key)\": 1}\n", "{a: 1, \(key): 1}\n"] {
            #expect(parse(text).messages.first == "a key has more than 1,024 characters", "\(text.prefix(12))")
        }
    }
}
