/// `moved`: a profile that was known by another address.
package struct AddressMove: Sendable, Hashable {
    package var from: Address
    package var to: Address
    /// Where `from` is written.
    package var origin: Origin
    /// Where `to` is written.
    package var destination: Origin

    package init(from: Address, to: Address, origin: Origin, destination: Origin) {
        self.from = from
        self.to = to
        self.origin = origin
        self.destination = destination
    }
}

/// `removed`: an address that the manifests gave up on purpose.
package struct AddressRemoval: Sendable, Hashable {
    package var address: Address
    /// Whether the live profile is to be deleted, or only let go.
    package var destroys: Bool
    /// Where the address is written.
    package var origin: Origin

    package init(address: Address, destroys: Bool, origin: Origin) {
        self.address = address
        self.destroys = destroys
        self.origin = origin
    }
}

/// `import`: a live profile that is to be managed from now on.
package struct ProfileImport: Sendable, Hashable {
    package enum Selector: Sendable, Hashable {
        case id(String)
        case query(IdentifierQuery)
        /// The one profile of the address's source and type that this user has.
        case user(String)
    }

    package var to: Address
    package var selector: Selector
    /// Where `to` is written.
    package var origin: Origin
    /// Where the value of `id`, `identifier` or `user_id` is written.
    package var selectorOrigin: Origin

    package init(to: Address, selector: Selector, origin: Origin, selectorOrigin: Origin) {
        self.to = to
        self.selector = selector
        self.origin = origin
        self.selectorOrigin = selectorOrigin
    }
}

extension ProfileImport.Selector: CustomStringConvertible {
    /// As it is written.
    package var description: String {
        switch self {
        case .id(let id): id
        case .query(let query): query.description
        case .user(let user): user
        }
    }
}
