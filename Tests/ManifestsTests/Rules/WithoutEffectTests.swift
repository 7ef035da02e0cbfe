import Diagnostics
import Manifests
import Testing

@Suite struct WithoutEffectTests {
    private func expectWarnings(
        _ count: Int = 1, inWorkspace marked: String, _ location: Testing.SourceLocation = #_sourceLocation
    ) {
        let marked = Marked("version: 1\n" + marked)
        let found = readWorkspace(SourceText(name: "profilectl.yaml", text: marked.text)).1
        #expect(found.map(\.code) == Array(repeating: .withoutEffect, count: count), sourceLocation: location)
        #expect(found.allSatisfy { $0.severity == .warning }, sourceLocation: location)
        #expect(found.compactMap(\.location?.range) == marked.ranges, "\(found)", sourceLocation: location)
    }

    private func environment(_ policy: String) -> String {
        "environments: {e: {sandbox: {}, policy: {\(policy)}}}\n"
    }

    @Test func `a floor without a limit has no effect`() {
        expectWarnings(inWorkspace: environment("max_delete_floor: «10»"))
        expectWarnings(inWorkspace: environment("sources: {crm: {max_delete_floor: «10»}}"))
        expectWarnings(inWorkspace: environment("max_delete: 10%, sources: {crm: {max_delete_floor: «0»}}"))
        expectWarnings(0, inWorkspace: environment("max_delete: 10%, max_delete_floor: 10"))
        expectWarnings(0, inWorkspace: environment("sources: {crm: {max_delete: 20, max_delete_floor: 10}}"))
    }

    @Test func `a limit that is not above its floor has no effect`() {
        expectWarnings(inWorkspace: environment("max_delete: «5», max_delete_floor: 10"))
        expectWarnings(inWorkspace: environment("max_delete: «10», max_delete_floor: 10"))
        expectWarnings(0, inWorkspace: environment("max_delete: 11, max_delete_floor: 10"))
    }

    @Test func `what limits deletes that never happen has no effect`() {
        expectWarnings(inWorkspace: environment("sources: {crm: {delete: never, max_delete: «10%»}}"))
        expectWarnings(
            2, inWorkspace: environment("sources: {crm: {delete: never, max_delete: «10%», max_delete_floor: «1»}}"))
        expectWarnings(0, inWorkspace: environment("sources: {crm: {delete: never, max_update: 10%}}"))
        expectWarnings(0, inWorkspace: environment("sources: {crm: {delete: allowed, max_delete: 10%}}"))
    }

    @Test func `manifests that all environments replace have no effect`() {
        expectWarnings(
            inWorkspace:
                "manifests: «[a]»\nenvironments: {e: {sandbox: {}, manifests: [b]}, f: {sandbox: {}, manifests: [b]}}\n"
        )
        expectWarnings(
            0, inWorkspace: "manifests: [a]\nenvironments: {e: {sandbox: {}, manifests: [b]}, f: {sandbox: {}}}\n")
    }

    @Test func `a field that is ignored already has no effect`() {
        func profile(_ paths: String) -> String {
            manifest("identifiers: {id: 1}, lifecycle: {ignore_changes: [\(paths)]}")
        }
        expect(.withoutEffect, in: profile("attributes, «attributes.a»"))
        expect(.withoutEffect, in: profile("«attributes.a.b», attributes.a"))
        expect(.withoutEffect, in: profile("name, «name»"))
        expect(.withoutEffect, .withoutEffect, in: profile("name, «name», «name»"))
        expect(in: profile("name, attributes.a, attributes.ab, identifiers"))
    }

    @Test func `defaults of a document without profiles have no effect`() {
        let jane = "version: 1\nprofiles: {a: {source: s, type: t, identifiers: {id: 1}}}\n"
        expect(.withoutEffect, in: "version: 1\ndefaults: «{attributes: {a: b}}»\n---\n" + jane)
        expect(.withoutEffect, in: jane + "---\nversion: 1\ndefaults: «{source: s}»\n")
        expect(in: "version: 1\ndefaults: {attributes: {a: b}}\nprofiles: {}\n---\n" + jane)
    }
}
