import Diagnostics
import Manifests
import ProfileModel
import Testing

/// A text in which `«` and `»` show where messages must point.
struct Marked {
    var text = ""
    /// In the order in which they begin.
    var ranges: [SourceRange] = []

    init(_ marked: String) {
        var position = SourcePosition(line: 1, column: 1)
        var open: [Int] = []
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "«":
                open.append(ranges.count)
                ranges.append(SourceRange(position, position))
            case "»":
                ranges[open.removeLast()].end = position
            default:
                text.unicodeScalars.append(scalar)
                position.column += 1
                if scalar == "\n" { position = SourcePosition(line: position.line + 1, column: 1) }
            }
        }
    }
}

extension SourceRange: CustomTestStringConvertible {
    public var testDescription: String { "\(start.line):\(start.column)-\(end.line):\(end.column)" }
}

/// Decodes one file and combines it alone.
func decode(
    _ text: String, _ variables: Variables = Variables(), settings: ManifestSettings = ManifestSettings()
) -> (DesiredState, [Diagnostic]) {
    let source = SourceText(name: "a.yaml", text: text)
    let file = decodeManifest(source, variables: variables, settings: settings)
    expectTheSameInParts(file, source, variables, settings)
    return combine([file], settings: settings)
}

/// Expects that a text read in parts, of one profile or of some, says what it says as a whole.
func expectTheSameInParts(
    _ whole: ManifestFile, _ source: SourceText, _ variables: Variables, _ settings: ManifestSettings
) {
    for nodes: UInt32 in [1, 20] {
        let parted = decodeManifest(source, variables: variables, settings: settings, nodesOfPart: nodes)
        #expect(parted.profiles == whole.profiles, "in parts of \(nodes) nodes")
        #expect(parted.blocks == whole.blocks, "in parts of \(nodes) nodes")
        #expect(Set(parted.diagnostics) == Set(whole.diagnostics), "in parts of \(nodes) nodes")
        #expect(parted.diagnostics.count == whole.diagnostics.count, "in parts of \(nodes) nodes")
    }
}

/// Expects exactly these diagnostics, each at its mark.
@discardableResult
func expect(
    _ codes: DiagnosticCode..., in marked: String, _ variables: Variables = Variables(),
    settings: ManifestSettings = ManifestSettings(), _ location: Testing.SourceLocation = #_sourceLocation
) -> [Diagnostic] {
    let marked = Marked(marked)
    let (_, diagnostics) = decode(marked.text, variables, settings: settings)
    let ordered = diagnostics.sorted { ($0.location?.range.start)! < ($1.location?.range.start)! }
    #expect(ordered.map(\.code) == codes, "\(ordered)", sourceLocation: location)
    #expect(ordered.compactMap(\.location?.range) == marked.ranges, "\(ordered)", sourceLocation: location)
    return ordered
}

/// The profiles of a text without any problem.
func profiles(
    _ text: String, _ variables: Variables = Variables(), _ location: Testing.SourceLocation = #_sourceLocation
) -> [DesiredProfile] {
    let (state, diagnostics) = decode(text, variables)
    #expect(diagnostics == [], sourceLocation: location)
    return state.profiles
}

/// A document with one profile `p`, whose members are given in flow form without the outer braces.
func manifest(_ members: String) -> String {
    "version: 1\ndefaults: {source: shop, type: buyer}\nprofiles:\n  p: {\(members)}\n"
}
