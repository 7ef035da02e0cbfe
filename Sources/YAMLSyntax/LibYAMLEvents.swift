import CLibYAML
import Diagnostics

/// Hands the events of a text to a builder until there are no more, the builder has enough, or libyaml
/// finds an error, which becomes a diagnostic.
/// - Parameter handOver: called whenever the builder has a part to be handed over.
func readEvents(of bytes: [UInt8], into builder: inout TreeBuilder, handOver: (inout TreeBuilder) -> Void) {
    let base = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    let isASCII = isASCII(bytes)
    bytes.withUnsafeBufferPointer { bytes in
        let cursor = OffsetCursor(bytes, base: base, isASCII: isASCII)
        guard var reader = LibYAMLReader(bytes, base: base, cursor: cursor) else {
            return builder.report(Diagnostic(.invalidYAML, "not enough memory to read the text"))
        }
        reader.checkDirectives(from: base, &builder)
        while !builder.isStopped, reader.passEvent(to: &builder) {
            if builder.mayHandOver { handOver(&builder) }
        }
        reader.finish(&builder)
    }
}

/// No byte above 127: characters and bytes are counted alike.
private func isASCII(_ bytes: [UInt8]) -> Bool {
    // Without a branch the compiler looks at many bytes at once.
    bytes.withUnsafeBufferPointer { bytes in
        var bits: UInt8 = 0
        for byte in bytes { bits |= byte }
        return bits < 0x80
    }
}

/// The owner of libyaml's parser. All pointers of libyaml stay in here.
private struct LibYAMLReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let base: Int
    private var cursor: OffsetCursor
    private var isInDocument = false

    init?(_ bytes: UnsafeBufferPointer<UInt8>, base: Int, cursor: OffsetCursor) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        self.parser = parser
        self.bytes = bytes
        self.base = base
        self.cursor = cursor
        event = .allocate(capacity: 1)
        // Without this libyaml would guess UTF-16 from the first bytes.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress.map { $0 + base }, bytes.count - base)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
    }

    /// False after the last event.
    mutating func passEvent(to builder: inout TreeBuilder) -> Bool {
        guard yaml_parser_parse(parser, event) == 1 else {
            builder.report(problem(in: builder.tree))
            return false
        }
        defer { yaml_event_delete(event) }
        let type = event.pointee.type
        let span = span()
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
    private mutating func span() -> Span {
        Span(
            start: cursor.offset(ofCharacter: event.pointee.start_mark.index),
            end: cursor.offset(ofCharacter: event.pointee.end_mark.index),
            line: UInt32(truncatingIfNeeded: event.pointee.start_mark.line &+ 1),
            column: UInt32(truncatingIfNeeded: event.pointee.start_mark.column &+ 1))
    }

    func checkDirectives(from start: Int, _ builder: inout TreeBuilder) {
        guard countTagDirectives(bytes, from: start) > mostTagDirectives else { return }
        let help = "only the tags of the core schema are accepted; the directives can go"
        builder.stop(
            Diagnostic(
                .invalidYAML, "more than \(mostTagDirectives) %TAG directives",
                at: builder.tree.character(at: UInt32(start)), help: help))
    }

    consuming func finish(_ builder: inout TreeBuilder) {
        if isInDocument { builder.abandonDocument() }
    }

    private func passScalar(to builder: inout TreeBuilder, at span: Span) {
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
    }

    /// Whether the source holds the text as it is, at the end of the scalar.
    private func isInSource(_ text: UnsafeBufferPointer<UInt8>, style: NodeRecord.Style, end: Int) -> Bool {
        let isOneLine = event.pointee.start_mark.line == event.pointee.end_mark.line
        // Nothing in a plain scalar changes but its line breaks.
        if style == .plain, isOneLine { return true }
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
        let text = parser.problem.map { String(cString: $0) } ?? "not enough memory to read the text"
        switch parser.error {
        case YAML_READER_ERROR:
            let offset = UInt32(base + parser.problem_offset)
            return unreadable(text, value: Int(parser.problem_value), at: tree.character(at: offset))
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            let place = cursor.offset(ofCharacter: parser.problem_mark.index)
            var diagnostic = Diagnostic(.invalidYAML, text, at: tree.character(at: place))
            if let context = parser.context, parser.context_mark.index != parser.problem_mark.index {
                let start = cursor.offset(ofCharacter: parser.context_mark.index)
                diagnostic.notes = [Diagnostic.Note(String(cString: context), at: tree.character(at: start))]
            }
            return diagnostic
        default:
            return Diagnostic(.invalidYAML, text)
        }
    }

    private func unreadable(_ problem: String, value: Int, at location: SourceLocation) -> Diagnostic {
        let isByte = problem.contains("UTF-8")
        let digits = String(value, radix: 16, uppercase: true)
        let name = String(repeating: "0", count: max(0, (isByte ? 2 : 4) - digits.count)) + digits
        let message = "\(problem): \(isByte ? "the byte 0x" : "U+")\(name)"
        // What libyaml calls an invalid character has no form in UTF-8; a control character has one.
        if isByte || problem == "invalid Unicode character" {
            return Diagnostic(.invalidUTF8, message, at: location, help: "save the file as UTF-8")
        }
        return Diagnostic(.invalidYAML, message, at: location, help: "write it as an escape in double quotes")
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
