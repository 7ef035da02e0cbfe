import Diagnostics
import Glibc
import Manifests

/// Looks where the workspace file of a directory is, or where it may be instead.
struct WorkspaceSearch {
    /// Absolute.
    let directory: String
    let session: Session

    /// The path of the workspace file; nil when the directory has none.
    ///
    /// What stands under its name and cannot be one is an error, never a reason to go on without.
    func file() throws(Stop) -> String? {
        let path = resolvePath(WorkspaceFileName.exact, in: directory)
        let kind = kindOfFile(path)
        let isThere = kind != .missing || isLink(path)
        guard isThere else { return nil }
        let reason: String
        switch kind {
        case .file: return path
        case .directory: reason = "it is a directory"
        case .special: reason = "it is \(SpecialKind(of: path)?.words ?? "something else"), not a regular file"
        case .missing: reason = "it is a link that leads nowhere"
        }
        throw Stop(
            Diagnostic(.unreadableFile, "cannot read \(WorkspaceFileName.exact): \(reason)"), code: .invalidInput)
    }

    /// Warnings about files beside the workspace file that could be meant instead.
    func twins() -> [Diagnostic] {
        names(in: directory).filter { WorkspaceFileName.likeness(of: $0) == .twin }.map(workspaceTwin)
    }

    /// Refuses the embedded sandbox where a workspace is probably meant. `--env local` says that none is.
    /// - Parameter paths: manifests and plans that the command is given.
    func checkThatNoneIsMeant(_ options: EnvironmentOptions, in use: Use, _ paths: [String]) throws(Stop) {
        guard options.environment != Workspace.implicitEnvironmentName, let problem = problem(in: use, paths)
        else { return }
        throw Stop(problem, code: .invalidInput)
    }

    /// What a command needs of the workspace.
    enum Use {
        /// The account or sandbox of the environment.
        case environment
        /// Only what the workspace says of manifests.
        case settings
    }

    private func problem(in use: Use, _ paths: [String]) -> Diagnostic? {
        let near = names(in: directory).filter { WorkspaceFileName.likeness(of: $0) != nil }
        if !near.isEmpty { return workspaceNearlyHere(near) }
        if let (folder, name) = above(directory) { return workspaceAbove(named: name, option: option(for: folder)) }
        for path in paths {
            let start = resolvePath(PathPattern(path)?.root ?? path, in: directory)
            guard let (folder, name) = around(start) else { continue }
            return workspaceAround(path, file: name, option: option(for: folder))
        }
        switch use {
        case .environment: return session.isInPipeline ? sandboxInPipeline() : nil
        case .settings: return nil
        }
    }

    /// The nearest folder above that has a workspace file, up to the root of the repository; outside of one, up to
    /// the root of the file system.
    private func above(_ start: String) -> (folder: String, name: String)? {
        var folder = realPath(start)
        while folder != "/", !isRepository(folder) {
            folder = resolvePath("..", in: folder)
            if let name = workspaceName(in: folder) { return (folder, name) }
        }
        return nil
    }

    /// The same for what is given by its path, which may be the folder itself.
    private func around(_ path: String) -> (folder: String, name: String)? {
        let folder = realPath(path)
        guard kindOfFile(folder) == .directory else { return above(path) }
        return workspaceName(in: folder).map { (folder, $0) } ?? above(path)
    }

    private func workspaceName(in folder: String) -> String? {
        let found = names(in: folder)
        if found.contains(WorkspaceFileName.exact) { return WorkspaceFileName.exact }
        return found.first { WorkspaceFileName.likeness(of: $0) == .twin }
    }

    /// A work tree has a directory `.git`, or a file where it is a submodule or a linked one.
    private func isRepository(_ folder: String) -> Bool {
        kindOfFile(resolvePath(".git", in: folder)) != .missing
    }

    /// Files only: a folder is no workspace file, whatever its name. What cannot be listed has none.
    private func names(in folder: String) -> [String] {
        guard let names = try? DirectoryNames(of: folder).texts else { return [] }
        return names.filter { name in
            let isNear = name == WorkspaceFileName.exact || WorkspaceFileName.likeness(of: name) != nil
            return isNear && kindOfFile(resolvePath(name, in: folder)) != .directory
        }
    }

    /// The folder as the user may write it after `-C`.
    private func option(for folder: String) -> String {
        let start = realPath(session.workingDirectory)
        if folder == start { return "." }
        let isBelow = folder.hasPrefix(start == "/" ? start : start + "/")
        if isBelow { return String(folder.dropFirst(start == "/" ? 1 : start.count + 1)) }
        guard folder == "/" || start.hasPrefix(folder + "/") else { return folder }
        let steps = start.split(separator: "/").count - folder.split(separator: "/").count
        return [String](repeating: "..", count: steps).joined(separator: "/")
    }

    private func realPath(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
