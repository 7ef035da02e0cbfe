/// PM3xx and PM4xx: planning, ledger and saved plans.
extension ExplainPage {
    static let immutableField = ExplainPage(
        title: "A field of a live profile cannot change",
        meaning: """
            Source, type and user of a profile are fixed when it is created. The manifest asks for another one. \
            Deleting and creating it anew would destroy its events, so it is never done for you.
            """,
        example: .situation(
            "A profile that was applied with `type: visitor` gets `type: rider`, or another `user_id`."),
        fix: """
            Put the old value back, or describe a new profile under a new name and delete the old one knowingly: \
            remove its manifest and apply with `--allow-delete`.
            """)

    static let identifierOwnedElsewhere = ExplainPage(
        title: "An identifier belongs to another profile or user",
        meaning: """
            The service gives all identifiers of a profile to one user and, within a source and type, to one \
            profile. The live state shows that this one is taken, so the call would be refused half-way.
            """,
        example: .situation(
            "`email: walter@example.com` is wanted for one profile, and is live in one that is not managed."),
        fix: """
            Manage the other profile too and remove the identifier there (the plan then releases before it claims), \
            or correct the manifest. A user keeps an identity when a profile gives it up, so an e-mail address does not \
            move to a profile of another user: take it from the first user in the support product, apply the release, \
            and then claim it.
            """)

    static let twoAddressesOneProfile = ExplainPage(
        title: "Two addresses lead to one live profile",
        meaning: """
            Two profiles of the manifests, or of the ledger, or one of each, turn out to be the same live profile. \
            Each apply would undo the other.
            """,
        example: .situation("A profile was renamed in the manifest, and the ledger still has it under its old name."),
        fix: """
            Write `moved: [{from: OLD, to: NEW}]` for a profile with a new name, or remove one of the two. Where the ledger \
            has both addresses, `profilectl ledger forget ADDRESS` lets go of one; the profile stays as it is.
            """)

    static let ledgerMismatch = ExplainPage(
        title: "The ledger and the live state do not fit together",
        meaning: """
            What the ledger remembers of a profile, such as its id, its user or the account, is not what the service \
            answers. The ledger may be of another account, or the profile was replaced outside.
            """,
        example: .situation("`PROFILECTL_ENV` names staging, and the ledger file is that of production."),
        fix: """
            Check the environment and its `ledger.file`. For a profile that was replaced outside, use \
            `profilectl ledger forget ADDRESS`; the next plan finds it by its key identifier.
            """)

    static let identifiersOfSeveralUsers = ExplainPage(
        title: "The identifiers of a profile belong to several users",
        meaning: """
            A new profile falls to the user who has one of its standard identifiers (e-mail, phone number, external \
            id and so on). Here they lead to different users, and the service refuses such a profile.
            """,
        example: .situation(
            "`email` is live in a profile of user 123456, and `external_id` in one of user 654321."),
        fix: "Leave one of the identifiers out, or merge the two users in the support product first.")

    static let unknownUser = ExplainPage(
        title: "There is no such user",
        meaning: """
            The manifest wants a profile to be created under a user, and the service knows no user with this id.
            """,
        example: .situation("`user_id: \"999999\"`, copied from another account."),
        fix: "Correct `user_id`, or leave it out: the service then finds the user by the identifiers, or makes one.")

    static let identifierRing = ExplainPage(
        title: "Profiles exchange identifiers in a ring",
        meaning: """
            Each profile of a ring wants an identifier that the next one holds, so none can begin. The ring is \
            broken by an extra step on one member, which gives its identifier up first; the plan names it.
            """,
        example: .situation("Two profiles swap their e-mail addresses."),
        fix: """
            Usually nothing: read the extra step and apply. Where no member can give up its only identifier, apply \
            the change in two goes, with another identifier in between.
            """)

    static let ledgerLocked = ExplainPage(
        title: "Another run holds the ledger",
        meaning: """
            Only one apply at a time works on a ledger. The message says who holds it, where and for how long. The \
            hold ends with the run. While the run lives it renews its lease every 15 seconds; the lease of a run that \
            was killed ends within a minute, and whoever comes then takes over. A run that lost the lock, as one that \
            was asleep, notices before its next write and stops.
            """,
        example: .situation("Two pipelines apply to the same environment."),
        fix: """
            Wait for it, or let `--lock-timeout 5m` wait. If the holder is known to be dead, `profilectl ledger unlock` \
            takes the hold away at once; what was in flight is settled by the next apply.
            """)

    static let runCutOff = ExplainPage(
        title: "A run ended before its calls did",
        meaning: """
            An apply was killed, or its machine was, while calls were under way, or it saw no answer to some of them: the \
            journal has what was meant and not what came of it. Nothing is sent again blindly.
            """,
        example: .situation("A pipeline is cancelled while it applies."),
        fix: """
            Run `profilectl apply`: before it plans, it reads the profiles of those calls and writes down which had their \
            effect. `profilectl apply --resume` does only that.
            """)

    static let ledgerTooNew = ExplainPage(
        title: "The ledger was written by a newer profilectl",
        meaning: "The ledger has a form that this version does not know, and writing to it could lose what is there.",
        example: .situation("A colleague applied with a newer version."),
        fix: "Update profilectl; `profilectl version` shows the one in use.")

    static let planUnreadable = ExplainPage(
        title: "A saved plan cannot be read",
        meaning:
            "The file is not a plan, was changed after it was written, or has a form that this version does not know.",
        example: .situation("`profilectl apply plan.json`, where the file was edited by hand."),
        fix:
            "Make the plan again with `profilectl plan --out plan.json`. Plans are applied exactly as written, or not at all."
    )

    static let planOutdated = ExplainPage(
        title: "A saved plan is out of date",
        meaning: """
            Since the plan was made, the ledger, the environment or the profiles it touches have changed. What was \
            reviewed would no longer be what happens.
            """,
        example: .situation("Another apply ran between `plan --out` and `apply`."),
        fix: "Plan again, review, and apply the new plan.")

    static let ledgerUnusable = ExplainPage(
        title: "The ledger cannot be read or written",
        meaning: """
            The system refuses access to the ledger's file, or its disk is full. Before each call the ledger is told \
            of it, so without a ledger nothing more is sent to the service.
            """,
        example: .situation("The directory `.profilectl` belongs to another user."),
        fix: "Mend what the message names and run the command again: it goes on from what is live.")
}
