/// PM32x: plans of less than everything.
extension ExplainPage {
    static let nothingInScope = ExplainPage(
        title: "The scope has no profile in it",
        meaning: """
            A glob of `--target` or `--exclude` matches no address of the manifests or the ledger, or what is left \
            out is all that was chosen. An empty plan would look like one with nothing to do, so there is none.
            """,
        example: .situation("`profilectl plan --target coolbike/*/*`, where the source is `coolbikes`."),
        fix: """
            Write the three parts of an address, `source/type/name`, with `*` where any will do; `profilectl ledger \
            list` and the plan show the addresses. Quote globs, so that the shell leaves them alone.
            """)
}
