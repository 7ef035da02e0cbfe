package import Diagnostics
package import ProfileModel

/// One manifest file, decoded: what it asks for and what is wrong with it.
package struct ManifestFile: Sendable {
    /// As in the `SourceText` it came from.
    package var name: String
    /// In the order written. A profile that could not be understood is left out, and has an error.
    package var profiles: [DesiredProfile]
    package var diagnostics: [Diagnostic]

    package init(name: String, profiles: [DesiredProfile], diagnostics: [Diagnostic]) {
        self.name = name
        self.profiles = profiles
        self.diagnostics = diagnostics
    }
}

/// What the workspace says about how its manifests are read.
package struct ManifestSettings: Sendable, Hashable {
    /// `attributes: strict_strings`: an attribute that is not a text is an error, not a warning.
    package var strictStrings: Bool
    /// Manifests without any profile are accepted: the way to delete the last ones.
    package var allowEmpty: Bool

    package init(strictStrings: Bool = false, allowEmpty: Bool = false) {
        self.strictStrings = strictStrings
        self.allowEmpty = allowEmpty
    }
}
