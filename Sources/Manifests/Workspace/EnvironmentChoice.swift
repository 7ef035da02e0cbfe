package import Diagnostics

extension Workspace {
    /// The environment that a run is about: the named one, else the plan's, else the variable's, else the default,
    /// else the only one.
    /// - Parameters:
    ///   - name: of `--env`.
    ///   - ofPlan: the environment of a saved plan.
    ///   - fromVariable: of `PROFILECTL_ENV`; set to nothing counts as not set.
    package func environment(
        named name: String?, ofPlan: String? = nil, fromVariable: String?
    ) -> Result<Environment, Diagnostic> {
        if let name { return find(name, chosenBy: "--env") }
        if let ofPlan { return find(ofPlan, chosenBy: "the saved plan") }
        if let fromVariable, !fromVariable.isEmpty { return find(fromVariable, chosenBy: "PROFILECTL_ENV") }
        if let defaultEnvironment { return find(defaultEnvironment, chosenBy: "default_environment") }
        if environments.count == 1 { return .success(environments[0]) }
        return .failure(noEnvironment(among: environments.map(\.name)))
    }

    private func find(_ name: String, chosenBy what: String) -> Result<Environment, Diagnostic> {
        if let environment = environments.first(where: { $0.name == name }) { return .success(environment) }
        guard isWritten else { return .failure(environmentWithoutWorkspace(name, chosenBy: what)) }
        return .failure(unknownEnvironment(name, chosenBy: what, among: environments.map(\.name), at: nil))
    }
}
