import Planning
import ProfileModel

/// Why this step and why this verb, as a sentence.
extension SafeText {
    static func reason(_ step: Step) -> SafeText {
        switch step.reason {
        case .absent:
            switch step.request.flatMap(query) {
            case let query?: "no profile answers to \(.query(query))"
            case nil: "no profile answers to the key"
            }
        case .absentForUser(let userID):
            "user \(bare: userID) has no such profile, and the manifest names this user"
        case .setsAndAdds:
            "PATCH, because values are only set and identifiers only added"
        case .removesIdentifiers(let identifiers):
            removedIdentifiers(identifiers, in: step)
        case .removesAttributes(let paths):
            "PUT, because a PATCH is not documented to remove \(.paths(paths))"
        case .setsAttributesToNull(let paths):
            "PUT, because a PATCH might remove \(.paths(paths)) instead of setting null"
        case .resetsName:
            "PUT without a name, because a PATCH cannot leave the name to the service again"
        case .partsRing(let identifiers, let ring):
            "an extra step: temporarily without \(list(identifiers.map { .identifier($0) })), because "
                + "\(list(ring.map { "\($0)" })) take identifiers from one another"
        case .removedFromManifests:
            "in the ledger, but no longer in the manifests"
        case .existsUnmanaged:
            "exists already and nothing differs: it enters the ledger"
        case .alreadyLive:
            "is live already as the manifest says: the ledger catches up"
        case .goneEverywhere:
            "neither in the manifests nor live: the ledger lets go of it"
        case .renamed:
            "only the ledger changes: the profile stays as it is"
        case .importedAsIs:
            "import: nothing differs, and the profile enters the ledger"
        case .importRefused:
            "import: the profile is not taken over"
        case .undone: undone(step)
        case .liveUnreadable: "what is live cannot be read, so the step is not known"
        case .letGo:
            "removed, destroy: false: the ledger lets go of it, and the live profile stays as it is"
        }
    }

    private static func undone(_ step: Step) -> SafeText {
        switch step.action {
        case .create: "the run deleted it: it comes back with a new id, without its events"
        case .update, .adopt, .move: "only the ledger changes: it holds again what it held before the run"
        case .delete: "the run created it"
        case .forget: "it was not managed before the run: the ledger lets go of it, and the profile stays as it is"
        }
    }

    /// How the profile comes to its address; nil where the reason says all.
    static func arrival(_ step: Step) -> SafeText? {
        switch (step.arrival, step.action) {
        case (.moved(let from)?, _): "moved: was \(from)"
        case (.imported?, .update): "import: takes the profile over; it was not managed before"
        case (.imported?, .create), (.imported?, .delete), (.imported?, .adopt), (.imported?, .forget),
            (.imported?, .move), (nil, _):
            nil
        }
    }

    private static func query(of write: ProfileWrite) -> IdentifierQuery? {
        switch write {
        case .putUnderUser(_, let query, _), .putByQuery(let query, _), .patchByQuery(let query, _): query
        case .put, .patch, .delete: nil
        }
    }

    private static func removedIdentifiers(_ removed: [Identifier], in step: Step) -> SafeText {
        let added = step.fields.compactMap { field -> Identifier? in
            if case .identifierAdded(let identifier) = field.change { identifier } else { nil }
        }
        if let old = removed.first, removed.count == 1, added.count == 1, added[0].type == old.type {
            return "PUT, because PATCH would add the new \(bare: old.type) and keep the old one"
        }
        let names = list(removed.map { .identifier($0) })
        return added.isEmpty
            ? "PUT, because PATCH cannot remove \(names)"
            : "PUT, because PATCH would add the new identifiers and keep \(names)"
    }

    /// - Parameter address: of the profile whose step has this effect.
    static func sideEffect(_ effect: SideEffect, of address: Address) -> SafeText {
        switch effect {
        // That the new user stays is said where it is made.
        case .identityAdded(.new(address), let identifier, .certain):
            "the new user gets identity \(.identifier(identifier))"
        case .externalIDSet(.new(address), let value, .certain):
            "the new user gets external id \(bare: value)"
        case .identityAdded(let user, let identifier, let certainty):
            "\(self.user(user, of: address)) \(gets(certainty)) identity \(.identifier(identifier)) (not reversible here)"
        case .externalIDSet(let user, let value, let certainty):
            "\(self.user(user, of: address)) \(gets(certainty)) external id \(bare: value) (not reversible here)"
        case .anonymousUserCreated(let name, .certain):
            "an anonymous user \(quoted: name) is created (not reversible here)"
        case .anonymousUserCreated(let name, .possible):
            "an anonymous user \(quoted: name) is created, unless a user has one of these identities already"
                + " (not reversible here)"
        case .attached(let user, let identifier):
            "the profile falls to \(self.user(user, of: address)), by \(.identifier(identifier))"
        case .identityKept(let userID, let identifier) where identifier.type == "external_id":
            "\(keeper(userID)) keeps external id \(bare: identifier.value) (not reversible here)"
        case .identityKept(let userID, let identifier):
            "\(keeper(userID)) keeps identity \(.identifier(identifier)) (not reversible here)"
        }
    }

    private static func gets(_ certainty: SideEffect.Certainty) -> SafeText {
        switch certainty {
        case .certain: "gets"
        case .possible: "may get"
        }
    }

    private static func user(_ user: AffectedUser, of address: Address) -> SafeText {
        switch user {
        case .known(let userID): "user \(bare: userID)"
        case .new(address): "the new user"
        case .new(let other): "the new user of \(other)"
        case .unknown: "the profile's user"
        }
    }

    private static func keeper(_ userID: String?) -> SafeText {
        switch userID {
        case let userID?: "user \(bare: userID)"
        case nil: "the profile's user"
        }
    }

    /// Why a step will not run, with the flag that lets it.
    static func blocked(_ reason: BlockedStep.Reason) -> SafeText {
        switch reason {
        case .deletesAreOff:
            "deletes are off (--allow-delete)"
        case .preventDestroy:
            "prevent_destroy protects it (set lifecycle.prevent_destroy to false and apply that first)"
        case .deletesEverything(let count):
            count == 1
                ? "this would delete the only managed profile (--allow-delete-all)"
                : "this would delete all \(.count(count, "managed profile")) (--allow-delete-all)"
        case .tooManyDeletes(let count, let limit, let total):
            "\(.count(count, "delete")) of \(.count(total, "profile")), the policy allows \(limit) (policy.max_delete)"
        case .tooManyUpdates(let count, let limit, let total):
            "\(.count(count, "update")) of \(.count(total, "profile")), the policy allows \(limit) (policy.max_update)"
        case .sourceKeepsAll(let source):
            "profiles of source \(bare: source) are never deleted (policy.sources.\(bare: source).delete)"
        case .tooManyDeletesOfSource(let source, let count, let limit, let total):
            "\(.count(count, "delete")) of \(.count(total, "profile")) of source \(bare: source), "
                + "its policy allows \(limit) (policy.sources.\(bare: source).max_delete)"
        case .tooManyUpdatesOfSource(let source, let count, let limit, let total):
            "\(.count(count, "update")) of \(.count(total, "profile")) of source \(bare: source), "
                + "its policy allows \(limit) (policy.sources.\(bare: source).max_update)"
        case .userDiffers(let live, let desired):
            "belongs to user \(bare: live), the manifest says \(bare: desired), and a profile cannot change its user"
        case .dependsOn(let address):
            "waits for \(address), which is blocked"
        case .conflict:
            "an error above concerns this profile"
        case .excluded:
            "others wait for it, but --exclude leaves it out"
        case .notCheckedOut(let file):
            "\(bare: file) still describes it; git tracks this manifest, but it is not checked out "
                + "(`git sparse-checkout add \(folder(of: file))`)"
        case .unknownWithoutLedger(let query):
            "its manifest was removed; which live profile it was cannot be told without the ledger "
                + "(`profilectl get \(shellQuoted(text(of: query)))` looks for it)"
        case .unreadable(let profile):
            (profile.id.map { "the live profile \(bare: $0)" } ?? "the live profile")
                + " cannot be read: \(profile.words)"
        case .ownerUnreadable(let type):
            "takes \(bare: type) from a profile that cannot be read, so its owner is not known"
        case .notReproducible(let fields):
            "the call would send " + .list(fields.map { .field($0) })
                + " back damaged (give it a value in the manifest)"
        }
    }

    private static func folder(of file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return shellQuotedWhereNeeded(String(file[..<slash]))
    }

    /// Stand-ins name the identifier's type themselves.
    private static func text(of query: IdentifierQuery) -> String {
        let identifier = query.identifier
        return Pseudonym.isPseudonym(identifier.value, of: identifier.type)
            ? "\(query.source):\(query.type):\(identifier.value)" : query.description
    }

    static func cause(_ cause: FieldChange.Cause) -> SafeText {
        switch cause {
        case .youChangedIt: "you changed it"
        case .changedOutside: "changed outside"
        case .both: "you changed it, and so did others"
        case .neverApplied: "never applied before"
        case .restored: "as before the run"
        case .restoredOverLater: "as before the run; changed again since"
        }
    }
}

/// The stable names of reasons in machine formats.
extension StepReason {
    var code: String {
        switch self {
        case .absent: "absent"
        case .absentForUser: "absent_for_user"
        case .setsAndAdds: "sets_and_adds"
        case .removesIdentifiers: "removes_identifiers"
        case .removesAttributes: "removes_attributes"
        case .setsAttributesToNull: "sets_attributes_to_null"
        case .resetsName: "resets_name"
        case .partsRing: "parts_ring"
        case .removedFromManifests: "removed_from_manifests"
        case .existsUnmanaged: "exists_unmanaged"
        case .alreadyLive: "already_live"
        case .goneEverywhere: "gone_everywhere"
        case .renamed: "renamed"
        case .importedAsIs: "imported_as_is"
        case .importRefused: "import_refused"
        case .letGo: "let_go"
        case .undone: "undone"
        case .liveUnreadable: "live_unreadable"
        }
    }

    /// Whether people are told without asking: all but the plain case of a PATCH.
    var isWorthALine: Bool {
        switch self {
        case .setsAndAdds: false
        case .absent, .absentForUser, .removesIdentifiers, .removesAttributes, .setsAttributesToNull, .resetsName,
            .partsRing, .removedFromManifests, .existsUnmanaged, .alreadyLive, .goneEverywhere, .renamed,
            .importedAsIs, .importRefused, .letGo, .undone, .liveUnreadable:
            true
        }
    }
}

extension BlockedStep.Reason {
    var code: String {
        switch self {
        case .deletesAreOff: "deletes_are_off"
        case .preventDestroy: "prevent_destroy"
        case .deletesEverything: "deletes_everything"
        case .tooManyDeletes: "too_many_deletes"
        case .tooManyUpdates: "too_many_updates"
        case .sourceKeepsAll: "source_keeps_all"
        case .tooManyDeletesOfSource: "too_many_deletes_of_source"
        case .tooManyUpdatesOfSource: "too_many_updates_of_source"
        case .userDiffers: "user_differs"
        case .dependsOn: "depends_on"
        case .conflict: "conflict"
        case .excluded: "excluded"
        case .notCheckedOut: "not_checked_out"
        case .unknownWithoutLedger: "unknown_without_ledger"
        case .unreadable: "unreadable"
        case .ownerUnreadable: "owner_unreadable"
        case .notReproducible: "not_reproducible"
        }
    }
}

extension SafeText {
    /// `attributes.bio`.
    static func field(_ field: DamagedField) -> SafeText {
        switch field {
        case .name: "name"
        case .identifiers: "identifiers"
        case .attribute(let key): "attributes." + .path([key])
        }
    }
}

extension SafeText {
    /// Without inks, for machine formats.
    var plain: String { spans.map(\.text).joined() }
}
