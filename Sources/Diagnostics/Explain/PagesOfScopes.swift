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

    static let revisionNotFound = ExplainPage(
        title: "The revision of --since does not exist",
        meaning: """
            `--since` takes what git takes for a commit: a branch, a tag, a commit's name. The repository of the \
            workspace has none of this name. Clones of pipelines often have one branch only.
            """,
        example: .situation("`profilectl plan --since origin/mian`."),
        fix: "Correct the name, or fetch it first: `git fetch origin main` brings `origin/main`.")

    static let notARepository = ExplainPage(
        title: "The workspace is in no git repository",
        meaning: """
            `--since` compares the manifests with those of an older commit, so the workspace must lie in a clone \
            that git can read. Git also refuses clones that belong to another user.
            """,
        example: .situation(
            "`profilectl plan --since main` in an unpacked archive, or in a container as another user."),
        fix: """
            Run it inside the clone, or mark the clone as safe with `git config --global --add safe.directory DIR`. \
            Without git, `--target` names the profiles.
            """)

    static let mergeBaseMissing = ExplainPage(
        title: "There is no merge base to compare with",
        meaning: """
            `--since` compares with the commit where the history of HEAD and the revision parted. A shallow clone ends \
            before it, or the two have nothing in common.
            """,
        example: .situation("A pipeline that fetches the latest commit of two branches only, with `--depth 1`."),
        fix: "Fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout.")

    static let manifestsOutsideRepository = ExplainPage(
        title: "Old manifests cannot be found by git",
        meaning: """
            The manifests of the workspace, or some of them, are not files of the repository that the workspace lies \
            in: they are elsewhere, or reached over a link or a submodule. What they were before is not known.
            """,
        example: .situation("`manifests: [/srv/shared/profiles]` in a workspace under `/home/ops/repo`."),
        fix: "Keep the manifests in the repository, or plan without `--since`; `--target` can narrow the plan too.")

    static let oldManifestsUnusable = ExplainPage(
        title: "The manifests at the merge base are not valid",
        meaning: """
            To tell what changed, the manifests of the merge base are read with today's workspace file and variables. \
            They have errors, which are shown too, so what differs from them cannot be told.
            """,
        example: .situation("The main branch has a manifest with an unknown key, and this branch mends it."),
        fix: """
            Plan without `--since`, or name the profiles with `--target`. Once the mended manifests are in the main \
            branch, `--since` works again.
            """)

    static let gitUnavailable = ExplainPage(
        title: "The program git cannot be used",
        meaning:
            "`--since` reads older manifests through `git`, which is not installed, or does not answer as it should.",
        example: .situation("A container image without git."),
        fix: "Install git, or name the profiles with `--target` instead.")

    static let manifestsNotCheckedOut = ExplainPage(
        title: "Manifests that are not checked out cannot be read",
        meaning: """
            Profiles would be deleted or forgotten, because no manifest describes them. But git tracks manifests that \
            are not in the working tree: a sparse checkout leaves them out, or they are in a submodule. Such a manifest \
            was not removed, so its profiles must stay. Which profiles these are cannot be told here. A workspace file \
            that is left out is an error too: no sandbox may stand in for it.
            """,
        example: .situation("`profilectl plan` in a clone whose submodule `profiles/us` was never fetched."),
        fix: """
            Check the manifests out: `git sparse-checkout disable`, `git sparse-checkout add DIR` or `git submodule \
            update --init`. To plan without them, give the paths of the manifests that are there: such a plan \
            deletes only what `removed` names.
            """)

    static let manifestNotInRepository = ExplainPage(
        title: "Git cannot give the contents of a manifest",
        meaning: """
            The commit or the index names the manifest, but its contents cannot be had: the remote of a partial clone \
            does not answer, an object of the clone is missing or damaged, or a filter (Git LFS, git-crypt) failed. \
            The manifest was not removed, and what it describes is not known.
            """,
        example: .situation("`git clone --filter=blob:none`, and later `plan --since` where the remote is gone."),
        fix: """
            Read what git says. Give the clone access to its remote, mend it (`git fsck`), or set the filter up \
            (`git lfs install`, `git-crypt unlock`). `--target` names profiles without git.
            """)

    static let fileStandsIn = ExplainPage(
        title: "The file only stands in for a manifest",
        meaning: """
            The file is there, but its contents are not: it is a pointer of Git LFS or git-annex, or git-crypt has \
            not decrypted it. The manifest that it stands for was not read.
            """,
        example: .situation(
            "A clone that was made without `git lfs install`, so that `profiles/us.yaml` is a pointer."),
        fix: "Get the contents: `git lfs pull`, `git annex get FILE` or `git-crypt unlock`.")
}
