import Diagnostics
import ProfileModel

/// A field is ignored with all that is in it, so a second path to it or into it says nothing.
/// - Parameter paths: with the texts they were written as.
func uselessIgnoring(_ paths: [(path: [String], text: String, location: SourceLocation)]) -> [Diagnostic] {
    paths.indices.compactMap { index in
        let own = paths[index]
        let wider = paths.indices.first { other in
            other != index && paths[other].path.isPrefix(of: own.path)
                && (paths[other].path.count < own.path.count || other < index)
        }
        guard let wider else { return nil }
        return withoutEffect(
            "\"\(shortened(own.text))\"", because: "\"\(shortened(paths[wider].text))\" is ignored already",
            at: own.location, help: "remove one of them")
    }
}

extension [String] {
    fileprivate func isPrefix(of path: [String]) -> Bool {
        count <= path.count && zip(self, path).allSatisfy { $0.isExactly($1) }
    }
}
