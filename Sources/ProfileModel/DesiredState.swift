/// The profiles that the manifests describe, and what they say of profiles that come and go.
package struct DesiredState: Sendable, Hashable {
    /// In address order, each address once.
    package var profiles: [DesiredProfile]
    /// Each address at most once as `from` and once as `to`; no ring.
    package var moves: [AddressMove]
    /// Each address once, none of them described or moved.
    package var removals: [AddressRemoval]
    /// Each address and each profile once.
    package var imports: [ProfileImport]

    package init(
        profiles: [DesiredProfile] = [], moves: [AddressMove] = [], removals: [AddressRemoval] = [],
        imports: [ProfileImport] = []
    ) {
        self.profiles = profiles
        self.moves = moves
        self.removals = removals
        self.imports = imports
    }
}

/// One profile as the manifests want it, with defaults and variables filled in.
package struct DesiredProfile: Sendable, Hashable {
    /// How much of a part the manifest rules.
    package enum Mode: String, Sendable, CaseIterable {
        /// Only what is written in the manifest.
        case declared
        /// All of it: what is not written is removed.
        case exclusive
    }

    package struct Lifecycle: Sendable, Hashable {
        package var preventDestroy: Bool
        /// Paths of fields that are left alone once the profile exists: `name`, `identifiers`,
        /// `attributes`, or `attributes` with keys below it (`["attributes", "last_seen"]`).
        package var ignoreChanges: [[String]]

        package init(preventDestroy: Bool = false, ignoreChanges: [[String]] = []) {
            self.preventDestroy = preventDestroy
            self.ignoreChanges = ignoreChanges
        }
    }

    package var address: Address
    /// Nil leaves the name to the service, which derives it (reference, table in "Standard identifiers").
    package var name: String?
    /// Not nil where a rollback wants a name back that cannot be written as it was.
    package var nameDamage: Damage?
    /// In the order written; never empty.
    package var identifiers: [Identifier]
    /// For each of `identifiers`, where it was written in `origin.file`; empty where that is not known.
    package var identifierPlaces: [Place]
    /// The identifier the profile is looked up by; one of `identifiers`.
    package var key: Identifier
    package var attributes: AttributeObject
    /// When given, the profile is created under this user (reference, "Create or update profile by user ID").
    package var userID: String?
    package var attributesMode: Mode
    package var identifiersMode: Mode
    package var lifecycle: Lifecycle
    /// Where the profile's name stands in the manifests.
    package var origin: Origin

    package static func == (a: DesiredProfile, b: DesiredProfile) -> Bool {
        a.address == b.address && a.name.isExactly(b.name) && a.nameDamage == b.nameDamage
            && a.identifiers == b.identifiers
            && a.identifierPlaces == b.identifierPlaces && a.key == b.key && a.attributes == b.attributes
            && a.userID == b.userID && a.attributesMode == b.attributesMode && a.identifiersMode == b.identifiersMode
            && a.lifecycle == b.lifecycle && a.origin == b.origin
    }
}

// In an extension, so that the initialiser of all members stays: it alone makes so large a value without
// a copy, and there are 100,000 of them.
extension DesiredProfile {
    package init(
        address: Address, name: String? = nil, identifiers: [Identifier], identifierPlaces: [Place] = [],
        key: Identifier? = nil, attributes: AttributeObject = [:], userID: String? = nil,
        attributesMode: Mode = .declared, identifiersMode: Mode = .declared, lifecycle: Lifecycle = Lifecycle(),
        origin: Origin
    ) {
        self.init(
            address: address, name: name, identifiers: identifiers, identifierPlaces: identifierPlaces,
            key: key ?? identifiers[0], attributes: attributes, userID: userID, attributesMode: attributesMode,
            identifiersMode: identifiersMode, lifecycle: lifecycle, origin: origin)
    }

    /// For each of `identifiers`, where it was written; empty where that is not known.
    package var identifierOrigins: [Origin] {
        identifierPlaces.map { Origin(file: origin.file, line: $0.line, column: $0.column) }
    }

    package var keyQuery: IdentifierQuery {
        IdentifierQuery(source: address.source, type: address.type, identifier: key)
    }
}
