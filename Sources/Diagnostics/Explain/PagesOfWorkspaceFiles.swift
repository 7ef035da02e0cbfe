/// PM213 to PM217: where the workspace file is.
extension ExplainPage {
    static let workspaceElsewhere = ExplainPage(
        title: "The workspace file has another name or place",
        meaning: """
            Without `profilectl.yaml` a command works on an embedded sandbox and reaches no account. Here a workspace is \
            probably meant: this directory has a file with nearly that name, or a folder above has the workspace \
            file. Folders are searched up to the root of the git repository; outside of a repository, up to the root \
            of the file system.
            """,
        example: .situation("`profilectl plan profiles` in a directory that has `profilectl.yml`."),
        fix: """
            Rename the file to `profilectl.yaml`, or give the directory of the workspace with `-C`. If an embedded \
            sandbox is meant, add `--env local`. The variable PROFILECTL_ENV does not count here: it may be set for \
            another directory.
            """)

    static let workspaceTwin = ExplainPage(
        title: "There are two workspace files",
        meaning:
            "`profilectl.yaml` is read. A file that differs only in its case or ending is not, with all that it says.",
        example: .situation("`profilectl.yaml` and `profilectl.yml` in one directory."),
        fix: "Remove or rename the file that is not meant.")

    static let sandboxInPipeline = ExplainPage(
        title: "A pipeline has no workspace file",
        meaning: """
            The variable CI is set, and the directory has no `profilectl.yaml`. An embedded sandbox would take all \
            changes, the job would succeed, and nothing would reach the account.
            """,
        example: .situation("A job runs `profilectl apply --auto-approve profiles` in the wrong directory."),
        fix: """
            Give the directory of the workspace with `-C`. A job that tests against the embedded sandbox adds \
            `--env local`.
            """)
}
