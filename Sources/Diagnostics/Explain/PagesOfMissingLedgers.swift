/// What is different without a ledger.
extension ExplainPage {
    static let ledgerMissing = ExplainPage(
        title: "The environment has no ledger of an earlier apply",
        meaning: """
            The ledger says which profiles profilectl manages and what it last applied. Without it, `plan` and `apply` \
            see all profiles for the first time and find them by their keys. They cannot notice that a manifest was \
            removed, that a key was changed, or that a value was taken out of a manifest. Such profiles and values stay \
            live. A profile whose key was changed is created a second time. An e-mail that was changed in a manifest is \
            added, and the old one stays. Nobody can tell who changed \
            what, and limits that held an earlier apply back are forgotten. `drift`, `rollback`, `show runs`, \
            `apply --resume` and the `ledger` commands have nothing to work with, so they exit with 1. A ledger file in \
            which no run has begun counts as missing too. An embedded sandbox without profiles needs no ledger.
            """,
        example: .situation(
            "A pipeline applies on a fresh clone, and the ledger `.profilectl/staging.sqlite` was never copied there."),
        fix: """
            Put the ledger of the earlier applies back in its place (`ledger` of the environment in profilectl.yaml, \
            else `.profilectl/ENVIRONMENT.sqlite`) and run the command again. If nothing was ever applied to this \
            environment, apply: the first run writes the ledger. Keep that file between the runs of a pipeline.
            """)

    static let secondIdentifier = ExplainPage(
        title: "A live identifier stays beside a new one of its type",
        meaning: """
            The step adds an identifier to a profile that has another one of the same type. The manifest does not have \
            the other one, and the ledger does not say that profilectl wrote it, so it stays. The profile then has both. \
            This happens when the ledger is missing, when a live profile is adopted, and when others added an identifier.
            """,
        example: .situation(
            "Live is `email: jane@old.example`, the manifest says `email: jane@new.example`, and the ledger is missing."
        ),
        fix: """
            To replace the live one, write `identifiers_mode: exclusive` in the profile's manifest. It removes all \
            identifiers of the profile that the manifest does not have. If the ledger is missing, put it back instead: \
            then only the identifiers that profilectl wrote are replaced. To keep both, write both in the manifest.
            """)

    static let unknownRemoval = ExplainPage(
        title: "Nobody knows the profile that is to be removed",
        meaning: """
            A `removed` block names an address, and only the ledger knows which live profile belongs to an address \
            that no manifest describes. The ledger is missing, so the block does nothing and the live profile stays.
            """,
        example: .situation(
            "`removed: [{address: coolbikes/rider/gone, destroy: true}]` is applied on a clone without the ledger."),
        fix: """
            Put the ledger of the earlier applies back and run the command again. Without it, first describe the profile \
            again, with an `import` block that names its id, and apply; then remove it.
            """)

    static let unknownMove = ExplainPage(
        title: "A moved profile is created as a new one",
        meaning: """
            A `moved` block says that a profile had another address before. The ledger does not have the old address, and \
            no live profile has the key of the new one, so the plan creates a profile. If the old profile is live under \
            another key, there will be two.
            """,
        example: .situation(
            "A profile was renamed and got another key in one commit, and the commit is applied without the ledger."),
        fix: """
            If the profile is live, name its id in an `import` block, or put the ledger of the earlier applies back. If \
            the profile never existed in this environment, nothing is wrong: the warning ends with the apply.
            """)

    static let firstRun = ExplainPage(
        title: "A first run is announced by --first-run",
        meaning: """
            Where the variable CI is set, `apply` does not start without a ledger: most pipelines that have none lost \
            it, and would keep what was removed and add what was changed. `--first-run` says that nothing was applied to \
            this environment before. Where there is a ledger, that is not true, and the option is a mistake of usage. \
            An embedded sandbox needs no such option.
            """,
        example: .situation("The first apply of a new environment in a pipeline, or one whose cache was emptied."),
        fix: """
            Put the ledger of the earlier applies back. Only if there never was one, run `profilectl apply --first-run` \
            once, and keep the ledger that it writes for the next run.
            """)
}
