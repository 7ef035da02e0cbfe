package import Diagnostics
import ProfileModel

/// Names of a file with their places, each once: those of which a reader may take one for another.
package struct WrittenNames: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case source, type
        case identifierType = "identifier type"
        case attribute
    }

    package struct Name: Sendable, Hashable {
        package var kind: Kind
        package var text: String
        package var location: SourceLocation
    }

    private struct Key: Hashable {
        var kind: Kind
        var text: ExactText
    }

    /// In the order written.
    package private(set) var names: [Name] = []
    private var seen: Set<Key> = []
    /// Each profile may have one, and mostly it is that of the one before.
    private var latest = (source: "", type: "")

    package init() {}

    mutating func note(_ kind: Kind, _ text: String, at location: @autoclosure () -> SourceLocation) {
        guard !isLatest(kind, text) else { return }
        guard seen.insert(Key(kind: kind, text: ExactText(text))).inserted else { return }
        names.append(Name(kind: kind, text: text, location: location()))
    }

    private mutating func isLatest(_ kind: Kind, _ text: String) -> Bool {
        switch kind {
        case .source:
            defer { latest.source = text }
            return text.isExactly(latest.source)
        case .type:
            defer { latest.type = text }
            return text.isExactly(latest.type)
        case .identifierType, .attribute: return false
        }
    }

    mutating func add(_ other: WrittenNames) {
        for name in other.names { note(name.kind, name.text, at: name.location) }
    }
}
