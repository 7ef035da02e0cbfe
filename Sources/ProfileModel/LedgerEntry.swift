/// What profilectl knows of a profile that it manages.
package struct LedgerEntry: Sendable, Hashable {
    package var address: Address
    package var profileID: String
    package var userID: String?
    /// What the manifest declared when it was last applied: no more and no less.
    package var lastApplied: ProfileValues
    /// What the service made of it, where it keeps other forms.
    package var kept: KeptForms
    /// Remembered, so that removing the manifest does not remove the protection.
    package var preventDestroy: Bool
    /// Nil unless a limit of the policy held the profile's last delete or update back.
    package var heldBack: HeldBack?

    package init(
        address: Address, profileID: String, userID: String?, lastApplied: ProfileValues, preventDestroy: Bool = false,
        heldBack: HeldBack? = nil, kept: KeptForms = KeptForms()
    ) {
        self.address = address
        self.profileID = profileID
        self.userID = userID
        self.lastApplied = lastApplied
        self.preventDestroy = preventDestroy
        self.heldBack = heldBack
        self.kept = kept
    }
}

/// The number of profiles that a limit was a part of when it held a step back. What was created since does not
/// loosen the limit, or a second run would do what the first one refused.
package struct HeldBack: Sendable, Hashable {
    /// Of all profiles; nil when no limit on all of them was in the way.
    package var among: Int?
    /// Of the profiles of the source.
    package var amongSource: Int?

    package init(among: Int? = nil, amongSource: Int? = nil) {
        self.among = among
        self.amongSource = amongSource
    }
}
