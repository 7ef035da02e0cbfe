import Diagnostics

/// Makes the directory of a file of ours. A new `.profilectl` is kept out of git from the start:
/// ledgers and sandbox data hold personal data.
func preparePrivateDirectory(of path: String) throws(Stop) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let directory = String(path[..<slash])
    guard kindOfFile(directory) == .missing else { return }
    do throws(FileFailure) {
        try makeDirectory(directory)
        guard directory.hasSuffix("/.profilectl") else { return }
        try writeFile(directory + "/.gitignore", Array("*\n".utf8), isPrivate: false)
    } catch {
        throw Stop(
            Diagnostic(.unwritableFile, "cannot write in '\(error.path)': \(error.reason)"), code: .error)
    }
}
