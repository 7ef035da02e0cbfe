/// A file, a directory or a glob, as `manifests` lists them. Paths are relative, with `/` between their parts.
///
/// `*`, `?` and `[…]` match within a part, `**` as a part matches any number of parts; `\` takes the
/// meaning of the next character away. They do not match a dot at the beginning of a part.
package struct PathPattern: Sendable, Hashable {
    package let text: String
    private let parts: [PartPattern]

    /// Nil for an empty text, an unclosed bracket, or a backslash at the end.
    package init?(_ text: String) {
        var parts: [PartPattern] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
            guard let pattern = PartPattern(part) else { return nil }
            parts.append(pattern)
        }
        guard !text.isEmpty else { return nil }
        self.text = text
        self.parts = (text.hasPrefix("/") ? [.literal("")] : []) + parts
    }

    /// Whether it names one file or directory.
    package var isLiteral: Bool { parts.allSatisfy(\.isLiteral) }

    /// The directory (or, for a literal pattern, the file or directory) below which all matches are.
    /// Empty for the workspace itself.
    package var root: String {
        let literal = parts.prefix(while: \.isLiteral).map(\.text)
        return literal == [""] ? "/" : literal.joined(separator: "/")
    }

    /// Whether the file at a path is a manifest by this pattern: named by it, or below a directory named by it
    /// and then a visible file whose name ends in `.yaml`, `.yml` or `.json`, in any letter case.
    ///
    /// A glob whose last part says nothing about the ending (`profiles/*`) takes files with these endings only.
    package func matches(_ path: String) -> Bool {
        let names = Self.names(of: path)
        if matches(names[...], parts[...]) { return saysEnding || Self.isManifest(names[...]) }
        return names.indices.dropFirst().contains { end in
            Self.isManifest(names[end...]) && matches(names[..<end], parts[...])
        } || (parts.isEmpty && Self.isManifest(names[...]))
    }

    /// Whether a file somewhere below a directory can be a manifest by this pattern.
    package func mayMatch(below directory: String) -> Bool {
        let names = Self.names(of: directory)
        guard !names.contains(where: { $0.hasPrefix(".") }) else { return false }
        // What a whole pattern takes is taken with all that is below it.
        let ends = [parts.endIndex] + parts.indices
        return ends.contains { parts[..<$0].match(names[...], hidesDots: true) }
            || names.indices.contains { matches(names[..<$0], parts[...]) }
    }

    private var saysEnding: Bool {
        guard let last = parts.last else { return false }
        return last.isLiteral || last.text.contains(".")
    }

    private static func names(of path: String) -> [Substring] {
        let names = path.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
        return (path.hasPrefix("/") ? [""] : []) + names
    }

    private static func isManifest(_ names: ArraySlice<Substring>) -> Bool {
        guard let last = names.last, hasManifestEnding(last) else { return false }
        return !names.contains { $0.hasPrefix(".") }
    }

    private static func hasManifestEnding(_ name: Substring) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")),
            name.utf8.distance(from: dot, to: name.endIndex) <= 5
        else { return false }
        return ManifestFileName.endings.contains(name[dot...].lowercased())
    }

    private func matches(_ names: ArraySlice<Substring>, _ parts: ArraySlice<PartPattern>) -> Bool {
        parts.match(names, hidesDots: true)
    }
}

extension ArraySlice<PartPattern> {
    /// Whether the patterns, part by part, match all of the names; `**` matches any number of them.
    ///
    /// Goes back only to the latest `**`, so that no pattern takes long.
    func match(_ names: ArraySlice<Substring>, hidesDots: Bool) -> Bool {
        var (name, part) = (names.startIndex, startIndex)
        var retry: (name: Int, part: Int)?
        while name < names.endIndex {
            if part < endIndex, self[part].isAnyDirectories {
                retry = (name, part)
                part += 1
            } else if part < endIndex, self[part].matches(names[name], hidesDots: hidesDots) {
                name += 1
                part += 1
            } else if let (from, at) = retry, !hidesDots || !names[from].hasPrefix(".") {
                retry = (from + 1, at)
                name = from + 1
                part = at + 1
            } else {
                return false
            }
        }
        return self[part...].allSatisfy(\.isAnyDirectories)
    }
}
