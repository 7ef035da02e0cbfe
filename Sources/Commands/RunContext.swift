import Diagnostics
import Manifests
import ProfileModel

/// What a command works on: the workspace, or the stand-in for one, and the chosen environment.
struct RunContext: Sendable {
    static let workspaceFileName = WorkspaceFileName.exact

    var workspace: Workspace
    /// Absolute; where the workspace file is, or would be.
    var directory: String
    var environment: Environment
    var variables: Variables
    var sources = SourceLibrary()
    var warnings: [Diagnostic] = []

    /// Reads the workspace file of the directory, if it has one, and picks the environment.
    /// - Parameters:
    ///   - paths: manifests and plans that the command is given.
    ///   - planned: the environment of a saved plan.
    ///   - check: for files that environments share. Where all are compared, what was found is among the warnings, so
    ///     that it is shown with everything else.
    static func load(
        _ options: EnvironmentOptions, paths: [String] = [], planned: String? = nil, in session: Session,
        comparing check: StoreCheck = .chosen
    ) throws(Stop) -> RunContext {
        var context = try loadUnchecked(options, paths, planned, in: session)
        let shared = context.sharedStores(check, in: session)
        context.warnings += shared
        switch check {
        case .all: return context
        case .chosen where shared.isEmpty: return context
        case .chosen: throw Stop(context.warnings, code: .invalidInput, sources: context.sources)
        }
    }

    private static func loadUnchecked(
        _ options: EnvironmentOptions, _ paths: [String], _ planned: String?, in session: Session
    ) throws(Stop) -> RunContext {
        let read = try WorkspaceReading(options, for: .environment, paths: paths, in: session)
        let chosen = read.workspace.environment(
            named: options.environment, ofPlan: planned, fromVariable: try options.variable(in: session))
        switch chosen {
        case .failure(let problem):
            throw Stop([problem], code: .invalidInput, sources: read.sources)
        case .success(let environment):
            return RunContext(
                workspace: read.workspace, directory: read.directory, environment: environment,
                variables: environment.variables(environment: session.variables), sources: read.sources,
                warnings: read.warnings)
        }
    }

    /// The manifests that the paths given on the command line select, or else the environment's own.
    /// - Parameters:
    ///   - others: manifests that are not in the working tree and count all the same.
    ///   - mayBeEmpty: manifests that describe no profile are meant so.
    ///   - session: lets git say what became of manifests that are not found.
    func manifests(
        _ paths: [String], and others: [SourceText] = [], mayBeEmpty: Bool = false, in session: Session? = nil
    ) async throws(Stop) -> LoadedManifests {
        if paths.isEmpty, !workspace.isWritten {
            throw Stop(
                Diagnostic(
                    .noManifestMatched, "there is no \(Self.workspaceFileName) here and no path was given",
                    help: "give a manifest or a directory of manifests, or write a workspace with `profilectl init`"),
                code: .invalidInput)
        }
        var settings = workspace.manifestSettings
        settings.allowEmpty = mayBeEmpty
        let patterns = try manifestPatterns(paths)
        var loaded = await LoadedManifests.load(
            patterns, and: others, in: directory, variables: variables, settings: settings)
        if let session {
            let absent = AbsentManifests(patterns: patterns, context: self, session: session)
            loaded.diagnostics = absent.explaining(loaded.diagnostics)
        }
        loaded.sources.add(sources)
        loaded.diagnostics = warnings + loaded.diagnostics
        if !loaded.hasErrors, let warning = ledgerNameWarning() { loaded.diagnostics.append(warning) }
        // Files that are named are not all that there are.
        if paths.isEmpty, !loaded.hasErrors {
            // Nothing is told where the ledger cannot be looked at: who needs it says why.
            if let managed = try? ledgerAddresses(of: self) {
                loaded.diagnostics += uselessPolicies(beside: loaded.desired, managed)
                loaded.diagnostics += skippedManifests(loaded, patterns, managed)
            }
        }
        return loaded
    }

    private func skippedManifests(
        _ loaded: LoadedManifests, _ patterns: [PathPattern], _ managed: [Address]
    ) -> [Diagnostic] {
        let gone = managed.isEmpty ? [] : loaded.desired.undescribed(of: managed)
        return gone.isEmpty ? [] : SkippedManifests(directory: directory, read: loaded.files).warnings(patterns, gone)
    }

    private func uselessPolicies(beside desired: DesiredState, _ managed: [Address]) -> [Diagnostic] {
        guard !environment.policy.sources.isEmpty else { return [] }
        let addresses = desired.profiles.map(\.address) + managed
        return unknownSources(in: environment.policy, among: Set(addresses.map { ExactText($0.source) }))
    }

    /// The same for commands that go on from there: errors end them.
    func validManifests(
        _ paths: [String], and others: [SourceText] = [], mayBeEmpty: Bool = false, in session: Session? = nil
    ) async throws(Stop) -> LoadedManifests {
        let loaded = try await manifests(paths, and: others, mayBeEmpty: mayBeEmpty, in: session)
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

    /// The first line of what is shown where an embedded sandbox stands in for a workspace; else nothing.
    var notice: String {
        if workspace.isWritten { return "" }
        return "No \(Self.workspaceFileName) here: an embedded sandbox stands in as environment "
            + "`\(environment.name)`; no account is touched.\n"
    }

    func ledgerPath() throws(Stop) -> String {
        try resolved(environment.ledgerFile).path(in: directory)
    }

    /// A text of the workspace file with everything replaced; what cannot be is told with its place.
    /// - Parameter what: names it in messages.
    func resolved(_ template: Template, _ what: String = "this value") throws(Stop) -> String {
        var problems: [Diagnostic] = []
        guard let text = template.resolve(variables, reporting: &problems) else {
            throw Stop(problems, code: .invalidInput, sources: sources)
        }
        if let problem = strayCharacter(in: text, what, at: template.location) {
            throw Stop([problem], code: .invalidInput, sources: sources)
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
