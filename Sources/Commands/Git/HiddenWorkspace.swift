import Diagnostics

extension RunContext {
    /// A workspace file that a sparse checkout leaves out is meant all the same: no sandbox may stand in for it.
    /// Git is asked only where a sparse checkout is.
    static func refuseHiddenWorkspace(in directory: String, _ session: Session) throws(Stop) {
        guard let place = RepositoryPlaces.enclosing(directory), RepositoryPlaces.isSparse(place) else { return }
        let path = resolvingLinks(resolvePath(workspaceFileName, in: directory))
        guard let repository = try? GitRepository(around: place, in: session),
            let entries = try? repository.trackedEntries(),
            entries.contains(where: { $0.isSkipped && repository.place(of: $0) == path })
        else { return }
        throw Stop(
            Diagnostic(
                .manifestsNotCheckedOut, "git tracks \(workspaceFileName) in \(directory), but it is not checked out",
                help: """
                    `git sparse-checkout add` or `git sparse-checkout disable` checks it out. \
                    To use the embedded sandbox instead, give --env local
                    """),
            code: .invalidInput)
    }
}
