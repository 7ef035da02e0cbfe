import Diagnostics
import YAMLSyntax

/// A JSON file in a directory of manifests may belong to another tool. One that has neither our version nor a key
/// of ours is told in one sentence, not key by key.
func notAManifest(_ root: YAMLNode, in file: String) -> Diagnostic? {
    isJSON(file) && !isLikeManifest(root) ? notAManifest(file) : nil
}

/// The same for a file that cannot be read, as one with comments: its text tells.
func notAManifest(unreadable source: SourceText) -> Diagnostic? {
    guard isJSON(source.name) else { return nil }
    let isLikeManifest = ownKeys.contains { source.bytes.firstRange(of: Array("\"\($0)\"".utf8)) != nil }
    return isLikeManifest ? nil : notAManifest(source.name)
}

private func notAManifest(_ file: String) -> Diagnostic {
    Diagnostic(
        .notAManifest, "this JSON file is not a manifest", at: beginning(of: file),
        help: "move it out of the directory of manifests, or choose the manifests with a glob such as "
            + "profiles/**/*.yaml; a manifest begins with {\"version\": 1, \"profiles\": …}")
}

private func isLikeManifest(_ root: YAMLNode) -> Bool {
    guard root.kind == .mapping else { return false }
    if let version = root[DocumentKey.version.rawValue], version.kind == .scalar, version.text == "1" { return true }
    return ownKeys.contains { root[$0] != nil }
}

private let ownKeys = DocumentKey.allCases.filter { $0 != .version }.map(\.rawValue)

private func isJSON(_ file: String) -> Bool { file.lowercased().hasSuffix(".json") }
