import Foundation
import Testing

@Suite struct SavedPlanTests {
    @Test func aSavedPlanIsShownAndAppliedOnceAndThenStale() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write(manifest, to: "riders.yaml")
        #expect(try await binary.run("plan", "riders.yaml", "--out", "p.json").status == 0)

        let shown = try await binary.run("show", "p.json")
        #expect(shown.status == 0)
        #expect(shown.output.contains("+ coolbikes/rider/jane"))

        #expect(try await binary.run("apply", "p.json", "--auto-approve").status == 0)
        #expect(try await binary.run("plan", "riders.yaml", "--detailed-exitcode").status == 0)

        try binary.write(manifest.replacing("silver", with: "gold"), to: "riders.yaml")
        #expect(try await binary.run("plan", "riders.yaml", "--out", "gold.json").status == 0)
        try binary.write(manifest.replacing("silver", with: "bronze"), to: "riders.yaml")
        #expect(try await binary.run("apply", "riders.yaml", "--auto-approve").status == 0)
        let stale = try await binary.run("apply", "gold.json", "--auto-approve")
        #expect(stale.status == 5)
        #expect(stale.output.contains("stale"))
    }

    @Test func aPlanEditedByHandIsRefused() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write(manifest, to: "riders.yaml")
        #expect(try await binary.run("plan", "riders.yaml", "--out", "p.json").status == 0)
        let file = binary.directory.appending(path: "p.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        try binary.write(text.replacing("silver", with: "platinum"), to: "p.json")
        let apply = try await binary.run("apply", "p.json", "--auto-approve")
        #expect(apply.status == 65)
        #expect(apply.errors.contains("PM404"))
    }

    @Test func aPlanForAnotherEnvironmentIsRefused() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write(manifest, to: "riders.yaml")
        #expect(try await binary.run("plan", "riders.yaml", "--out", "p.json").status == 0)
        let apply = try await binary.run("apply", "p.json", "--auto-approve", "--env", "staging")
        #expect(apply.status == 5)
        #expect(apply.errors.contains("PM405"))
    }
}
