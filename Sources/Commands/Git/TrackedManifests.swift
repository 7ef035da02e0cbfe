import Diagnostics
import Manifests

/// The manifest files among the files that git knows, found by the patterns that find those of the working tree.
struct TrackedManifests {
    /// Where patterns begin, as the user wrote it; the repository may know it without its links.
    let directory: String
    let repository: GitRepository

    struct Manifest {
        /// As that of the working tree is or would be called.
        var name: String
        var entry: GitEntry
    }

    /// - Throws: where some of the manifests lie in no file of the repository: outside, behind a link, or in a
    ///   submodule.
    /// - Parameter state: what the entries are of, as messages name it.
    func manifests(
        _ patterns: [PathPattern], among entries: [GitEntry], at state: String
    ) throws(Stop) -> [Manifest] {
        var found: [[UInt8]: Manifest] = [:]
        let tree = GitTree(entries)
        for pattern in patterns {
            let top = try place(of: pattern)
            for entry in entries {
                switch entry.kind {
                case .file:
                    guard let rest = entry.path.below(top), let name = pattern.name(ofFile: rest) else { continue }
                    found[entry.bytes] = Manifest(name: name, entry: entry)
                case .submodule:
                    guard mayHold(entry, pattern, below: top) else { continue }
                    throw notFollowed(entry, at: state)
                case .link:
                    guard mayHold(entry, pattern, below: top) else { continue }
                    guard try isWithoutManifests(entry, pattern, below: top, tree) else {
                        throw notFollowed(entry, at: state)
                    }
                }
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// Where below the repository's root the matches of a pattern are.
    private func place(of pattern: PathPattern) throws(Stop) -> String {
        let workspace = resolvePath(repository.prefix.isEmpty ? "." : repository.prefix, in: repository.root)
        var place = resolvePath(pattern.root, in: workspace)
        if pattern.root.hasPrefix("/"), let rest = place.below(directory) { place = resolvePath(rest, in: workspace) }
        guard let top = place.below(repository.root) else {
            throw Stop(
                Diagnostic(
                    .manifestsOutsideRepository,
                    "the manifests '\(pattern.text)' are not in the repository \(repository.root)",
                    help: "what they were at another revision is not known: plan without --since"),
                code: .invalidInput)
        }
        return top
    }

    /// Whether matches may lie behind what is no file: it is on the way to them, or they are below it.
    private func mayHold(_ entry: GitEntry, _ pattern: PathPattern, below top: String) -> Bool {
        if top.below(entry.path) != nil { return true }
        guard let rest = entry.path.below(top) else { return false }
        return !pattern.hides(rest)
    }

    /// A link to a file that is no manifest holds none.
    private func isWithoutManifests(
        _ entry: GitEntry, _ pattern: PathPattern, below top: String, _ tree: GitTree
    ) throws(Stop) -> Bool {
        guard let rest = entry.path.below(top), pattern.name(ofFile: rest) == nil else { return false }
        let target = String(decoding: try repository.contents(of: [entry])[0], as: UTF8.self)
        let folder = entry.path.split(separator: "/").dropLast().joined(separator: "/")
        let end = resolvePath(target, in: resolvePath(folder.isEmpty ? "." : folder, in: repository.root))
        if let inside = end.below(repository.root), tree.isFile(inside) { return true }
        return kindOfFile(end) == .file
    }

    private func notFollowed(_ entry: GitEntry, at state: String) -> Stop {
        let what = entry.kind == .link ? "a link" : "a submodule"
        return Stop(
            Diagnostic(
                .manifestsOutsideRepository,
                "'\(entry.path)' is \(what) at \(state), and what it led to is not known",
                help: "plan without --since, or say with --target which profiles to plan"),
            code: .invalidInput)
    }
}

/// The files of a state of the repository, by path.
private struct GitTree {
    private let files: Set<String>

    init(_ entries: [GitEntry]) {
        // Most trees have no link, and then nobody asks.
        files = entries.contains { $0.kind == .link } ? Set(entries.filter { $0.kind == .file }.map(\.path)) : []
    }

    func isFile(_ path: String) -> Bool { files.contains(path) }
}

extension PathPattern {
    /// The name of a file below the pattern's root; nil when the pattern does not take it.
    func name(ofFile rest: String) -> String? {
        let name = root.isEmpty ? rest : rest.isEmpty ? root : root.hasSuffix("/") ? root + rest : "\(root)/\(rest)"
        return takes(rest, as: name) ? name : nil
    }

    /// - Parameters:
    ///   - rest: the way from the pattern's root to the file, or from the end of a link below it.
    ///   - name: the same as messages show it.
    func takes(_ rest: String, as name: String) -> Bool {
        guard !rest.isEmpty else { return isLiteral && name == root }
        let isWorkspaceFile = rest == RunContext.workspaceFileName || rest.hasSuffix("/" + RunContext.workspaceFileName)
        return !hides(rest) && matches(name) && !isWorkspaceFile
    }

    /// Hidden files and folders are not looked into.
    func hides(_ rest: String) -> Bool { rest.split(separator: "/").contains { $0.hasPrefix(".") } }
}

extension String {
    /// The rest of the path under a directory, empty for the directory itself; nil when it is not there.
    func below(_ directory: String) -> String? {
        if directory.isEmpty { return self }
        let (path, folder) = (utf8, directory.utf8)
        guard path.starts(with: folder) else { return nil }
        let rest = path.dropFirst(folder.count)
        if rest.isEmpty { return "" }
        if directory.hasSuffix("/") { return String(decoding: rest, as: UTF8.self) }
        return rest.first == UInt8(ascii: "/") ? String(decoding: rest.dropFirst(), as: UTF8.self) : nil
    }
}
