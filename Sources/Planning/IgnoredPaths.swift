import ProfileModel

/// The fields that a manifest leaves alone once the profile exists (`lifecycle.ignore_changes`).
struct IgnoredPaths {
    enum Extent {
        case none
        /// Something below it is ignored, but not all.
        case partly
        case wholly
    }

    private(set) var name = false
    private(set) var identifiers = false
    /// Keys below `attributes`; an empty list ignores all of them.
    private var attributes: [[String]] = []

    init(_ paths: [[String]] = []) {
        for path in paths {
            switch path.first {
            case "name": name = true
            case "identifiers": identifiers = true
            case "attributes": attributes.append(Array(path.dropFirst()))
            default: break
            }
        }
    }

    var ignoresAttributes: Bool { !attributes.isEmpty }

    func extent(ofAttribute path: [String]) -> Extent {
        if attributes.contains(where: { path.starts(with: $0, by: same) }) { return .wholly }
        return attributes.contains { $0.starts(with: path, by: same) } ? .partly : .none
    }

    private func same(_ a: String, _ b: String) -> Bool { a.isExactly(b) }
}
