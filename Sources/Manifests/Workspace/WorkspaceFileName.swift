/// What the workspace file is called, and which names come so close that it was probably meant.
package enum WorkspaceFileName {
    package static let exact = "profilectl.yaml"

    /// How close a name comes to the right one.
    package enum Likeness: Sendable, Hashable {
        /// The same with the ending `.yml`, in another case, or hidden.
        case twin
        /// A slip of the pen, a copy, or another ending.
        case similar
    }

    /// Nil for the right name, for what has nothing to do with it, and for the files that editors keep for themselves.
    package static func likeness(of name: String) -> Likeness? {
        guard name != exact, !isLeftByEditor(name) else { return nil }
        let folded = name.lowercased()
        let visible = folded.hasPrefix(".") ? String(folded.dropFirst()) : folded
        if twins.contains(visible) { return .twin }
        let parts = visible.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, isNear(parts[0], "profilectl") else { return nil }
        if parts.dropFirst().contains(where: { isNear($0, "yaml") }) { return .similar }
        return parts.count == 2 && parts[1] == "json" ? .similar : nil
    }

    private static let twins: Set<String> = [exact, "profilectl.yml"]

    /// One letter more, less or other, or two neighbours swapped.
    private static func isNear(_ text: Substring, _ word: String) -> Bool {
        guard abs(text.unicodeScalars.count - word.unicodeScalars.count) <= 1 else { return false }
        return editDistance(Array(text.unicodeScalars), Array(word.unicodeScalars)) <= 1
    }
}

/// Backups, locks and swap files: editors write them beside the files that they have open.
func isLeftByEditor(_ name: String) -> Bool {
    name.hasSuffix("~") || name.hasPrefix("#") || name.hasPrefix(".#") || name.hasPrefix("._")
        || [".swp", ".swo", ".swx", ".tmp"].contains { name.lowercased().hasSuffix($0) }
}
