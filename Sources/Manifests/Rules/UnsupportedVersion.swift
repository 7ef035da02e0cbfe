import Diagnostics
import YAMLSyntax

/// Each document, and the workspace file, says which form it is written in.
private let supportedVersion = "1"

extension Findings {
    /// Reports a version that is absent or not known. False when the form is another one, of which nothing more
    /// can be said.
    /// - Parameter known: the keys beside it.
    mutating func acceptsVersion(of root: YAMLNode, _ part: String, known: [String]) -> Bool {
        guard let version = root["version"] else {
            guard !misspells("version", in: root, among: known) else { return true }
            let place = root.pairs.first?.key ?? root
            add(missingVersion(in: part, at: place.location))
            return true
        }
        guard let problem = unsupportedVersion(version) else { return true }
        add(problem)
        return problem.code != .unsupportedVersion
    }
}

func missingVersion(in part: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .missingValue, "\(part) has no version", at: location,
        help: "begin it with `version: \(supportedVersion)`")
}

private func unsupportedVersion(_ node: YAMLNode) -> Diagnostic? {
    if node.kind == .scalar, case .integer(supportedVersion) = node.scalar { return nil }
    let help = "this profilectl reads `version: \(supportedVersion)`"
    guard node.kind == .scalar, case .integer(let number) = node.scalar else {
        return Diagnostic(.wrongShape, "version must be a number without quotes", at: node.location, help: help)
    }
    return Diagnostic(
        .unsupportedVersion, "version \(number) is not known", at: node.location,
        help: "\(help); a newer form needs a newer profilectl")
}
