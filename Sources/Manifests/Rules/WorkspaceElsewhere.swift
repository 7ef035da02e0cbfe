package import Diagnostics

/// The embedded sandbox never stands in for a workspace that is meant.
/// - Parameter names: the files of the directory that are nearly called `profilectl.yaml`.
package func workspaceNearlyHere(_ names: [String]) -> Diagnostic {
    let list = names.prefix(3).map { "'\(shortened($0))'" }.joined(separator: ", ")
    return Diagnostic(
        .workspaceElsewhere, "there is no \(WorkspaceFileName.exact) here, but there is \(list)",
        help: "rename the file to \(WorkspaceFileName.exact), or give the directory of the workspace with -C; "
            + sandboxIsMeant)
}

/// - Parameters:
///   - name: how the file in the folder above is called.
///   - option: what follows `-C` to work in that folder.
package func workspaceAbove(named name: String, option: String) -> Diagnostic {
    let file = option.hasSuffix("/") ? option + name : "\(option)/\(name)"
    let isExact = name == WorkspaceFileName.exact
    let first = isExact ? "" : "rename that file to \(WorkspaceFileName.exact), then "
    return Diagnostic(
        .workspaceElsewhere,
        isExact
            ? "there is no \(name) here, but a folder above has one: '\(file)'"
            : "there is no \(WorkspaceFileName.exact) here, but a folder above has '\(file)'",
        help: first + "work in that folder with `-C \(option)` (other paths are then relative to it); "
            + sandboxIsMeant)
}

/// What is given on the command line belongs to a workspace that the command does not work in.
/// - Parameters:
///   - path: the manifest, directory or plan, as the user wrote it.
///   - option: what follows `-C` to work in that workspace.
package func workspaceAround(_ path: String, file name: String, option: String) -> Diagnostic {
    let file = option.hasSuffix("/") ? option + name : "\(option)/\(name)"
    return Diagnostic(
        .workspaceElsewhere,
        "there is no \(WorkspaceFileName.exact) here, but '\(shortened(path))' belongs to the workspace of '\(file)'",
        help: "work in that folder with `-C \(option)` (other paths are then relative to it); " + sandboxIsMeant)
}

/// A second file that could be the workspace file is not read, so its settings do not count.
package func workspaceTwin(_ name: String) -> Diagnostic {
    Diagnostic(
        .workspaceTwin, "'\(shortened(name))' is not read, because there is also a \(WorkspaceFileName.exact)",
        severity: .warning,
        help: "remove or rename the file that is not meant")
}

/// Where nobody looks on, a sandbox that stands in for an account would look like success.
package func sandboxInPipeline() -> Diagnostic {
    Diagnostic(
        .sandboxInPipeline,
        "there is no \(WorkspaceFileName.exact) here, and where the variable CI is set no sandbox stands in for it",
        help: "give the directory of the workspace with -C; \(sandboxIsMeant)")
}

/// - Parameter what: as in "--env".
func environmentWithoutWorkspace(_ name: String, chosenBy what: String) -> Diagnostic {
    Diagnostic(
        .unknownEnvironment,
        "there is no environment \"\(shortened(name))\", which \(what) names: this directory has no \(WorkspaceFileName.exact)",
        help: "give the directory of the workspace with -C, or write a workspace with `profilectl init`")
}

private let sandboxIsMeant = "to work with an embedded sandbox and no workspace, add `--env local`"
