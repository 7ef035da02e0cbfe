import Diagnostics

func unknownEnvironment(
    _ name: String, chosenBy what: String, among names: [String], at location: SourceLocation?
) -> Diagnostic {
    Diagnostic(
        .unknownEnvironment, "there is no environment \"\(shortened(name))\", which \(what) names", at: location,
        help: names.isEmpty
            ? "write one under `environments` in profilectl.yaml"
            : suggestion(for: name, among: names, known: "environments"))
}

func noEnvironment(among names: [String]) -> Diagnostic {
    guard !names.isEmpty else {
        return Diagnostic(
            .noEnvironment, "profilectl.yaml has no environment",
            help: "write one, for example `environments: {local: {sandbox: {}}}`")
    }
    return Diagnostic(
        .noEnvironment, "there are several environments and none was chosen",
        help: "use --env or PROFILECTL_ENV, or write default_environment; environments: "
            + names.joined(separator: ", "))
}
