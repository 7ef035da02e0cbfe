import CLibYAML
import Diagnostics

/// Hands the events of a text to a builder until there are no more, the builder has enough, or libyaml
/// finds an error, which becomes a diagnostic.
/// - Parameter handOver: called whenever the builder has a part to be handed over.
@discardableResult
func readEvents(
    of text: ReaderText, into builder: inout TreeBuilder, handOver: (inout TreeBuilder) -> Void
) -> ReaderText.Outcome {
    for found in text.hiddenCharacters where !builder.isStopped {
        let place = UInt32(found.bytes.lowerBound)
        builder.report(found.diagnostic(at: builder.tree.character(at: place)))
    }
    return text.source.bytes.withUnsafeBufferPointer { source in
        text.bytes().withUnsafeBufferPointer { bytes in
            guard var reader = LibYAMLReader(text, source: source, bytes: bytes) else {
                builder.report(Diagnostic(.invalidYAML, "not enough memory to read the text"))
                return ReaderText.Outcome()
            }
            reader.checkDirectives(from: text.base, &builder)
            while !builder.isStopped, reader.passEvent(to: &builder) {
                if builder.mayHandOver { handOver(&builder) }
            }
            return reader.finish(&builder)
        }
    }
}

/// The owner of libyaml's parser. All pointers of libyaml stay in here.
private struct LibYAMLReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    private let text: ReaderText
    /// Of the source.
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Nil where libyaml reads the source itself.
    private let marks: MarkMap?
    /// The same and `text.isASCII` at hand: they are asked for with every event.
    private let readsSource: Bool
    private let isASCII: Bool
    private var cursor: OffsetCursor
    private var isInDocument = false
    private var outcome = ReaderText.Outcome()
    private var nextReplacement = 0
    /// Where the last scalar begins that has a blank by a slip.
    private var lastSlip: Int?

    /// - Parameter bytes: what libyaml reads.
    init?(_ text: ReaderText, source: UnsafeBufferPointer<UInt8>, bytes: UnsafeBufferPointer<UInt8>) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        self.parser = parser
        self.text = text
        self.bytes = source
        readsSource = text.replacements.isEmpty
        marks = readsSource ? nil : MarkMap(text)
        isASCII = text.isASCII
        cursor = OffsetCursor(source, base: text.base, isASCII: text.isASCII)
        event = .allocate(capacity: 1)
        // Without this libyaml would guess UTF-16 from the first bytes.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress.map { $0 + text.base }, bytes.count - text.base)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
    }

    /// False after the last event.
    mutating func passEvent(to builder: inout TreeBuilder) -> Bool {
        guard yaml_parser_parse(parser, event) == 1 else {
            let problem = problem(in: builder.tree)
            // A blank that swallowed a separator makes the parser stumble right behind its scalar.
            if lastSlip == nil || lastSlip != builder.tree.lastStart { builder.report(problem) }
            return false
        }
        defer { yaml_event_delete(event) }
        let type = event.pointee.type
        let span = span(in: builder.tree)
        assert(builder.tree.agrees(with: span), "lines are counted unlike libyaml")
        switch type {
        case YAML_SCALAR_EVENT:
            passScalar(to: &builder, at: span)
        case YAML_MAPPING_START_EVENT:
            let mapping = event.pointee.data.mapping_start
            let properties = properties(anchor: mapping.anchor, tag: mapping.tag)
            builder.startCollection(.mapping, properties: properties, at: span)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.pointee.data.sequence_start
            let properties = properties(anchor: sequence.anchor, tag: sequence.tag)
            builder.startCollection(.sequence, properties: properties, at: span)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
            builder.endCollection(end: span.start == span.end ? nil : span.end)
        case YAML_ALIAS_EVENT:
            builder.alias(String(cString: event.pointee.data.alias.anchor), at: span)
        case YAML_DOCUMENT_START_EVENT:
            isInDocument = true
            builder.startDocument()
        case YAML_DOCUMENT_END_EVENT:
            isInDocument = false
            builder.endDocument()
            checkDirectives(from: Int(span.end), &builder)
        default:
            return type != YAML_STREAM_END_EVENT
        }
        return true
    }

    @inline(__always)
    private mutating func span(in tree: borrowing Tree) -> Span {
        let start = offset(of: event.pointee.start_mark)
        let end = offset(of: event.pointee.end_mark)
        guard readsSource else {
            let position = tree.position(of: start)
            return Span(start: start, end: end, line: position.line, column: position.column)
        }
        return Span(
            start: start, end: end,
            line: UInt32(truncatingIfNeeded: event.pointee.start_mark.line &+ 1),
            column: UInt32(truncatingIfNeeded: event.pointee.start_mark.column &+ 1))
    }

    /// In bytes of the source.
    @inline(__always)
    private mutating func offset(of mark: yaml_mark_t) -> UInt32 {
        let read = Int(mark.index)
        if readsSource { return cursor.offset(ofCharacter: read) }
        return cursor.offset(ofCharacter: marks.map { $0.sourceCharacter(read) } ?? read)
    }

    func checkDirectives(from start: Int, _ builder: inout TreeBuilder) {
        guard countTagDirectives(bytes, from: start) > mostTagDirectives else { return }
        let help = "only the tags of the core schema are accepted; the directives can go"
        builder.stop(
            Diagnostic(
                .invalidYAML, "more than \(mostTagDirectives) %TAG directives",
                at: builder.tree.character(at: UInt32(start)), help: help))
    }

    consuming func finish(_ builder: inout TreeBuilder) -> ReaderText.Outcome {
        if isInDocument { builder.abandonDocument() }
        return outcome
    }

    private mutating func passScalar(to builder: inout TreeBuilder, at span: Span) {
        let scalar = event.pointee.data.scalar
        let style: NodeRecord.Style =
            switch scalar.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
            case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
            default: .plain
            }
        let text = UnsafeBufferPointer<UInt8>(start: scalar.value, count: scalar.length)
        builder.scalar(
            text, isInSource: isInSource(text, style: style, end: Int(span.end)), style: style,
            properties: properties(anchor: scalar.anchor, tag: scalar.tag), at: span)
        if style == .plain, !isASCII { checkBlanks(in: span, &builder) }
        if !readsSource { noteReplacements(in: span, areQuoted: scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) }
    }

    @inline(never)
    private mutating func checkBlanks(in span: Span, _ builder: inout TreeBuilder) {
        guard let found = HiddenBlank(inScalar: Int(span.start)..<Int(span.end), of: bytes) else { return }
        lastSlip = Int(span.start)
        builder.report(found.diagnostic(at: builder.tree.character(at: UInt32(found.bytes.lowerBound))))
    }

    /// An escape means the same as the character only in double quotes.
    @inline(never)
    private mutating func noteReplacements(in span: Span, areQuoted: Bool) {
        while nextReplacement < text.replacements.count {
            let replacement = text.replacements[nextReplacement]
            guard replacement.source.lowerBound < Int(span.end) else { return }
            // What stands before the scalar is in a comment.
            if replacement.source.lowerBound >= Int(span.start), replacement.form.isEscape, !areQuoted {
                outcome.misplacedEscapes.append(nextReplacement)
            }
            nextReplacement += 1
        }
    }

    /// Whether the source holds the text as it is, at the end of the scalar.
    private func isInSource(_ text: UnsafeBufferPointer<UInt8>, style: NodeRecord.Style, end: Int) -> Bool {
        let isOneLine = event.pointee.start_mark.line == event.pointee.end_mark.line
        // Nothing in a plain scalar changes but its line breaks, and what was replaced.
        if style == .plain, isOneLine, readsSource { return true }
        guard let value = text.baseAddress, !text.isEmpty else { return true }
        let start = end - (style == .quoted ? 1 : 0) - text.count
        guard let source = bytes.baseAddress, style != .block, start >= 0 else { return false }
        return memcmp(source + start, value, text.count) == 0
    }

    @inline(__always)
    private func properties(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?
    ) -> TreeBuilder.Properties? {
        if anchor == nil, tag == nil { return nil }
        return TreeBuilder.Properties(
            anchor: anchor.map { String(cString: $0) }, tag: tag.map { String(cString: $0) })
    }

    private mutating func problem(in tree: borrowing Tree) -> Diagnostic {
        let parser = parser.pointee
        let problem = parser.problem.map { String(cString: $0) } ?? "not enough memory to read the text"
        switch parser.error {
        case YAML_READER_ERROR:
            let place = placeOfReaderProblem()
            // Of a character that the text ends within it tells no value.
            let value =
                parser.problem_value < 0 && place < bytes.count ? Int(bytes[Int(place)]) : Int(parser.problem_value)
            return unreadable(problem, value: value, at: tree.character(at: place))
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            return syntaxProblem(problem, in: tree)
        default:
            return Diagnostic(.invalidYAML, problem)
        }
    }

    private mutating func syntaxProblem(_ problem: String, in tree: borrowing Tree) -> Diagnostic {
        let context = parser.pointee.context.map { String(cString: $0) }
        var place = LibYAMLProblem.Place(offset: Int(offset(of: parser.pointee.problem_mark)))
        if context != nil { place.context = Int(offset(of: parser.pointee.context_mark)) }
        if problem == "found invalid Unicode character escape code" { outcome.hasSurrogateEscape = true }
        let start = place.context ?? place.offset
        if !text.isASCII, let blank = HiddenBlank(inUnreadable: stretch(before: place.offset, in: tree), of: bytes) {
            return blank.diagnostic(at: tree.character(at: UInt32(blank.bytes.lowerBound)))
        }
        let words = LibYAMLProblem(
            problem, while: context, at: place, lastNode: tree.lastStart, in: text.source.bytes)
        switch words.point {
        case .context:
            return Diagnostic(.invalidYAML, words.message, at: tree.character(at: UInt32(start)), help: words.help)
        case .problem:
            var diagnostic = Diagnostic(
                .invalidYAML, words.message, at: tree.character(at: UInt32(place.offset)), help: words.help)
            if start != place.offset {
                diagnostic.notes = [Diagnostic.Note("it begins here", at: tree.character(at: UInt32(start)))]
            }
            return diagnostic
        }
    }

    /// What may hold the cause of a problem: its line and the one above, behind all that could be read.
    private func stretch(before problem: Int, in tree: borrowing Tree) -> Range<Int> {
        let start = max(text.base, tree.lastEnd, lineStart(of: lineStart(of: problem) - 1))
        return start..<max(start, problem + 3)
    }

    private func lineStart(of offset: Int) -> Int {
        var start = min(max(offset, 0), bytes.count)
        while start > 0, bytes[start - 1] != text.source.lineEnd { start -= 1 }
        return start
    }

    /// The reader counts bytes, of what it reads.
    private mutating func placeOfReaderProblem() -> UInt32 {
        let offset = Int(parser.pointee.problem_offset)
        guard let marks else { return UInt32(text.base + offset) }
        let read = countCharacters(text.bytes().dropFirst(text.base).prefix(offset))
        return cursor.offset(ofCharacter: marks.sourceCharacter(read))
    }

    private func unreadable(_ problem: String, value: Int, at location: SourceLocation) -> Diagnostic {
        let isByte = problem.contains("UTF-8")
        let digits = String(value, radix: 16, uppercase: true)
        let name = String(repeating: "0", count: max(0, (isByte ? 2 : 4) - digits.count)) + digits
        // What libyaml calls an invalid character has no form in UTF-8; a control character has one.
        if isByte || problem == "invalid Unicode character" {
            let message = "\(problem): \(isByte ? "the byte 0x" : "U+")\(name)"
            return Diagnostic(.invalidUTF8, message, at: location, help: "save the file as UTF-8")
        }
        let escape = Unicode.Scalar(UInt32(value)).map { ": \"\(yamlEscape(of: $0))\"" } ?? ""
        return Diagnostic(
            .invalidYAML, "control characters are not allowed: U+\(name)", at: location,
            help: "write it as an escape in double quotes\(escape)")
    }
}

extension Tree {
    /// At its end libyaml adds a line to a text that has none, which does not count.
    fileprivate func agrees(with span: Span) -> Bool {
        span.start == source.bytes.count || span.position == position(of: span.start)
    }

    /// The place of one character.
    fileprivate func character(at offset: UInt32) -> SourceLocation {
        let start = position(of: offset)
        let end = SourcePosition(line: start.line, column: start.column + 1)
        return SourceLocation(file: source.name, range: SourceRange(start, end))
    }
}
