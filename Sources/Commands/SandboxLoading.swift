import Diagnostics
import Manifests
import ProfileModel
import Sandbox
import Views

/// Puts what manifests describe into a sandbox, as if it had always been there.
struct SandboxLoading {
    var options: EnvironmentOptions
    var session: Session

    func load(_ path: String, into sandbox: Sandbox) async throws {
        guard let pattern = PathPattern(path) else {
            throw Stop(Diagnostic(.badPattern, "'\(path)' is neither a path nor a pattern"), code: .usage)
        }
        let manifests = try await manifests(pattern)
        try session.errorOutput.write(
            DiagnosticsText.render(
                manifests.diagnostics, style: .forErrors(in: session, color: .auto), sources: manifests.sources.source))
        let profiles = manifests.desired.profiles.map { desired in
            Profile(
                id: "", userID: desired.userID, source: desired.address.source, type: desired.address.type,
                name: desired.name, identifiers: desired.identifiers, attributes: desired.attributes)
        }
        try sandbox.load(SandboxWorld(profiles: profiles))
    }

    /// Read as the workspace of the directory says, with the variables of the environment. An environment need not be
    /// chosen where no variable is used.
    private func manifests(_ pattern: PathPattern) async throws -> LoadedManifests {
        let read = try WorkspaceReading(options, for: .settings, in: session)
        var notChosen: Diagnostic?
        var variables = Variables(environment: session.variables)
        switch read.workspace.environment(
            named: options.environment, fromVariable: try options.variable(in: session))
        {
        case .success(let environment): variables = environment.variables(environment: session.variables)
        case .failure(let problem):
            guard options.environment == nil else { throw Stop([problem], code: .invalidInput, sources: read.sources) }
            notChosen = problem
        }
        var manifests = await LoadedManifests.load(
            [pattern], in: read.directory, variables: variables, settings: read.workspace.manifestSettings)
        manifests.sources.add(read.sources)
        manifests.diagnostics = read.warnings + manifests.diagnostics
        guard manifests.hasErrors else { return manifests }
        let lacksVariable = manifests.diagnostics.contains { $0.code == .missingVariable }
        if lacksVariable, let notChosen { manifests.diagnostics.append(notChosen) }
        throw Stop(manifests.diagnostics, code: .invalidInput, sources: manifests.sources)
    }
}
