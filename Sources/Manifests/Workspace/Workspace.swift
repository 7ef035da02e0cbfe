package import Diagnostics

/// What `profilectl.yaml` says. File names in it are relative to the directory it lies in.
package struct Workspace: Sendable, Hashable {
    /// False for a directory without `profilectl.yaml`.
    package var isWritten: Bool
    /// Files, directories and globs; those of an environment replace them.
    package var manifests: [Template]
    package var defaultEnvironment: String?
    /// In the order written.
    package var environments: [Environment]
    /// Attributes whose values may be shown where others read; all others are redacted there.
    package var publicAttributes: [String]
    /// `attributes: strict_strings`.
    package var strictStrings: Bool

    package init(
        isWritten: Bool = true, manifests: [Template] = [Template(literal: "profiles")],
        defaultEnvironment: String? = nil, environments: [Environment] = [], publicAttributes: [String] = [],
        strictStrings: Bool = false
    ) {
        self.isWritten = isWritten
        self.manifests = manifests
        self.defaultEnvironment = defaultEnvironment
        self.environments = environments
        self.publicAttributes = publicAttributes
        self.strictStrings = strictStrings
    }

    /// A directory without `profilectl.yaml`: one environment `local`, an embedded sandbox.
    package static var implicit: Workspace {
        Workspace(
            isWritten: false,
            environments: [Environment(name: implicitEnvironmentName, service: .sandbox(dataFile: nil))])
    }

    package static let implicitEnvironmentName = "local"

    package var manifestSettings: ManifestSettings {
        ManifestSettings(strictStrings: strictStrings)
    }

    /// Where the manifests of an environment are, with variables put in; reports patterns that are not valid.
    package func manifestPatterns(
        for environment: Environment, _ variables: Variables, reporting diagnostics: inout [Diagnostic]
    ) -> [PathPattern] {
        (environment.manifests ?? manifests).compactMap { template in
            guard let text = template.resolve(variables, reporting: &diagnostics) else { return nil }
            if let pattern = PathPattern(text) { return pattern }
            diagnostics.append(badPattern(text, at: template.location))
            return nil
        }
    }
}
