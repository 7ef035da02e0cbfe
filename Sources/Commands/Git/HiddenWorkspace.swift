import Diagnostics

extension RunContext {
    /// A workspace file that a sparse checkout leaves out, here or in a folder above, is meant all the same: no sandbox
    /// may stand in for it. Git is asked only where a sparse checkout is.
    static func refuseHiddenWorkspace(in directory: String, _ session: Session) throws(Stop) {
        guard let place = RepositoryPlaces.enclosing(directory), RepositoryPlaces.isSparse(place) else { return }
        guard let repository = try? GitRepository(around: place, in: session),
            let entries = try? repository.trackedEntries()
        else { return }
        let here = resolvingLinks(directory)
        let folders = entries.filter { $0.isSkipped && repository.lacks($0) }.compactMap { entry in
            repository.place(of: entry).droppingSuffix("/" + workspaceFileName)
        }
        guard let nearest = folders.filter({ here.below($0) != nil }).max(by: { $0.utf8.count < $1.utf8.count })
        else { return }
        throw Stop(
            Diagnostic(
                .manifestsNotCheckedOut, "git tracks \(workspaceFileName) in \(nearest), but it is not checked out",
                help: """
                    `git sparse-checkout add` or `git sparse-checkout disable` checks it out. \
                    To use the embedded sandbox instead, give --env local
                    """),
            code: .invalidInput)
    }
}

extension String {
    fileprivate func droppingSuffix(_ end: String) -> String? { hasSuffix(end) ? String(dropLast(end.count)) : nil }
}
