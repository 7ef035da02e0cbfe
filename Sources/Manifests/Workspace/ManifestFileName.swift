/// Which names a manifest has in a directory of manifests, and which come close.
package enum ManifestFileName {
    static let endings: Set<String> = [".yaml", ".yml", ".json"]

    /// Whether the last part of a path is the name of a manifest, or nearly: hidden, or with more after the ending.
    /// What editors keep for themselves is neither.
    package static func isNearly(_ name: String) -> Bool {
        !isLeftByEditor(name) && parts(of: name).dropFirst().contains { isEnding($0) || $0.lowercased() == "yam" }
    }

    /// The path of the manifest that a hidden file, or one with more after the ending, is a copy of; nil for others.
    package static func original(of path: String) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let parts = parts(of: name)
        guard let end = parts.dropFirst().firstIndex(where: isEnding) else { return nil }
        let original = parts[...end].joined(separator: ".")
        return original == name ? nil : path.dropLast(name.count) + original
    }

    /// Without the dot that hides a file.
    private static func parts(of name: String) -> [Substring] {
        (name.hasPrefix(".") ? name.dropFirst() : name[...]).split(separator: ".", omittingEmptySubsequences: false)
    }

    private static func isEnding(_ part: Substring) -> Bool { endings.contains("." + part.lowercased()) }
}
