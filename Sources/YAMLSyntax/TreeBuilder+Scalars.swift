import Diagnostics

/// Where the text of a scalar is kept, and what its tag says of it.
extension TreeBuilder {
    /// Returns the place among the copied texts.
    mutating func copy(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let start = UInt32(tree.copiedBytes.count)
        tree.copiedBytes.append(contentsOf: text)
        tree.copiedTexts.append(start..<UInt32(tree.copiedBytes.count))
        return UInt32(tree.copiedTexts.count - 1)
    }

    /// libyaml ends a block scalar after the empty lines that follow it, and puts a value that is not there
    /// before the next token.
    func trimmedEnd(from start: UInt32, to end: UInt32) -> UInt32 {
        var end = Int(end)
        while end > Int(start), isBlank(tree.source.bytes[end - 1]) { end -= 1 }
        return UInt32(end)
    }

    /// Of a value that is not there.
    func emptySpan(before next: UInt32) -> Span {
        let place = trimmedEnd(from: frame.lastEnd, to: next)
        let position = tree.position(of: place)
        return Span(start: place, end: place, line: position.line, column: position.column)
    }

    /// `color: #ff0000` has no value, nor has `- #ff0000`: what looks like one is a comment.
    /// - Parameter place: where libyaml sees the value that is not there.
    mutating func warnOfCommentAsValue(at place: UInt32) {
        guard !frame.expectsKey, !outerFrames.isEmpty else { return }
        let bytes = tree.source.bytes
        let behind = frame.isMapping ? frame.lastEnd : place
        let rest = bytes[Int(behind)...].drop { $0 == UInt8(ascii: ":") || $0 == 0x20 || $0 == 0x09 }
        guard rest.first == UInt8(ascii: "#"), let next = rest.dropFirst().first, looksLikeValue(next) else { return }
        let comment = rest.prefix { $0 != 0x0A && $0 != 0x0D }
        let start = tree.position(of: UInt32(rest.startIndex))
        let end = start.moved(over: UInt32(comment.startIndex)..<UInt32(comment.endIndex), of: tree.source)
        report(
            Diagnostic(
                .valueIsComment, "the value is null, because # begins a comment", severity: .warning,
                at: SourceLocation(file: tree.source.name, range: SourceRange(start, end)),
                help: "put the value in quotes, or write a space after the # of a comment"))
    }

    private func looksLikeValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xFF: true
        default: false
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    func tag(of record: NodeRecord, _ properties: Properties?) -> TagMeaning {
        if let tag = properties?.tag { return TagMeaning(tag) }
        return hasNonSpecificTag(record) ? .nonSpecific : .none
    }

    /// libyaml drops the tag `!` of a plain scalar, so it is looked for between the start of the node and its text.
    private func hasNonSpecificTag(_ record: NodeRecord) -> Bool {
        guard !record.marks.contains(.textIsCopied), record.style == .plain else { return false }
        return startOfTag(from: record.start, to: record.end - record.payload) != nil
    }

    private func startOfTag(from start: UInt32, to end: UInt32) -> UInt32? {
        var isComment = false
        for offset in start..<end {
            switch tree.source.bytes[Int(offset)] {
            case UInt8(ascii: "#"): isComment = true
            case 0x0A, 0x0D: isComment = false
            case UInt8(ascii: "!") where !isComment: return offset
            default: break
            }
        }
        return nil
    }

    /// - Parameter span: of the node that has a tag.
    private func locationOfTag(of span: Span) -> SourceLocation {
        let bytes = tree.source.bytes
        let tag = startOfTag(from: span.start, to: UInt32(bytes.count)) ?? span.start
        let isVerbatim = bytes[Int(tag)...].starts(with: "!<".utf8)
        var end = Int(tag)
        while end < bytes.count, !isBlank(bytes[end]), isVerbatim || !isFlowIndicator(bytes[end]) {
            end += 1
            if isVerbatim, bytes[end - 1] == UInt8(ascii: ">") { break }
        }
        let start = span.position.moved(over: span.start..<tag, of: tree.source)
        return SourceLocation(
            file: tree.source.name, range: SourceRange(start, start.moved(over: tag..<UInt32(end), of: tree.source)))
    }

    private func isFlowIndicator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
            || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
    }

    mutating func checkTag(of index: UInt32, _ properties: Properties?) {
        let record = tree.nodes[index]
        let tag = TagMeaning.written(properties?.tag ?? "!")
        let message: String
        if record.tag == .unknown {
            message = "unknown tag \(excerpt(tag))"
        } else if !record.tag.fits(record.kind) {
            message = "the tag \(tag) does not fit a \(record.kind)"
        } else if record.kind == .scalar, !textFits(record, index) {
            message = "\(excerpt(tree.text(of: index))) does not fit the tag \(tag)"
        } else {
            return
        }
        let help = "accepted are !!str, !!int, !!float, !!bool, !!null, !!seq and !!map"
        report(
            Diagnostic(
                .unknownTag, message, at: locationOfTag(of: record.span),
                help: record.tag == .unknown ? help : nil))
    }

    private func textFits(_ record: NodeRecord, _ index: UInt32) -> Bool {
        YAMLScalar.meaning(of: tree.text(of: index), isPlain: record.style == .plain, tag: record.tag) != nil
    }

    mutating func reportLength(_ length: Int, of index: UInt32) {
        report(
            Diagnostic(
                .scalarTooLong,
                "a text of \(length) bytes; at most \(limits.maximumScalarBytes) are accepted",
                at: tree.location(of: index)))
    }
}

/// A text of the input as a message quotes it: not more than a line can hold.
func excerpt(_ text: String) -> String {
    let most = 60
    let start = text.prefix(most)
    return "\"" + start + (start.endIndex < text.endIndex ? "…" : "") + "\""
}

func excerpt(_ text: ArraySlice<UInt8>) -> String {
    // No character is longer than the 400 bytes that are left for each of those shown.
    excerpt(String(decoding: text.prefix(24_000), as: UTF8.self))
}
