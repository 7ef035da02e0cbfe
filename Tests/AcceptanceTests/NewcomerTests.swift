import Foundation
import Testing

/// What somebody does who has only the README.
@Suite struct NewcomerTests {
    @Test func aWorkspaceFromInitIsPlannedAppliedAndThenUnchanged() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }

        let start = try await binary.run("init")
        #expect(start.status == 0)
        #expect(start.output.contains("profilectl.yaml"))

        let plan = try await binary.run("plan", "--detailed-exitcode")
        #expect(plan.status == 2)
        #expect(plan.output.contains("+ coolbikes/rider/jane-smith"))
        #expect(plan.output.contains("1 to create"))
        #expect(plan.errors.isEmpty)

        let apply = try await binary.run("apply", "--auto-approve")
        #expect(apply.status == 0)
        #expect(apply.output.contains("1 done"))

        let again = try await binary.run("plan", "--detailed-exitcode")
        #expect(again.status == 0)
        #expect(again.output.contains("Nothing to do"))

        let live = try await binary.run("get", "coolbikes:rider:email:jane@example.com")
        #expect(live.status == 0)
        #expect(live.output.contains("0987654321"))

        let ledger = try await binary.run("ledger", "list")
        #expect(ledger.output.contains("coolbikes/rider/jane-smith"))
    }

    @Test func withoutAWorkspaceAManifestIsEnough() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write(manifest, to: "riders.yaml")

        let plan = try await binary.run("plan", "riders.yaml")
        #expect(plan.status == 0)
        let firstLine = plan.output.split(separator: "\n").first ?? ""
        #expect(firstLine.contains("embedded sandbox"))
        #expect(!FileManager.default.fileExists(atPath: binary.directory.appending(path: ".profilectl").path))

        #expect(try await binary.run("apply", "riders.yaml", "--auto-approve").status == 0)
        let again = try await binary.run("plan", "riders.yaml", "--detailed-exitcode")
        #expect(again.status == 0)
    }

    @Test func initLeavesWhatIsThere() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write("version: 1\n", to: "profilectl.yaml")
        let start = try await binary.run("init", "--ci", "github")
        #expect(start.status == 0)
        #expect(start.output.contains("kept     profilectl.yaml"))
        let text = try String(contentsOf: binary.directory.appending(path: "profilectl.yaml"), encoding: .utf8)
        #expect(text == "version: 1\n")
        #expect(
            FileManager.default.fileExists(
                atPath: binary.directory.appending(path: ".github/workflows/profiles.yml").path))
    }

    @Test func personalDataIsReadableByItsOwnerOnly() async throws {
        let binary = try BuiltBinary()
        defer { binary.remove() }
        try binary.write(manifest, to: "riders.yaml")
        #expect(try await binary.run("plan", "riders.yaml", "--out", "saved.plan.json").status == 0)
        #expect(try await binary.run("apply", "riders.yaml", "--auto-approve").status == 0)
        for name in ["saved.plan.json", ".profilectl/local.sqlite", ".profilectl/local-sandbox.sqlite"] {
            let path = binary.directory.appending(path: name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
        let ignored = try String(
            contentsOf: binary.directory.appending(path: ".profilectl/.gitignore"), encoding: .utf8)
        #expect(ignored == "*\n")
    }
}

let manifest = """
    version: 1
    profiles:
      jane:
        source: coolbikes
        type: rider
        identifiers: {email: jane@example.com}
        attributes: {tier: silver}

    """
