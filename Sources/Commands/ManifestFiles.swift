import Diagnostics
import Glibc
import Manifests
import ProfileModel

/// The manifest files that patterns select, each once, in the order of their names.
struct ManifestFiles {
    /// As messages show them: relative to the directory where they can be.
    var names: [String] = []
    var diagnostics: [Diagnostic] = []

    static func find(_ patterns: [PathPattern], in directory: String) -> ManifestFiles {
        var found = ManifestFiles()
        // Names that only look alike are names of different files.
        var names: Set<ExactText> = []
        for pattern in patterns {
            let matches = found.expand(pattern, in: directory)
            if matches.isEmpty { found.diagnostics.append(noMatch(pattern, in: directory)) }
            names.formUnion(matches.map { ExactText($0) })
        }
        let (files, problems) = DistinctFiles.find(names.map(\.text).sorted { $0.precedes($1) }, in: directory)
        found.names = files
        found.diagnostics += problems
        return found
    }

    private mutating func expand(_ pattern: PathPattern, in directory: String) -> [String] {
        let root = resolvePath(pattern.root, in: directory)
        if pattern.isLiteral, [.file, .special].contains(kindOfFile(root)) { return [pattern.root] }
        var walk = Walk()
        walk.visit(root, name: pattern.root)
        diagnostics += walk.diagnostics
        diagnostics += walk.skipped.filter { mayBeMeant($0, by: pattern) }.map(\.diagnostic)
        return walk.files.filter { pattern.matches($0) && !isWorkspaceFile($0) }
    }

    private func mayBeMeant(_ skipped: SkippedFile, by pattern: PathPattern) -> Bool {
        skipped.isDirectory ? pattern.mayMatch(below: skipped.name) : pattern.matches(skipped.name)
    }

    private func isWorkspaceFile(_ name: String) -> Bool {
        name == RunContext.workspaceFileName || name.hasSuffix("/" + RunContext.workspaceFileName)
    }

    private static func noMatch(_ pattern: PathPattern, in directory: String) -> Diagnostic {
        let kind = kindOfFile(resolvePath(pattern.root, in: directory))
        let message =
            switch (pattern.isLiteral, kind) {
            case (true, .missing): "there is no file or directory '\(pattern.text)'"
            case (true, _): "there is no manifest (*.yaml, *.yml, *.json) in the directory '\(pattern.text)'"
            case (false, _): "no manifest matches '\(pattern.text)'"
            }
        let check = "check the path, or `manifests:` in profilectl.yaml"
        return Diagnostic(.noManifestMatched, message, help: nearManifest(of: pattern, in: directory) ?? check)
    }

    /// What to do when a file there has nearly the name of a manifest.
    private static func nearManifest(of pattern: PathPattern, in directory: String) -> String? {
        let names = (try? DirectoryNames(of: resolvePath(pattern.root, in: directory)).texts) ?? []
        guard let name = names.first(where: ManifestFileName.isNearly) else { return nil }
        return
            "'\(name)' is there, but it is not read: a manifest in a directory ends in .yaml, .yml or .json and has no "
            + "dot at its beginning, and a glob takes what it says"
    }
}

/// Collects the files below a directory. A directory is visited once, so that links cannot make a circle.
private struct Walk {
    var files: [String] = []
    var diagnostics: [Diagnostic] = []
    var skipped: [SkippedFile] = []
    private var visited: Set<ExactText> = []

    mutating func visit(_ directory: String, name: String) {
        guard let real = realpath(directory, nil) else { return }
        defer { free(real) }
        guard visited.insert(ExactText(String(cString: real))).inserted else { return }
        do throws(FileFailure) {
            let names = try DirectoryNames(of: directory)
            func shown(_ entry: String) -> String {
                name.isEmpty ? entry : name.hasSuffix("/") ? name + entry : "\(name)/\(entry)"
            }
            skipped += names.unreadable.filter { !$0.name.hasPrefix(".") }.map { entry in
                SkippedFile(name: shown(entry.name), isDirectory: entry.isDirectory, why: .nameIsNoText)
            }
            for entry in names.texts where !entry.hasPrefix(".") {
                let path = "\(directory)/\(entry)"
                let shown = shown(entry)
                switch kindOfFile(path) {
                case .directory: visit(path, name: shown)
                case .file: files.append(shown)
                // A link whose end is gone may stand for many profiles: not for their deletion.
                case .missing where isLink(path): diagnostics.append(deadLink(shown))
                case .missing: skipped.append(.unreachable(shown, errno))
                case .special: skipped.append(SkippedFile(name: shown, why: .special(SpecialKind(of: path) ?? .device)))
                }
            }
        } catch {
            diagnostics.append(Diagnostic(.unreadableFile, "cannot read the directory '\(name)': \(error.reason)"))
        }
    }

    private func deadLink(_ name: String) -> Diagnostic {
        Diagnostic(.unreadableFile, "the link '\(name)' leads nowhere", help: "mend or remove it")
    }
}
