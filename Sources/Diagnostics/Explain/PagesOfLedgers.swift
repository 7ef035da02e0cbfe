/// The ledger's file, and what may be wrong with it.
extension ExplainPage {
    static let sharedLedger = ExplainPage(
        title: "Two environments have one ledger file",
        meaning: """
            An apply deletes what the ledger has and the manifests do not. With one ledger for two environments, each \
            would take the other's profiles for removed ones. Paths are compared by the file they lead to: links and \
            other spellings of a path are the same file. `validate` compares all environments of the workspace; other \
            commands compare the chosen environment with the others. A path whose variables are not set is not compared.
            """,
        example: .situation(
            """
            `staging: {ledger: {file: ledger.sqlite}, …}` and `production: {ledger: {file: ./ledger.sqlite}, …}`.
            """),
        fix: """
            Give each environment a ledger of its own, or leave `ledger` out: the default is \
            `.profilectl/<environment>.sqlite`. The environment that made the ledger keeps it.
            """)

    static let ledgerIsSandbox = ExplainPage(
        title: "A sandbox keeps its data in the file of a ledger",
        meaning: """
            A sandbox and a ledger are two SQLite files with different contents, so one file cannot be both. SQLite also \
            makes files beside each of them (`-journal`, `-wal`, `-shm`), which nothing else may use.
            """,
        example: .situation(
            "`local: {sandbox: {data: .profilectl/local.sqlite}}`: that is the ledger's default place."),
        fix:
            "Give `sandbox.data` another name, or leave it out: the default is `.profilectl/<environment>-sandbox.sqlite`."
    )

    static let ledgerDamaged = ExplainPage(
        title: "The ledger cannot be read",
        meaning: """
            The file is not a ledger, or parts of it are destroyed. An empty file is not a ledger either: profilectl \
            makes a new ledger under another name and renames it when it is complete, so an empty file was made by \
            something else. Such a file is never read as an empty ledger, and it is never overwritten.
            """,
        example: .situation(
            "The disk was full while the file was copied, git has a pointer in its place, or `ledger.file` names another file."
        ),
        fix: """
            Check `ledger.file` and restore the file from a backup. Without one, move it away: the next plan finds \
            profiles by their key identifiers, and shows what it takes over before anything is written.
            """)

    static let ledgerGone = ExplainPage(
        title: "The ledger was removed or replaced during a run",
        meaning: """
            Another program removed, moved or replaced the ledger's file while profilectl was using it. What this run \
            writes no longer reaches the file under that name, so no further call is made. The message lists the \
            profiles that this run wrote: the file that is in place now does not know of them.
            """,
        example: .situation("A clean-up job removes `.profilectl` while `apply` runs."),
        fix: """
            Put the file back if you can: the next apply then settles the calls whose outcome is not recorded. Otherwise \
            run `profilectl plan`: profiles are found again by their key identifiers.
            """)

    static let ledgerHeld = ExplainPage(
        title: "Another program holds the ledger's file",
        meaning: """
            Another program has a transaction open in the ledger's SQLite file. SQLite lets nobody write while somebody \
            reads, and nobody read while somebody writes. At its beginning a command waits for 5 seconds, or for as long \
            as `--lock-timeout` says. Once an apply has begun it waits for at least 10 minutes, because what its calls \
            did must be recorded. It makes no further call meanwhile; Ctrl-C ends the waiting.
            """,
        example: .situation(
            "`sqlite3 .profilectl/staging.sqlite` is open in another terminal, in the middle of a `BEGIN`."),
        fix:
            "End the program that the message names, or its transaction. Copy a ledger to look at it with other programs."
    )

    static let strayJournal = ExplainPage(
        title: "A ledger's journal is there without its ledger",
        meaning: """
            SQLite keeps an unfinished transaction in a file beside the ledger, with `-journal` or `-wal` at the end of \
            its name. The ledger itself is gone. A new ledger in its place would be destroyed: SQLite would copy the old \
            journal into it.
            """,
        example: .situation(
            "A run was killed, and then only `staging.sqlite` was moved away, not `staging.sqlite-journal`."),
        fix: """
            Move the ledger back beside its journal: the next command then undoes the unfinished transaction. If the \
            ledger is lost, move the journal away too.
            """)

    static let ledgerOfAnotherName = ExplainPage(
        title: "The ledger was last used by an environment of another name",
        meaning: """
            The ledger remembers the environment of the last command that wrote to it. Here that environment has another \
            name and the same account. Either the environment was renamed, or two workspaces use one ledger. In that case \
            each takes the other's profiles for removed ones, and would delete them where deletes are allowed.
            """,
        example: .situation(
            "Two workspaces have `ledger: {file: /srv/profiles.sqlite}`, one in `staging` and one in `test`."),
        fix: """
            Give each environment a ledger of its own. After a renaming there is nothing to do: the next apply writes \
            the new name into the ledger.
            """)
}
