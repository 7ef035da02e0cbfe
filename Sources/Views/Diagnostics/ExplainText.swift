package import Diagnostics

/// The page of a code, for people.
package enum ExplainText {
    package static func render(_ code: DiagnosticCode, style: TextStyle = .plain) -> String {
        let page = code.page
        var text = style.line("\(bare: code.rawValue, .bold) \(page.title, .bold)") + "\n"
        text += paragraphs(page.meaning, style)
        text += style.line("For example:") + "\n"
        text += example(page.example) + "\n"
        text += style.line("What to do:") + "\n"
        text += paragraphs(page.fix, style)
        return text
    }

    /// The pages are ours, so nothing in them needs escaping.
    private static func paragraphs(_ words: String, _ style: TextStyle) -> String {
        words.split(separator: "\n", omittingEmptySubsequences: false)
            .map { style.line(SafeText(span: SafeText.Span(text: String($0)))) }.joined() + "\n"
    }

    /// Manifests keep their lines, however narrow the terminal is: they are there to be copied.
    private static func example(_ example: ExplainPage.Example) -> String {
        example.text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    }
}
