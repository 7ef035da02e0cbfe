import Diagnostics
import Manifests
import ProfileModel
import Sandbox

/// Puts what manifests describe into a sandbox, as if it had always been there.
struct SandboxLoading {
    var session: Session
    var directory: String

    func load(_ path: String, into sandbox: Sandbox) async throws {
        guard let pattern = PathPattern(path) else {
            throw Stop(Diagnostic(.badPattern, "'\(path)' is neither a path nor a pattern"), code: .usage)
        }
        let manifests = await LoadedManifests.load(
            [pattern], in: directory, variables: Variables(environment: session.environment),
            settings: ManifestSettings())
        guard !manifests.hasErrors else {
            throw Stop(manifests.diagnostics, code: .invalidInput, sources: manifests.sources)
        }
        let profiles = manifests.desired.profiles.map { desired in
            Profile(
                id: "", userID: desired.userID, source: desired.address.source, type: desired.address.type,
                name: desired.name, identifiers: desired.identifiers, attributes: desired.attributes)
        }
        try sandbox.load(SandboxWorld(profiles: profiles))
    }
}
