package import ProfileModel

/// One thing to do: at most one call, and what the ledger learns from it.
package struct Step: Sendable, Hashable {
    package enum Action: String, Sendable, CaseIterable {
        case create, update, delete
        /// No call: a live profile that already is as desired enters the ledger, or its entry catches up.
        case adopt
        /// No call: the ledger lets go of a profile, be it that it no longer exists.
        case forget
        /// No call: the ledger has the profile under another address, and its entry catches up.
        case move
    }

    /// How a profile came to its address, where a block of the manifests says so.
    package enum Arrival: Sendable, Hashable {
        /// The ledger has it under this address, and moves it when the step is done.
        case moved(from: Address)
        /// It was not managed before.
        case imported
    }

    /// The place in the execution order, from 1; 0 in a blocked step.
    package var number: Int
    package var address: Address
    package var action: Action
    package var reason: StepReason
    /// Nil when no call is needed.
    package var request: ProfileWrite?
    /// Nil for `create`.
    package var before: Profile?
    /// What the profile holds when the step is done, the name as the service derives it. Nil for `delete` and `forget`.
    package var after: ProfileValues?
    package var fields: [FieldChange]
    /// Numbers of the steps that must be done before.
    package var dependsOn: [Int]
    package var sideEffects: [SideEffect]
    package var precondition: Precondition
    /// What the ledger holds as last applied when the step is done. Nil for `delete` and `forget`.
    package var declared: ProfileValues?
    package var preventDestroy: Bool
    /// The ledger lets go of the profile when the step is done, instead of keeping what is declared.
    package var isLetGo = false
    /// Nil for what is no longer in the manifests, unless `removed` says so.
    package var origin: Origin?
    package var arrival: Arrival?
    /// What is added beside live identifiers of the same type, which stay.
    package var secondIdentifiers: [SecondIdentifier]
    /// A live name stays that the manifest does not give, and that is not derived from identifiers.
    package var keepsName = false
    /// What of the ledger the step rests on, for whoever applies the plan later; empty until it is asked for.
    package var ground: [Ground] = []
    /// What later runs held back at the address of a step that was planned earlier. The step leaves that in the ledger.
    package var heldBack: HeldBack?

    package init(
        number: Int = 0, address: Address, action: Action, reason: StepReason, request: ProfileWrite? = nil,
        before: Profile? = nil, after: ProfileValues? = nil, fields: [FieldChange] = [], dependsOn: [Int] = [],
        sideEffects: [SideEffect] = [], precondition: Precondition, declared: ProfileValues? = nil,
        preventDestroy: Bool = false, origin: Origin? = nil, arrival: Arrival? = nil,
        secondIdentifiers: [SecondIdentifier] = []
    ) {
        self.number = number
        self.address = address
        self.action = action
        self.reason = reason
        self.request = request
        self.before = before
        self.after = after
        self.fields = fields
        self.dependsOn = dependsOn
        self.sideEffects = sideEffects
        self.precondition = precondition
        self.declared = declared
        self.preventDestroy = preventDestroy
        self.origin = origin
        self.arrival = arrival
        self.secondIdentifiers = secondIdentifiers
    }
}

extension Step {
    /// The address that the ledger gives up when the step is done.
    package var movedFrom: Address? {
        switch arrival {
        case .moved(let from)?: from
        case .imported?, nil: nil
        }
    }

    /// Whether it deletes or forgets a profile that no manifest describes. What `removed` gives up is one of them: a
    /// manifest that describes it all the same would be an error.
    var isOfMissingDescription: Bool {
        switch reason {
        case .removedFromManifests, .goneEverywhere, .letGo: return true
        case .absent, .absentForUser, .setsAndAdds, .removesIdentifiers, .removesAttributes, .setsAttributesToNull,
            .resetsName, .partsRing, .existsUnmanaged, .alreadyLive, .renamed, .importedAsIs, .importRefused, .undone,
            .liveUnreadable:
            return false
        }
    }

    /// Whether another step brings the profile to its desired state, and this one only makes way for it.
    package var isExtra: Bool {
        if case .partsRing = reason { true } else { false }
    }
}

/// Why this step, and why this verb.
package enum StepReason: Sendable, Hashable {
    /// PUT by identifier query: no profile answers to the key.
    case absent
    /// PUT under the user whom the manifest names.
    case absentForUser(userID: String)
    /// PATCH: values are only set and identifiers only added.
    case setsAndAdds
    /// PUT by id, because PATCH would add the new identifiers and keep these.
    case removesIdentifiers([Identifier])
    /// PUT by id, because that PATCH deletes by null is not documented.
    case removesAttributes([[String]])
    /// PUT by id, because null in a PATCH may mean removal.
    case setsAttributesToNull([[String]])
    /// PUT by id, because a PATCH cannot give the name back to the service.
    case resetsName
    /// PUT by id, an extra step: these are given up for the time being, because the profiles of the ring take
    /// identifiers from one another and none could go first.
    case partsRing(without: [Identifier], ring: [Address])
    /// DELETE: in the ledger, no longer in the manifests.
    case removedFromManifests
    /// The key of the manifest selects a live profile that the ledger does not know, and nothing differs.
    case existsUnmanaged
    /// Live already has what the manifest now says; only the ledger is behind.
    case alreadyLive
    /// In the ledger, but neither in the manifests nor live.
    case goneEverywhere
    /// `moved` gives the profile another address, and nothing of it differs.
    case renamed
    /// `import` names the live profile, and nothing differs.
    case importedAsIs
    /// `import` is refused; the plan's diagnostics say why.
    case importRefused
    /// `removed` gives the profile up without destroying it.
    case letGo
    /// A rollback takes back what a run did.
    case undone
    /// The live profile cannot be read, so that nothing can be said of it.
    case liveUnreadable
}

/// What must still hold when the step runs.
package enum Precondition: Sendable, Hashable {
    /// No profile answers to the key.
    case absent(IdentifierQuery)
    /// The profile is as it was when the plan was made.
    case unchanged(id: String, updatedAt: Timestamp?, digest: String)
    /// A step without a call.
    case none
}

/// What a step does to a user record; none of it can be undone here (api notes, sections 3.2 and 3.3).
package enum SideEffect: Sendable, Hashable {
    case identityAdded(AffectedUser, Identifier, Certainty)
    case externalIDSet(AffectedUser, String, Certainty)
    /// Certain where no identifier could lead to a user who is there already.
    case anonymousUserCreated(name: String, Certainty)
    /// A new profile falls to a user who has this identifier.
    case attached(AffectedUser, by: Identifier)
    /// The profile lets the identifier go, the user does not.
    case identityKept(userID: String?, Identifier)

    package enum Certainty: String, Sendable, CaseIterable {
        /// As far as the profiles that were read show the users.
        case certain
        /// The service's documentation has it both ways, or the user cannot be seen.
        case possible
    }
}

package enum AffectedUser: Sendable, Hashable {
    case known(String)
    /// The anonymous user that the service makes for the profile of this address.
    case new(Address)
    /// Several users are seen with the identifier, or none can be told.
    case unknown
}

/// One difference in one field, with both sides and who made it.
package struct FieldChange: Sendable, Hashable {
    package enum Change: Sendable, Hashable {
        case nameChanged(from: String?, to: String?)
        case identifierAdded(Identifier)
        case identifierRemoved(Identifier)
        /// Paths are keys from the outermost to the innermost.
        case attributeAdded(path: [String], AttributeValue)
        case attributeRemoved(path: [String], AttributeValue)
        case attributeChanged(path: [String], from: AttributeValue, to: AttributeValue)
    }

    /// Found by comparing manifest, last applied and live.
    package enum Cause: String, Sendable, CaseIterable {
        case youChangedIt = "you_changed_it"
        case changedOutside = "changed_outside"
        case both
        case neverApplied = "never_applied"
        /// A rollback, where live is as the run left it.
        case restored
        /// A rollback, where live was changed again since.
        case restoredOverLater = "restored_over_later"
    }

    package var change: Change
    package var cause: Cause

    package init(_ change: Change, _ cause: Cause) {
        self.change = change
        self.cause = cause
    }
}

/// A step that will not run, and why. Everything else goes on.
package struct BlockedStep: Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        case deletesAreOff
        case preventDestroy
        /// Every managed profile would be deleted.
        case deletesEverything(count: Int)
        case tooManyDeletes(count: Int, limit: Int, of: Int)
        case tooManyUpdates(count: Int, limit: Int, of: Int)
        /// The policy of the source forbids all deletes.
        case sourceKeepsAll(source: String)
        case tooManyDeletesOfSource(source: String, count: Int, limit: Int, of: Int)
        case tooManyUpdatesOfSource(source: String, count: Int, limit: Int, of: Int)
        /// The live profile belongs to another user than the manifest says.
        case userDiffers(live: String, desired: String)
        /// Waits for a step that is blocked itself.
        case dependsOn(Address)
        /// An error diagnostic of the plan concerns this profile.
        case conflict
        /// Another profile needs this step, but it was left out of the plan by name.
        case excluded
        /// A manifest that git tracks and that is not in the working tree describes the profile.
        case notCheckedOut(file: String)
        /// Git knows that the manifests described it, but no ledger says which live profile it was.
        case unknownWithoutLedger(IdentifierQuery)
        /// The live profile cannot be read.
        case unreadable(UnreadableProfile)
        /// The answer that would tell who has an identifier of this type cannot be read.
        case ownerUnreadable(identifierType: String)
        /// The call would send values of these fields that cannot be written as they were read.
        case notReproducible([DamagedField])
    }

    package var step: Step
    package var reason: Reason

    package init(step: Step, reason: Reason) {
        self.step = step
        self.reason = reason
    }
}
