package import Diagnostics
import YAMLSyntax

/// Reads one manifest file and checks what can be checked without the others.
///
/// Needs nothing but its arguments, so files can be decoded side by side.
package func decodeManifest(
    _ source: SourceText, variables: Variables, settings: ManifestSettings
) -> ManifestFile {
    let stream = parseYAML(source)
    var decoder = ManifestDecoder(
        file: source.name, settings: settings, scalars: ScalarTexts(of: source, variables: variables),
        findings: Findings(after: stream.diagnostics))
    var hasContent = !stream.diagnostics.isEmpty
    for document in stream.documents where !document.isNull {
        hasContent = true
        decoder.document(document)
    }
    if !hasContent { decoder.findings.add(emptyFile(named: source.name)) }
    return ManifestFile(
        name: source.name, profiles: decoder.profiles, blocks: decoder.blocks, diagnostics: decoder.findings.all)
}
