import Diagnostics
import Manifests
import ProfileModel

/// The manifests of a run, read and checked.
struct LoadedManifests: Sendable {
    var desired = DesiredState()
    var diagnostics: [Diagnostic] = []
    var sources = SourceLibrary()
    /// The files, relative to the directory where they can be.
    var files: [String] = []

    var fileCount: Int { files.count }

    var hasErrors: Bool { diagnostics.containsErrors }

    /// Reads and decodes the files at the same time, then checks them together.
    /// - Parameter others: manifests that are not in the working tree and count all the same.
    static func load(
        _ patterns: [PathPattern], and others: [SourceText] = [], in directory: String, variables: Variables,
        settings: ManifestSettings
    ) async -> LoadedManifests {
        let found = ManifestFiles.find(patterns, in: directory)
        let files = await withTaskGroup(of: (Int, ReadManifest).self) { group in
            for (index, name) in found.names.enumerated() {
                let read: @Sendable () async -> (Int, ReadManifest) = {
                    (index, readManifest(name, in: directory, variables: variables, settings: settings))
                }
                // One alone gains nothing from another thread.
                if found.names.count == 1 {
                    group.addTask(operation: read)
                } else {
                    group.addTask(executorPreference: globalConcurrentExecutor, operation: read)
                }
            }
            var files = [ReadManifest?](repeating: nil, count: found.names.count)
            for await (index, file) in group { files[index] = file }
            return files.compactMap(\.self)
        }
        var loaded = LoadedManifests(diagnostics: found.diagnostics, files: found.names)
        for case .unreadable(let diagnostic) in files { loaded.diagnostics.append(diagnostic) }
        var decoded: [ManifestFile] = []
        for case .decoded(let file, let source) in files {
            decoded.append(file)
            loaded.sources.add(source)
        }
        for source in others {
            decoded.append(decodeManifest(source, variables: variables, settings: settings))
            loaded.sources.add(source)
        }
        guard !decoded.isEmpty else { return loaded }
        let (desired, diagnostics) = combine(decoded, settings: settings, isComplete: !loaded.hasErrors)
        loaded.desired = desired
        // Files that use the same variable have the same problem.
        var seen: Set<Diagnostic> = []
        loaded.diagnostics += diagnostics.filter { seen.insert($0).inserted }
        return loaded
    }
}

private enum ReadManifest: Sendable {
    case decoded(ManifestFile, SourceText)
    case unreadable(Diagnostic)
}

private func readManifest(
    _ name: String, in directory: String, variables: Variables, settings: ManifestSettings
) -> ReadManifest {
    do {
        let bytes = try readFile(resolvePath(name, in: directory))
        if let standIn = StandIn(bytes) { return .unreadable(standIn.diagnostic(name)) }
        if let saved = SavedDocument(bytes) { return .unreadable(saved.isNoManifest(name)) }
        let source = SourceText(name: name, bytes: bytes)
        return .decoded(decodeManifest(source, variables: variables, settings: settings), source)
    } catch {
        return .unreadable(Diagnostic(.unreadableFile, "cannot read '\(name)': \(error.reason)"))
    }
}

extension SavedDocument {
    fileprivate func isNoManifest(_ name: String) -> Diagnostic {
        switch self {
        case .plan:
            Diagnostic(
                .unreadableFile, "'\(name)' is a saved plan, not a manifest",
                help:
                    "give it alone to `profilectl apply` or `profilectl show`, and keep it out of directories of manifests"
            )
        case .snapshot:
            Diagnostic(
                .unreadableFile, "'\(name)' is a snapshot, not a manifest",
                help: "plan from it with `profilectl plan --snapshot`, and keep it out of directories of manifests")
        }
    }
}
