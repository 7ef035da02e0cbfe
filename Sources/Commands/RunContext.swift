import Diagnostics
import Manifests

/// What a command works on: the workspace, or the stand-in for one, and the chosen environment.
struct RunContext: Sendable {
    var workspace: Workspace
    /// Absolute; where the workspace file is, or would be.
    var directory: String
    /// Whether there is no workspace file and everything runs against the embedded sandbox.
    var isImplicit: Bool
    var environment: Environment
    var variables: Variables
    var sources = SourceLibrary()
    var warnings: [Diagnostic] = []

    /// Reads the workspace file of the directory, if it has one, and picks the environment.
    static func load(_ options: EnvironmentOptions, in session: Session) throws(Stop) -> RunContext {
        let directory = resolvePath(options.directory.directory ?? ".", in: session.workingDirectory)
        guard kindOfFile(directory) == .directory else {
            throw Stop(Diagnostic(.unreadableFile, "there is no directory '\(directory)'"), code: .usage)
        }
        let path = resolvePath(Workspace.fileName, in: directory)
        guard kindOfFile(path) != .missing else {
            return try choose(.implicit, directory, isImplicit: true, options, session)
        }
        let source = try sourceText(path)
        var sources = SourceLibrary()
        sources.add(source)
        let (workspace, diagnostics) = readWorkspace(source)
        guard let workspace, !diagnostics.contains(where: { $0.severity == .error }) else {
            throw Stop(diagnostics, code: .invalidInput, sources: sources)
        }
        var context = try choose(workspace, directory, isImplicit: false, options, session)
        context.sources = sources
        context.warnings = diagnostics
        return context
    }

    private static func sourceText(_ path: String) throws(Stop) -> SourceText {
        do throws(FileFailure) {
            return SourceText(name: Workspace.fileName, bytes: try readFile(path))
        } catch {
            let message = "cannot read \(Workspace.fileName): \(error.reason)"
            throw Stop(Diagnostic(.unreadableFile, message), code: .invalidInput)
        }
    }

    private static func choose(
        _ workspace: Workspace, _ directory: String, isImplicit: Bool, _ options: EnvironmentOptions, _ session: Session
    ) throws(Stop) -> RunContext {
        let wanted = options.environment
        switch workspace.environment(named: wanted, fromVariable: session.environment["PROFILECTL_ENV"]) {
        case .failure(let problem):
            throw Stop(problem.diagnostics, code: .invalidInput)
        case .success(let environment):
            let (variables, diagnostics) = environment.variables(processEnvironment: session.environment)
            guard diagnostics.isEmpty else { throw Stop(diagnostics, code: .invalidInput) }
            return RunContext(
                workspace: workspace, directory: directory, isImplicit: isImplicit, environment: environment,
                variables: variables)
        }
    }

    /// The manifests that the paths given on the command line select, or else the environment's own.
    func manifests(_ paths: [String]) async throws(Stop) -> LoadedManifests {
        if paths.isEmpty, isImplicit {
            throw Stop(
                Diagnostic(
                    .noManifestMatched, "there is no \(Workspace.fileName) here and no path was given",
                    help: "give a manifest or a directory of manifests, or write a workspace with `profilectl init`"),
                code: .invalidInput)
        }
        let patterns = paths.isEmpty ? environment.manifests ?? workspace.manifests : paths
        var loaded = await LoadedManifests.load(
            patterns, in: directory, variables: variables, settings: workspace.manifestSettings)
        loaded.sources.add(sources)
        loaded.diagnostics = warnings + loaded.diagnostics
        return loaded
    }

    var ledgerPath: String {
        resolvePath(environment.ledgerFile ?? ".profilectl/\(environment.name).sqlite", in: directory)
    }
}
