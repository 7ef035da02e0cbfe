package import Diagnostics

/// A variable is put in as the text that it is. One that is no text, or two, stops the run where it is used; its
/// bytes are not shown.
package func unusableVariable(
    _ name: String, _ flaw: ProcessEnvironment.Flaw, at location: SourceLocation?
) -> Diagnostic {
    switch flaw {
    case .notUTF8:
        Diagnostic(
            .unusableVariable, "the value of environment variable \(name) is not UTF-8", at: location,
            help: "set it to text in UTF-8; `iconv -f latin1 -t utf-8` converts what an older system wrote")
    case .setTwice:
        Diagnostic(
            .unusableVariable, "environment variable \(name) is set twice, to different values", at: location,
            help: "let the program that starts profilectl set it once")
    }
}
