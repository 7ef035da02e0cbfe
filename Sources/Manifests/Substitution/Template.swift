package import Diagnostics
import YAMLSyntax

/// A scalar as it was written, with its `${…}` still in place, so that a file can be checked
/// where the variables are not set.
package struct Template: Sendable, Hashable {
    /// After YAML's quoting and folding, before any replacement.
    package let text: String
    /// Nil when no file says it: a default of ours.
    package let location: SourceLocation?
    /// Tells how offsets in `text` lie in the file.
    let isPlain: Bool

    /// A value of ours that holds nothing to replace.
    package init(literal text: String) {
        self.text = text
        location = nil
        isPlain = false
    }

    init(_ node: YAMLNode) {
        text = node.text
        location = node.location
        isPlain = node.isPlain
    }

    /// At most so many problems of one scalar are reported.
    private static let mostProblems = 20

    /// Whether `text` stands for itself.
    package var isLiteral: Bool { !Substitution.mayOccur(in: text) }

    /// The text with everything replaced, or nil after reporting each expression that cannot be.
    package func resolve(_ variables: Variables, reporting diagnostics: inout [Diagnostic]) -> String? {
        guard !isLiteral else { return text }
        var result = ""
        var problems: [Diagnostic] = []
        for placed in Substitution.pieces(of: text) {
            switch placed.piece {
            case .text(let text):
                result += text
            case .reference(let reference):
                if let flaw = variables.flaw(of: reference) {
                    problems.append(unusableVariable(reference.name, flaw, at: location(of: placed.bytes)))
                } else if let value = variables.value(of: reference) {
                    result += value
                } else {
                    problems += variables.problems(of: reference, at: location(of: placed.bytes))
                }
            case .malformed(let malformation):
                problems.append(badSubstitution(malformation, at: location(of: placed.bytes)))
            }
            // A text may hold a hundred thousand; the first few tell what is wrong.
            if problems.count >= Self.mostProblems { break }
        }
        diagnostics += problems
        return problems.isEmpty ? result : nil
    }

    /// Warns of values that hold what nobody types into a manifest. To be asked of a text that could be resolved.
    func strayCharacters(in variables: Variables) -> [Diagnostic] {
        let found = Substitution.pieces(of: text).lazy.compactMap { placed -> Diagnostic? in
            guard case .reference(let reference) = placed.piece, let value = variables.value(of: reference),
                let stray = StrayCharacter(in: value)
            else { return nil }
            return strayCharacter(stray, in: reference, at: location(of: placed.bytes))
        }
        return Array(found.prefix(Self.mostProblems))
    }

    /// Reports what is wrong whatever the variables are.
    func checkSyntax(reporting diagnostics: inout [Diagnostic]) {
        guard !isLiteral else { return }
        let problems = Substitution.pieces(of: text).lazy.compactMap { placed in
            if case .malformed(let malformation) = placed.piece { (malformation, placed.bytes) } else { nil }
        }
        diagnostics += problems.prefix(Self.mostProblems).map { badSubstitution($0, at: location(of: $1)) }
    }

    var references: [Substitution.Reference] {
        guard !isLiteral else { return [] }
        return Substitution.pieces(of: text).compactMap { placed in
            if case .reference(let reference) = placed.piece { reference } else { nil }
        }
    }

    /// The place of a part of `text`; the whole scalar where the file writes it otherwise than `text`
    /// (escapes, folding, aliases).
    func location(of bytes: Range<Int>) -> SourceLocation? {
        guard var location else { return nil }
        let start = location.range.start
        let end = location.range.end
        guard start.line == end.line, end.column >= start.column else { return location }
        let quotes = end.column - start.column == UInt32(text.unicodeScalars.count) + 2
        let bare = isPlain && end.column - start.column == UInt32(text.unicodeScalars.count)
        guard bare || (quotes && !isPlain) else { return location }
        let utf8 = text.utf8
        let from = text[..<utf8.index(utf8.startIndex, offsetBy: bytes.lowerBound)].unicodeScalars.count
        let upTo = text[..<utf8.index(utf8.startIndex, offsetBy: bytes.upperBound)].unicodeScalars.count
        let origin = start.column + (bare ? 0 : 1)
        location.range = SourceRange(
            SourcePosition(line: start.line, column: origin + UInt32(from)),
            SourcePosition(line: start.line, column: origin + UInt32(upTo)))
        return location
    }
}
