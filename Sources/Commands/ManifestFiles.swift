import Diagnostics
import Glibc
import Manifests

/// The manifest files that paths and patterns select, each once, in the order of their names.
struct ManifestFiles {
    /// As messages show them: relative to the directory where they can be.
    var names: [String] = []
    var diagnostics: [Diagnostic] = []

    /// - Parameter patterns: files, directories (all `.yaml` and `.yml` files below, hidden ones left
    ///   out) or globs, relative to `directory`.
    static func find(_ patterns: [String], in directory: String) -> ManifestFiles {
        var found = ManifestFiles()
        var names: Set<String> = []
        for pattern in patterns {
            let matches = found.expand(pattern, in: directory)
            if matches.isEmpty { found.report(pattern, in: directory) }
            names.formUnion(matches)
        }
        found.names = names.sorted()
        return found
    }

    private mutating func expand(_ pattern: String, in directory: String) -> [String] {
        let path = resolvePath(pattern, in: directory)
        switch kindOfFile(path) {
        case .file:
            return [trimmed(pattern)]
        case .directory:
            var walk = Walk()
            walk.visit(path, name: trimmed(pattern))
            diagnostics += walk.diagnostics
            return walk.files.filter(Self.looksLikeManifest)
        case .missing:
            guard let glob = PathPattern(trimmed(pattern)) else { return [] }
            var walk = Walk()
            walk.visit(resolvePath(glob.literalPrefix, in: directory), name: glob.literalPrefix)
            diagnostics += walk.diagnostics
            return walk.files.filter(glob.matches)
        }
    }

    private mutating func report(_ pattern: String, in directory: String) {
        let message =
            switch kindOfFile(resolvePath(pattern, in: directory)) {
            case .directory: "there is no manifest (*.yaml, *.yml) in the directory '\(pattern)'"
            case .file, .missing: "no manifest matches '\(pattern)'"
            }
        diagnostics.append(
            Diagnostic(
                .noManifestMatched, message,
                help: "an empty match is never taken for an empty desired state; check the path, or `manifests:` in profilectl.yaml"
            ))
    }

    private static func looksLikeManifest(_ name: String) -> Bool {
        (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !name.hasSuffix("/\(Workspace.fileName)")
            && name != Workspace.fileName
    }

    /// `./profiles//riders/` → `profiles/riders`.
    private func trimmed(_ pattern: String) -> String {
        let parts = pattern.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        return pattern.hasPrefix("/") ? "/" + parts : parts
    }
}

/// Collects the files below a directory. A directory is visited once, so that links cannot make a circle.
private struct Walk {
    var files: [String] = []
    var diagnostics: [Diagnostic] = []
    private var visited: Set<String> = []

    mutating func visit(_ directory: String, name: String) {
        guard let real = realpath(directory.isEmpty ? "." : directory, nil) else { return }
        defer { free(real) }
        guard visited.insert(String(cString: real)).inserted else { return }
        do {
            for entry in try namesInDirectory(directory) where !entry.hasPrefix(".") {
                let path = "\(directory)/\(entry)"
                let shown = name.isEmpty ? entry : "\(name)/\(entry)"
                switch kindOfFile(path) {
                case .directory: visit(path, name: shown)
                case .file: files.append(shown)
                case .missing: break
                }
            }
        } catch {
            diagnostics.append(Diagnostic(.unreadableFile, "cannot read the directory '\(name)': \(error.reason)"))
        }
    }
}
