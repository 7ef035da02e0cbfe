/// What a saved plan rests on.
extension ExplainPage {
    static let groundMoved = ExplainPage(
        title: "What a saved plan rests on has changed",
        meaning: """
            A saved plan keeps what the ledger held for each of its profiles. Another apply, `ledger forget` or \
            `ledger move` has changed that since. The steps that rest on it are stale. They and the steps that wait for \
            them do not run; the other steps do. The exit code is 5.
            """,
        example: .situation(
            "A plan with a delete was saved. Then `prevent_destroy: true` was applied to the same profile."),
        fix: "Make the plan again with `profilectl plan --out`, review it, and apply the new one.")

    static let policyTightened = ExplainPage(
        title: "The policy of now blocks a step of a saved plan",
        meaning: """
            The policy is judged when a plan is made and again when it is applied. The environment allows less now than \
            when the plan was made. The blocked steps and the steps that wait for them do not run; the other steps do. The exit \
            code is 4. Flags that were given to `plan` are kept in the plan and still count. `delete: never` and \
            `prevent_destroy` hold against all flags.
            """,
        example: .situation(
            "A plan with a delete was saved under `allow_delete: true`. Then the policy was set to `allow_delete: false`."
        ),
        fix: """
            If the step is still wanted, allow it in `policy` of profilectl.yaml, or make the plan again with \
            `--allow-delete`. Otherwise make a new plan, which leaves it out.
            """)

    static let managedElsewhere = ExplainPage(
        title: "The ledger has the profile at another address",
        meaning: """
            A live profile has one address. With two, each apply would undo what the other one wrote. The ledger \
            therefore refuses a second address, and stays as it was.
            """,
        example: .situation(
            "A profile was imported as `coolbikes/rider/ann`, and a run finds the same profile for `coolbikes/rider/bob`."
        ),
        fix: """
            Decide which address the profile is to have. `profilectl ledger forget ADDRESS` lets go of the other one; the \
            profile stays as it is.
            """)
}
