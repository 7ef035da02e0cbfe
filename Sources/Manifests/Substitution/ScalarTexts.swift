import Diagnostics
import YAMLSyntax

/// Reads scalars as the text they were written in, with variables put in.
struct ScalarTexts {
    let variables: Variables
    /// False when the whole file holds no `$`: then no scalar is searched.
    let mayHoldSubstitutions: Bool
    /// False when no scalar can hold anything but ASCII, unless it is put in.
    let mayLeaveASCII: Bool

    init(of source: SourceText, variables: Variables) {
        self.variables = variables
        let bytes = YAMLBytes(source.bytes)
        mayHoldSubstitutions = Substitution.mayOccur(inYAML: source.bytes, bytes)
        mayLeaveASCII = bytes.mayLeaveASCII
    }

    func holdsSubstitution(_ text: String) -> Bool {
        mayHoldSubstitutions && Substitution.mayOccur(in: text)
    }

    /// The text of a scalar that must say something, or nil after reporting why there is none.
    /// - Parameter what: names it in messages, as in "the name".
    func text(of node: YAMLNode, _ what: @autoclosure () -> String, reporting findings: inout Findings) -> String? {
        guard node.kind == .scalar else {
            findings.wrongShape(node, what(), mustBe: "a text")
            return nil
        }
        var text = node.text
        if text.utf8.count <= 4, node.isNull {
            findings.emptyValue(node, what(), help: "write a value; the word null itself needs quotes")
            return nil
        }
        if holdsSubstitution(text) {
            guard let expanded = expanded(node, reporting: &findings) else { return nil }
            text = expanded
        }
        if text.isEmpty {
            findings.emptyValue(node, what())
            return nil
        }
        return text
    }

    /// Warns of what nobody sees in a text by which the service tells profiles or persons apart. What a variable
    /// brings along is told where it is put in.
    func checkForStrays(
        _ text: String, of node: YAMLNode, _ what: @autoclosure () -> String, reporting findings: inout Findings
    ) {
        // A plain scalar gets a control character neither from an escape nor from a line break.
        guard mayLeaveASCII || !node.isPlain, mayHoldStray(text), !holdsSubstitution(node.text),
            let stray = StrayCharacter(in: text)
        else { return }
        findings.add(strayCharacter(stray, inWritten: what(), at: node.location))
    }

    private func mayHoldStray(_ text: String) -> Bool {
        let found = text.utf8.withContiguousStorageIfAvailable { bytes in
            guard let first = bytes.first, let last = bytes.last else { return false }
            return first < 0x20 || last < 0x20 || mayLeaveASCII && bytes.contains { $0 < 0x20 || $0 >= 0x7F }
        }
        return found ?? true
    }

    /// The text of a scalar with everything replaced, or nil after reporting what cannot be.
    func expanded(_ node: YAMLNode, reporting findings: inout Findings) -> String? {
        let template = Template(node)
        guard let text = template.resolve(variables, reporting: &findings.diagnostics) else { return nil }
        findings.diagnostics += template.strayCharacters(in: variables)
        return text
    }

    /// Whether a key is free of `${`; reports it otherwise.
    func isPlainKey(_ key: YAMLNode, _ text: String, reporting findings: inout Findings) -> Bool {
        guard holdsSubstitution(text) else { return true }
        findings.add(substitutionInKey(at: key.location))
        return false
    }
}
