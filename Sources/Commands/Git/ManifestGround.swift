import Manifests
import ProfileModel

/// Where a pattern looks for manifests in the working tree, links followed.
struct ManifestGround {
    /// A directory, or the file that a pattern names.
    struct Folder {
        /// As names of manifests in it begin; empty for the workspace itself.
        var shown: String
        /// Absolute and without links. It need not exist.
        var real: String
    }

    /// The root of the pattern, and the ends of links to directories below it.
    private(set) var folders: [Folder]
    /// Directories below the root that are repositories of their own: submodules and clones inside the clone.
    private(set) var nestedRepositories: Set<String> = []

    init(_ pattern: PathPattern, in directory: String) {
        let root = Folder(shown: pattern.root, real: resolvingLinks(resolvePath(pattern.root, in: directory)))
        folders = [root]
        var visited: Set<ExactText> = []
        visit(root, &visited)
    }

    /// The repositories that manifests may be in.
    var repositories: Set<String> {
        nestedRepositories.union(folders.compactMap { RepositoryPlaces.enclosing($0.real) })
    }

    private mutating func visit(_ folder: Folder, _ visited: inout Set<ExactText>) {
        guard visited.insert(ExactText(folder.real)).inserted, let names = try? DirectoryNames(of: folder.real).texts
        else {
            return
        }
        for name in names where !name.hasPrefix(".") {
            let path = folder.real == "/" ? "/\(name)" : "\(folder.real)/\(name)"
            guard kindOfFile(path) == .directory else { continue }
            let inside = Folder(shown: folder.name(of: name), real: resolvingLinks(path))
            if isLink(path) { folders.append(inside) }
            if RepositoryPlaces.hasRepository(path) { nestedRepositories.insert(inside.real) }
            visit(inside, &visited)
        }
    }
}

extension ManifestGround.Folder {
    /// What a file below the folder is called in messages.
    func name(of rest: String) -> String {
        shown.isEmpty ? rest : rest.isEmpty ? shown : shown.hasSuffix("/") ? shown + rest : "\(shown)/\(rest)"
    }

    /// Whether the folder itself lies below a path, which then must be there first.
    func lies(below path: String) -> Bool { real.below(path) != nil }
}
