/// What profilectl knows of a profile that it manages.
package struct LedgerEntry: Sendable, Hashable {
    package var address: Address
    package var profileID: String
    package var userID: String?
    /// What the manifest declared when it was last applied: no more and no less.
    package var lastApplied: ProfileValues
    /// Remembered, so that removing the manifest does not remove the protection.
    package var preventDestroy: Bool

    package init(
        address: Address, profileID: String, userID: String?, lastApplied: ProfileValues, preventDestroy: Bool = false
    ) {
        self.address = address
        self.profileID = profileID
        self.userID = userID
        self.lastApplied = lastApplied
        self.preventDestroy = preventDestroy
    }
}
