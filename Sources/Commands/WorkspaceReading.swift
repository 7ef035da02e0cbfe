import Diagnostics
import Manifests

/// The workspace file of a directory, read and checked, or the stand-in for one.
struct WorkspaceReading {
    var workspace = Workspace.implicit
    /// Absolute; where the workspace file is, or would be.
    var directory: String
    var sources = SourceLibrary()
    var warnings: [Diagnostic] = []

    /// - Parameter paths: manifests and plans that the command is given.
    init(
        _ options: EnvironmentOptions, for use: WorkspaceSearch.Use, paths: [String] = [], in session: Session
    ) throws(Stop) {
        directory = try options.directory.path(in: session)
        let search = WorkspaceSearch(directory: directory, session: session)
        guard let path = try search.file() else {
            try search.checkThatNoneIsMeant(options, in: use, paths)
            if options.environment != Workspace.implicitEnvironmentName {
                try RunContext.refuseHiddenWorkspace(in: directory, session)
            }
            return
        }
        let source = try Self.sourceText(path)
        let (workspace, diagnostics) = readWorkspace(source)
        sources.add(source.hiding(workspace?.writtenSecrets ?? []))
        warnings = diagnostics + search.twins()
        guard let workspace, !diagnostics.containsErrors else {
            throw Stop(warnings, code: .invalidInput, sources: sources)
        }
        self.workspace = workspace
    }

    private static func sourceText(_ path: String) throws(Stop) -> SourceText {
        do throws(FileFailure) {
            return SourceText(name: WorkspaceFileName.exact, bytes: try readFile(path))
        } catch {
            let message = "cannot read \(WorkspaceFileName.exact): \(error.reason)"
            throw Stop(Diagnostic(.unreadableFile, message), code: .invalidInput)
        }
    }
}
