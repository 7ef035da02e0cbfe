import Diagnostics

/// What is said when git cannot help.
enum GitFailure {
    static func unavailable(_ failure: ProgramCall.Failure) -> Stop {
        Stop(
            Diagnostic(
                .gitUnavailable,
                failure.isMissing ? "there is no `git` on the PATH" : "git cannot be run: \(failure.reason)",
                help: "install git, or say with --target which profiles to plan"),
            code: .error)
    }

    /// - Parameter isNamed: the process environment names a repository all the same.
    static func noRepository(_ directory: String, _ complaint: [String], isNamed: Bool) -> Stop {
        Stop(
            Diagnostic(
                .notARepository, "\(directory) is in no git repository that can be read", notes: notes(complaint),
                help: complaint.contains { $0.contains("safe.directory") }
                    ? "run the command that git names, if you trust the owner of the clone"
                    : isNamed
                        ? "GIT_DIR is used only with GIT_WORK_TREE, which must name a directory around this one"
                        : "run inside a clone, or say with --target which profiles to plan"),
            code: .error)
    }

    static func noMergeBase(_ revision: String, isShallow: Bool) -> Stop {
        Stop(
            Diagnostic(
                .mergeBaseMissing,
                isShallow
                    ? "this clone is shallow and does not reach back to where \(revision) and HEAD parted"
                    : "\(revision) and HEAD have no common history",
                help: isShallow
                    ? "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"
                    : "name a revision of this history"),
            code: .error)
    }

    static func noRevision(_ revision: String, in root: String, isShallow: Bool) -> Stop {
        Stop(
            Diagnostic(
                .revisionNotFound,
                revision == "HEAD"
                    ? "the repository has no commit yet" : "there is no revision '\(revision)' in \(root)",
                help: isShallow
                    ? "this clone is shallow: fetch with `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"
                    : "`git branch --all` and `git tag` list names; a branch of the server may have to be fetched first"
            ),
            code: .usage)
    }

    /// A manifest whose bytes git cannot give.
    static func noContent(_ path: String, _ complaint: [String]) -> Stop {
        Stop(
            Diagnostic(
                .manifestNotInRepository, "git cannot give the contents of '\(path)'", notes: notes(complaint),
                help: """
                    check the clone with `git fsck`. A partial clone fetches older files from its remote, and filters \
                    such as Git LFS and git-crypt must be set up: `git lfs install`, `git-crypt unlock`
                    """),
            code: .error)
    }

    static func unexpected(_ complaint: [String]) -> Stop {
        Stop(
            Diagnostic(
                .gitUnavailable, "git did not answer as expected", notes: notes(complaint),
                help: "check the clone with `git fsck`, or say with --target which profiles to plan"),
            code: .error)
    }

    /// All lines: what to do often stands below what is wrong.
    static func notes(_ complaint: [String]) -> [Diagnostic.Note] {
        complaint.prefix(12).enumerated().map { index, line in
            Diagnostic.Note(index == 0 ? "git says: \(line)" : line)
        }
    }
}
