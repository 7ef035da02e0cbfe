import Diagnostics
import Manifests
import ProfileModel

/// What a command works on: the workspace, or the stand-in for one, and the chosen environment.
struct RunContext: Sendable {
    static let workspaceFileName = "profilectl.yaml"

    var workspace: Workspace
    /// Absolute; where the workspace file is, or would be.
    var directory: String
    var environment: Environment
    var variables: Variables
    var sources = SourceLibrary()
    var warnings: [Diagnostic] = []

    /// Reads the workspace file of the directory, if it has one, and picks the environment.
    static func load(_ options: EnvironmentOptions, in session: Session) throws(Stop) -> RunContext {
        let directory = try options.directory.path(in: session)
        let path = resolvePath(workspaceFileName, in: directory)
        guard kindOfFile(path) != .missing else {
            return try choose(.implicit, directory, SourceLibrary(), [], options, session)
        }
        let source = try sourceText(path)
        let (workspace, diagnostics) = readWorkspace(source)
        var sources = SourceLibrary()
        sources.add(source.hiding(workspace?.writtenSecrets ?? []))
        guard let workspace, !diagnostics.containsErrors else {
            throw Stop(diagnostics, code: .invalidInput, sources: sources)
        }
        return try choose(workspace, directory, sources, diagnostics, options, session)
    }

    private static func sourceText(_ path: String) throws(Stop) -> SourceText {
        do throws(FileFailure) {
            return SourceText(name: workspaceFileName, bytes: try readFile(path))
        } catch {
            let message = "cannot read \(workspaceFileName): \(error.reason)"
            throw Stop(Diagnostic(.unreadableFile, message), code: .invalidInput)
        }
    }

    private static func choose(
        _ workspace: Workspace, _ directory: String, _ sources: SourceLibrary, _ warnings: [Diagnostic],
        _ options: EnvironmentOptions, _ session: Session
    ) throws(Stop) -> RunContext {
        let chosen = workspace.environment(
            named: options.environment, fromVariable: session.environment["PROFILECTL_ENV"])
        switch chosen {
        case .failure(let problem):
            throw Stop([problem], code: .invalidInput, sources: sources)
        case .success(let environment):
            var problems: [Diagnostic] = []
            let variables = environment.variables(environment: session.environment, reporting: &problems)
            guard problems.isEmpty else { throw Stop(problems, code: .invalidInput, sources: sources) }
            return RunContext(
                workspace: workspace, directory: directory, environment: environment, variables: variables,
                sources: sources, warnings: warnings)
        }
    }

    /// The manifests that the paths given on the command line select, or else the environment's own.
    /// - Parameter mayBeEmpty: manifests that describe no profile are meant so.
    func manifests(_ paths: [String], mayBeEmpty: Bool = false) async throws(Stop) -> LoadedManifests {
        if paths.isEmpty, !workspace.isWritten {
            throw Stop(
                Diagnostic(
                    .noManifestMatched, "there is no \(Self.workspaceFileName) here and no path was given",
                    help: "give a manifest or a directory of manifests, or write a workspace with `profilectl init`"),
                code: .invalidInput)
        }
        var settings = workspace.manifestSettings
        settings.allowEmpty = mayBeEmpty
        var loaded = await LoadedManifests.load(
            try manifestPatterns(paths), in: directory, variables: variables, settings: settings)
        loaded.sources.add(sources)
        loaded.diagnostics = warnings + loaded.diagnostics
        // Files that are named are not all that there are.
        if paths.isEmpty, !loaded.hasErrors { loaded.diagnostics += uselessPolicies(beside: loaded.desired) }
        return loaded
    }

    /// Nothing is told where the ledger cannot be looked at: who needs it says why.
    private func uselessPolicies(beside desired: DesiredState) -> [Diagnostic] {
        let policy = environment.policy
        guard !policy.sources.isEmpty, let entries = try? ledgerEntries(of: self) else { return [] }
        let addresses = desired.profiles.map(\.address) + entries.map(\.address)
        return unknownSources(in: policy, among: Set(addresses.map { ExactText($0.source) }))
    }

    /// The same for commands that go on from there: errors end them.
    func validManifests(_ paths: [String], mayBeEmpty: Bool = false) async throws(Stop) -> LoadedManifests {
        let loaded = try await manifests(paths, mayBeEmpty: mayBeEmpty)
        guard loaded.hasErrors else { return loaded }
        throw Stop(loaded.diagnostics, code: .invalidInput, sources: loaded.sources)
    }

    /// Where manifests are: in the paths given on the command line, or else where the environment says.
    func manifestPatterns(_ paths: [String]) throws(Stop) -> [PathPattern] {
        var problems: [Diagnostic] = []
        let patterns =
            paths.isEmpty
            ? workspace.manifestPatterns(for: environment, variables, reporting: &problems)
            : commandLinePatterns(paths, reporting: &problems)
        guard problems.isEmpty else { throw Stop(problems, code: .invalidInput, sources: sources) }
        return patterns
    }

    private func commandLinePatterns(_ paths: [String], reporting problems: inout [Diagnostic]) -> [PathPattern] {
        paths.compactMap { path in
            if let pattern = PathPattern(path) { return pattern }
            problems.append(Diagnostic(.badPattern, "'\(path)' is neither a path nor a pattern"))
            return nil
        }
    }

    func ledgerPath() throws(Stop) -> String {
        try resolved(environment.ledgerFile).path(in: directory)
    }

    /// A text of the workspace file with everything replaced; what cannot be is told with its place.
    func resolved(_ template: Template) throws(Stop) -> String {
        var problems: [Diagnostic] = []
        guard let text = template.resolve(variables, reporting: &problems) else {
            throw Stop(problems, code: .invalidInput, sources: sources)
        }
        return text
    }
}

extension String {
    fileprivate func path(in directory: String) -> String { resolvePath(self, in: directory) }
}

extension [Diagnostic] {
    var containsErrors: Bool { contains { $0.severity == .error } }
}
