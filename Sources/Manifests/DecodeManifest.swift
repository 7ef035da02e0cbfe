package import Diagnostics
import YAMLSyntax

/// Reads one manifest file and checks what can be checked without the others.
///
/// Needs nothing but its arguments, so files can be decoded side by side.
/// - Parameter nodesOfPart: how much of a large file is kept as a tree at a time. What comes of it is the same.
package func decodeManifest(
    _ source: SourceText, variables: Variables, settings: ManifestSettings, nodesOfPart: UInt32 = 4_096
) -> ManifestFile {
    let scalars = ScalarTexts(of: source, variables: variables)
    var decoder = ManifestDecoder(source, settings: settings, scalars: scalars)
    let isRead = parseYAML(source, inPartsBy: DocumentKey.profiles.rawValue, nodes: nodesOfPart) { part in
        decoder.document(part)
    }
    if isRead { return decoder.finish() }
    let stream = parseYAML(source)
    decoder = ManifestDecoder(source, settings: settings, scalars: scalars, after: stream.diagnostics)
    for document in stream.documents { _ = decoder.document(YAMLPart(whole: document)) }
    return decoder.finish()
}
