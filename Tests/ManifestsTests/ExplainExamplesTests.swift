import Diagnostics
import Manifests
import Testing

/// The examples that `profilectl explain` shows do what their pages say.
@Suite struct ExplainExamplesTests {
    @Test(arguments: DiagnosticCode.allCases)
    func anExampleCausesItsProblemAndNoOther(code: DiagnosticCode) {
        let found: [Diagnostic]
        switch code.page.example {
        case .situation: return
        case .manifest(let text): found = decode(text).1
        case .workspace(let text): found = readWorkspace(SourceText(name: "profilectl.yaml", text: text)).1
        }
        #expect(found.contains { $0.code == code }, "\(found)")
        #expect(Set(found.map(\.code)).subtracting([code, .noIdentifier, .unknownKey]).isEmpty, "\(found)")
    }
}
