package import Diagnostics
package import ProfileModel

/// One manifest file, decoded: what it asks for and what is wrong with it.
package struct ManifestFile: Sendable {
    /// As in the `SourceText` it came from.
    package var name: String
    /// In the order written. A profile that could not be understood is left out, and has an error.
    package var profiles: [DesiredProfile]
    /// What stands under `moved`, `removed` and `import`.
    package var blocks: LifecycleBlocks
    package var diagnostics: [Diagnostic]

    package init(
        name: String, profiles: [DesiredProfile], blocks: LifecycleBlocks = LifecycleBlocks(),
        diagnostics: [Diagnostic]
    ) {
        self.name = name
        self.profiles = profiles
        self.blocks = blocks
        self.diagnostics = diagnostics
    }
}

/// What manifests say of profiles that come and go, in the order written.
package struct LifecycleBlocks: Sendable, Hashable {
    package var moves: [AddressMove] = []
    package var removals: [AddressRemoval] = []
    package var imports: [ProfileImport] = []

    package init() {}

    var isEmpty: Bool { moves.isEmpty && removals.isEmpty && imports.isEmpty }

    mutating func append(_ other: LifecycleBlocks) {
        moves += other.moves
        removals += other.removals
        imports += other.imports
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
