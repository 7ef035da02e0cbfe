import Diagnostics

/// A secret in the workspace file ends up in git.
func literalSecret(_ key: String, _ secret: Template) -> Diagnostic? {
    guard secret.references.isEmpty else { return nil }
    return Diagnostic(
        .badAuthentication, "the \(key) is written into the file, where all who read the repository see it",
        severity: .warning, at: secret.location, help: "write \"${env:NAME}\" and set the variable where it runs")
}
