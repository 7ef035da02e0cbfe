package import Diagnostics
import YAMLSyntax

/// Reads one manifest file and checks what can be checked without the others.
///
/// Needs nothing but its arguments, so files can be decoded side by side.
/// - Parameter nodesOfPart: how much of a large file is kept as a tree at a time. What comes of it is the same.
package func decodeManifest(
    _ source: SourceText, variables: Variables, settings: ManifestSettings, nodesOfPart: UInt32 = 4_096
) -> ManifestFile {
    var file = decode(source, variables, settings, nodesOfPart)
    if file.diagnostics.contains(where: { $0.severity == .error }), let conflict = conflictMarkers(in: source) {
        file.diagnostics = [conflict]
    } else if let problem = file.diagnostics.first(where: { $0.code == .notAManifest }) {
        file.diagnostics = [problem]
    }
    return file
}

private func decode(
    _ source: SourceText, _ variables: Variables, _ settings: ManifestSettings, _ nodesOfPart: UInt32
) -> ManifestFile {
    let scalars = ScalarTexts(of: source, variables: variables)
    if let file = decodeInParts(source, scalars, settings, nodesOfPart) { return file }
    let stream = parseYAML(source)
    var decoder = ManifestDecoder(source, settings: settings, scalars: scalars, after: stream.diagnostics)
    for document in stream.documents { _ = decoder.document(YAMLPart(whole: document)) }
    return decoder.finish()
}

/// Nil for a text that must be read as a whole.
private func decodeInParts(
    _ source: SourceText, _ scalars: ScalarTexts, _ settings: ManifestSettings, _ nodes: UInt32
) -> ManifestFile? {
    var decoder = ManifestDecoder(source, settings: settings, scalars: scalars)
    let isRead = parseYAML(source, inPartsBy: DocumentKey.profiles.rawValue, nodes: nodes) { decoder.document($0) }
    return isRead ? decoder.finish() : nil
}
