import Diagnostics
import Manifests
import ProfileModel

/// The accepted drift of a workspace.
struct DriftBaseline {
    static let defaultName = "drift-baseline.yaml"

    var accepted: [AcceptedDrift] = []
    var sources = SourceLibrary()

    /// - Parameter name: as the user wrote it; without one the default file is read where it exists.
    static func load(_ name: String?, in directory: String) throws(Stop) -> DriftBaseline {
        let file = name ?? defaultName
        let path = resolvePath(file, in: directory)
        if name == nil, kindOfFile(path) == .missing, !isLink(path) { return DriftBaseline() }
        let source: SourceText
        do throws(FileFailure) {
            source = SourceText(name: file, bytes: try name == nil ? readRegularFile(path) : readFile(path))
        } catch {
            throw Stop(
                Diagnostic(.unreadableFile, "cannot read the drift baseline '\(file)': \(error.reason)"),
                code: .invalidInput)
        }
        let (accepted, diagnostics) = readDriftBaseline(source)
        var sources = SourceLibrary()
        sources.add(source)
        guard !diagnostics.containsErrors else { throw Stop(diagnostics, code: .invalidInput, sources: sources) }
        return DriftBaseline(accepted: accepted, sources: sources)
    }
}
