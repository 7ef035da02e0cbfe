package import ProfileModel

/// A step of an earlier run whose end nobody saw, and what a look at the service tells of it.
package struct SettledStep: Sendable, Hashable {
    package enum Finding: Sendable, Hashable {
        case tookEffect(profileID: String)
        case hadNoEffect
        case cannotBeTold(Doubt)
    }

    package enum Doubt: Sendable, Hashable {
        /// The profile is neither as it was nor as it was to be.
        case differs(profileID: String)
        /// The profile that was to be changed is gone.
        case gone(profileID: String)
        /// The run that wrote the journal kept too little.
        case notKept
        /// The answer to the look cannot be read, so a later run looks again. The id is that of the profile, where the
        /// journal has it.
        case unreadable(profileID: String?)
    }

    package var run: String
    package var number: Int
    package var address: Address
    /// The plan's word for it.
    package var action: String
    package var finding: Finding

    package init(run: String, number: Int, address: Address, action: String, finding: Finding) {
        self.run = run
        self.number = number
        self.address = address
        self.action = action
        self.finding = finding
    }
}
