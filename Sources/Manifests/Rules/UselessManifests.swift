import Diagnostics

/// The `manifests` of an environment replace those of the workspace.
func uselessManifests(of environments: [Environment], at location: SourceLocation) -> Diagnostic? {
    guard !environments.isEmpty, environments.allSatisfy({ $0.manifests != nil }) else { return nil }
    return withoutEffect(
        "the list of manifests of the workspace",
        because: "each environment has manifests of its own, which replace them",
        at: location, help: "remove it; what all environments share is listed in each of them")
}
