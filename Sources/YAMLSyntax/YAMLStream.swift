package import Diagnostics

/// A text as YAML: its documents and what is wrong with it.
package struct YAMLStream: Sendable {
    /// The root nodes. Empty for a text without any content.
    package var documents: [YAMLNode]
    package var diagnostics: [Diagnostic]
}

/// Reads a text as YAML.
///
/// A problem of meaning (a duplicate key, an unknown tag) does not end the reading; a problem of form
/// or a broken limit does, and then the documents finished before it are kept.
package func parseYAML(_ source: SourceText, limits: YAMLLimits = .standard) -> YAMLStream {
    if let refusal = refusal(of: source, limits: limits) {
        return YAMLStream(documents: [], diagnostics: [refusal])
    }
    var text = ReaderText(source)
    while true {
        var builder = TreeBuilder(source: source, limits: limits)
        let outcome = readEvents(of: text, into: &builder) { _ in }
        if let better = text.improved(after: outcome) {
            text = better
            continue
        }
        let arena = YAMLArena(builder.tree)
        return YAMLStream(
            documents: builder.roots.map { YAMLNode(arena: arena, index: $0) }, diagnostics: builder.diagnostics)
    }
}

/// What can be said of a text before it is read.
func refusal(of source: SourceText, limits: YAMLLimits) -> Diagnostic? {
    let origin = SourcePosition(line: 1, column: 1)
    let start = SourceLocation(file: source.name, range: SourceRange(origin, origin))
    if source.bytes.count > min(limits.maximumBytes, Int(UInt32.max)) {
        return Diagnostic(
            .documentTooLarge,
            "the text has \(source.bytes.count) bytes; at most \(limits.maximumBytes) are accepted", at: start,
            help: "split it into several files")
    }
    if source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF])
        || source.bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF])
    {
        return Diagnostic(
            .invalidUTF8, "the text is UTF-16 or UTF-32, not UTF-8", at: start, help: "save the file as UTF-8")
    }
    return nil
}
