/// What was applied, and taking it back.
extension ExplainPage {
    static let unknownRun = ExplainPage(
        title: "There is no such run",
        meaning: """
            Every apply is a run with a name of its own, which begins with its time in UTC. The ledger of the \
            environment keeps it; another environment has other runs. A beginning of the name is enough where no other \
            run begins so.
            """,
        example: .situation("`profilectl show 20261126T15` on a day with no apply at that hour."),
        fix: "`profilectl show runs` lists the runs. Choose the environment with `--env`.")

    static let rollbackLeaves = ExplainPage(
        title: "A rollback cannot bring everything back",
        meaning: """
            The service destroys a profile's events with the profile, gives every new profile a new id, and shows no way \
            to take identities and external ids from users again. A rollback restores names, identifiers and attributes of \
            profiles, and the ledger.
            """,
        example: .situation("A run deleted a profile; rolled back, it is there with its values and a new id."),
        fix:
            "Look at the users named in the plan, and put right there what matters. Whatever used the old id needs the new one."
    )

    static let changedSinceRun = ExplainPage(
        title: "A profile was changed after the run that is rolled back",
        meaning: """
            A rollback restores the fields that the run changed. Where a later run or somebody else changed the same \
            fields, that is undone too; other fields stay as they are. Each line of the plan says which it is.
            """,
        example: .situation(
            "Run 1 set `tier` to gold, run 2 to platinum; the rollback of run 1 sets it back to silver."),
        fix: "Roll back the later run first, or accept what the plan shows.")

    static let notRolledBack = ExplainPage(
        title: "A part of the run is not rolled back",
        meaning: """
            What cannot be told or is no longer there is left out: profiles that are gone since, profiles that the ledger \
            let go of, and calls whose answer was lost. So is what conflicts with what there is by now: another profile \
            has the address or an identifier that was to come back. The rest of the run is rolled back.
            """,
        example: .situation(
            "The run took an email from a profile, and somebody gave it to another one since: the first cannot have it back."
        ),
        fix: """
            Where a call's answer was lost, `profilectl apply --resume` finds out what became of it; then roll back again. \
            Once an identifier or an address is free, the same rollback does the rest. Otherwise `profilectl get` shows \
            what is live.
            """)
}
