import ProfileModel

// Two texts can look alike and yet be two: é as one scalar, or as e and an accent. Where both stand in one list of
// differences, neither reader nor reviewer could see what differs, so there they are spelled out.

extension [FieldText] {
    /// With the scalars of such labels and values written as escapes.
    var spelledOut: [FieldText] {
        let labels = lookalikes(map(\.label.plain))
        let values = lookalikes(flatMap { $0.value.plain.components })
        guard !labels.isEmpty || !values.isEmpty else { return self }
        return map { field in
            var field = field
            if labels.contains(field.label.plain) { field.label = field.label.spelledOut }
            if field.value.plain.components.contains(where: values.contains) { field.value = field.value.spelledOut }
            return field
        }
    }
}

/// Texts that Swift, which compares as eyes do, takes for one, though they are not the same scalars.
private func lookalikes(_ texts: [String]) -> Set<String> {
    var first: [String: String] = [:]
    return texts.reduce(into: []) { found, text in
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return }
        if let other = first[text], !other.isExactly(text) { found.insert(text) }
        first[text] = text
    }
}

extension String {
    /// Both sides of a change.
    fileprivate var components: [String] { split(separator: " → ").map(String.init) }
}

extension SafeText {
    /// Every scalar of a value that is not ASCII as an escape.
    fileprivate var spelledOut: SafeText {
        spans.reduce(into: SafeText()) { text, span in
            var span = span
            if span.isValue {
                span.text = span.text.unicodeScalars.reduce(into: "") { spelled, scalar in
                    if scalar.isASCII {
                        spelled.unicodeScalars.append(scalar)
                    } else {
                        spelled += Escaping.escape(of: scalar)
                    }
                }
            }
            text += SafeText(span: span)
        }
    }
}
