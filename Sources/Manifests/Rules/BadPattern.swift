import Diagnostics

func badPattern(_ text: String, at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
        .badPattern,
        text.isEmpty ? "a file name is empty" : "\"\(shortened(text))\" is not a file, directory or glob", at: location,
        help: "*, ? and [a-z] stand for characters of a name, ** for any directories; \\ takes their meaning away")
}
