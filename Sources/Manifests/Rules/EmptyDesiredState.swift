import Diagnostics

/// "Nothing is wanted" would delete everything; it is never taken from a lack of text.
func emptyDesiredState(_ files: [ManifestFile]) -> Diagnostic {
    Diagnostic(
        .emptyDesiredState,
        files.count == 1 ? "the manifest describes no profile" : "the \(files.count) manifests describe no profile",
        at: files.first.map { beginning(of: $0.name) },
        help: "write profiles under `profiles:`; to delete the last ones on purpose, plan with --allow-delete-all")
}

func noManifestMatched() -> Diagnostic {
    Diagnostic(
        .noManifestMatched, "no manifest was found",
        help: "check `manifests:` in profilectl.yaml, or name the files")
}
