/// PM41x: recorded live state, and plans made from it.
extension ExplainPage {
    static let snapshotUnreadable = ExplainPage(
        title: "A snapshot cannot be read",
        meaning: "The file is no snapshot, is damaged, or has a form that this version does not know.",
        example: .situation("`profilectl plan --snapshot plan.json`, where the file is a saved plan."),
        fix: "Name a file of `profilectl snapshot --out FILE`, or take the snapshot anew.")

    static let snapshotMismatch = ExplainPage(
        title: "The snapshot is of another environment",
        meaning: """
            A snapshot says which environment and which service it was taken of. A plan from the live state of one \
            account for another one would be wrong in every line, so there is none.
            """,
        example: .situation("A snapshot of staging, and `profilectl plan --env production --snapshot staging.json`."),
        fix: "Choose the environment of the snapshot with `--env`, or take a snapshot of this one.")

    static let snapshotIncomplete = ExplainPage(
        title: "The snapshot does not hold all that is needed",
        meaning: """
            A snapshot answers the questions of the manifests and the ledger for which it was taken. A profile that \
            was added to them since is not in it, and what was not asked is not taken for what is not there.
            """,
        example: .situation("A manifest was added after the snapshot was taken, or it was taken with `--target`."),
        fix: """
            Take it anew with `profilectl snapshot --out FILE`, with the same manifests and scope as the plan. Or plan \
            the other profiles with `--skip-unanswered`; the plan says which ones are left out.
            """)

    static let planNotApplicable = ExplainPage(
        title: "A plan from a snapshot is not applied",
        meaning: """
            The plan was made with `--snapshot`, from live state that was recorded earlier. It shows what would have \
            been done then; what is live now, nobody looked at.
            """,
        example: .situation(
            "`profilectl plan --snapshot live.json --out plan.json`, then `profilectl apply plan.json`."),
        fix: "Make the plan without `--snapshot`, review it, and apply that.")
}
