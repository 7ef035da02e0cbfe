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
    /// Names that readers may take for others.
    package var names: WrittenNames
    package var diagnostics: [Diagnostic]
    package var omissions: Omissions

    package init(
        name: String, profiles: [DesiredProfile], blocks: LifecycleBlocks = LifecycleBlocks(),
        names: WrittenNames = WrittenNames(), diagnostics: [Diagnostic], omissions: Omissions = Omissions()
    ) {
        self.name = name
        self.profiles = profiles
        self.blocks = blocks
        self.names = names
        self.diagnostics = diagnostics
        self.omissions = omissions
    }
}

/// What manifests say and what could not be read. Each has an error of its own, so a rule must not call it missing.
package struct Omissions: Sendable, Hashable {
    /// Names of profiles that were left out.
    var names: Set<String> = []
    /// Whether there may be profiles besides that nothing is known about.
    package var mayHideMore = false
    /// Addresses that moves and removals are about which were left out.
    var departures: Set<Address> = []
    /// Whether there may be moves and removals besides that nothing is known about.
    var mayHideDepartures = false

    package init(mayHideMore: Bool = false) {
        self.mayHideMore = mayHideMore
        mayHideDepartures = mayHideMore
    }

    mutating func append(_ other: Omissions) {
        names.formUnion(other.names)
        mayHideMore = mayHideMore || other.mayHideMore
        departures.formUnion(other.departures)
        mayHideDepartures = mayHideDepartures || other.mayHideDepartures
    }

    /// Nothing is known about a part of the file.
    mutating func hideAnything() {
        mayHideMore = true
        mayHideDepartures = true
    }

    /// Whether a profile of this address may have been left out.
    func mayHide(_ address: Address) -> Bool { mayHideMore || names.contains(address.name) }

    /// Whether a move or removal of this address may have been left out.
    func mayHideDeparture(of address: Address) -> Bool { mayHideDepartures || departures.contains(address) }
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
