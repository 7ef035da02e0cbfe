import Diagnostics
import YAMLSyntax

/// Each document, and the workspace file, says which form it is written in.
let supportedVersion = "1"

func missingVersion(in part: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
        .missingValue, "\(part) has no version", at: location,
        help: "begin it with `version: \(supportedVersion)`")
}

func unsupportedVersion(_ node: YAMLNode) -> Diagnostic? {
    if case .integer(supportedVersion) = node.scalar, node.kind == .scalar { return nil }
    let help = "this profilectl reads `version: \(supportedVersion)`"
    guard node.kind == .scalar else {
        return Diagnostic(.wrongShape, "version must be a number", at: node.location, help: help)
    }
    if case .integer(let number) = node.scalar {
        return Diagnostic(
            .unsupportedVersion, "version \(number) is not known", at: node.location,
            help: "\(help); a newer form needs a newer profilectl")
    }
    return Diagnostic(.wrongShape, "version must be a number without quotes", at: node.location, help: help)
}
