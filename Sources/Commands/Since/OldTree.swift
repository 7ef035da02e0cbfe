import Diagnostics
import Manifests

/// The manifest files among the files of a commit, found by the patterns that find today's.
struct OldTree {
    private let repository: GitRepository
    private let entries: [GitRepository.Entry]
    /// As messages name it.
    private let commit: String

    struct Manifest {
        /// As today's would be called.
        var name: String
        var id: String
    }

    init(_ repository: GitRepository, commit: String) throws(Stop) {
        self.repository = repository
        self.commit = String(commit.prefix(12))
        entries = try repository.entries(at: commit)
    }

    /// - Parameter directory: the workspace, as the user wrote it; the repository may know it without its links.
    func manifests(_ patterns: [PathPattern], in directory: String) throws(Stop) -> [Manifest] {
        var found: [String: Manifest] = [:]
        for pattern in patterns {
            let top = try place(of: pattern, in: directory)
            for entry in entries {
                guard let rest = entry.path.below(top), let name = name(of: rest, pattern) else { continue }
                switch entry.kind {
                case .file: found[entry.path] = Manifest(name: name, id: entry.id)
                case .link, .submodule: throw notFollowed(entry)
                }
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// Where below the repository's root the matches of a pattern are.
    private func place(of pattern: PathPattern, in directory: String) throws(Stop) -> String {
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

    /// The name of a file under a pattern; nil when the pattern does not take it.
    private func name(of rest: String, _ pattern: PathPattern) -> String? {
        guard !rest.isEmpty else { return pattern.isLiteral ? pattern.root : nil }
        guard !rest.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { return nil }
        let root = pattern.root
        let name = root.isEmpty ? rest : root.hasSuffix("/") ? root + rest : "\(root)/\(rest)"
        let isWorkspaceFile = rest == RunContext.workspaceFileName || rest.hasSuffix("/" + RunContext.workspaceFileName)
        return pattern.matches(name) && !isWorkspaceFile ? name : nil
    }

    private func notFollowed(_ entry: GitRepository.Entry) -> Stop {
        let what = entry.kind == .link ? "a link" : "a submodule"
        return Stop(
            Diagnostic(
                .manifestsOutsideRepository,
                "'\(entry.path)' is \(what) at \(commit), and what it led to is not known",
                help: "plan without --since, or say with --target which profiles to plan"),
            code: .invalidInput)
    }
}

extension String {
    /// The rest of the path under a directory, empty for the directory itself; nil when it is not there.
    fileprivate func below(_ directory: String) -> String? {
        if directory.isEmpty || directory == "/" { return directory.isEmpty ? self : String(dropFirst()) }
        if self == directory { return "" }
        return hasPrefix(directory + "/") ? String(dropFirst(directory.count + 1)) : nil
    }
}
