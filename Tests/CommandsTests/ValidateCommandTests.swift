import Commands
import ProfileModel
import Testing

@Suite struct ValidateCommandTests {
    @Test func everythingThatIsWrongIsToldInOneRun() async throws {
        let bench = try Bench()
        try bench.write(localWorkspace, to: "profilectl.yaml")
        try bench.write("version: 1\nprofiles:\n  a: {source: s, type: t}\n", to: "profiles/a.yaml")
        try bench.write(
            "version: 1\nprofiles: {b: {source: s:x, type: t, identifiers: {e: v}}}\n", to: "profiles/b.yaml")
        try bench.write("version: 1\nprofiles: [\n", to: "profiles/c.yaml")
        let run = await bench.run("validate")
        #expect(run.code == .invalidInput)
        #expect(run.output.isEmpty)
        for text in ["PM116", "PM110", "PM002", "profiles/a.yaml:3:", "profiles/b.yaml:2:", "profiles/c.yaml:"] {
            #expect(run.errors.contains(text), "\(text)")
        }
        let codes = try await bench.run("validate", "--format", "json").document().list("diagnostics")
        #expect(Set(codes.compactMap { $0.text("code") }).isSuperset(of: ["PM116", "PM110", "PM002"]))
    }

    @Test func itNeedsNeitherNetworkNorCredentials() async throws {
        let bench = try Bench()
        try bench.write(stagingWorkspace, to: "profilectl.yaml")
        try bench.write(jane, to: "profiles/riders.yaml")
        #expect(await bench.run("validate").code == .done)
        #expect(bench.connections.opened == 0)
    }

    @Test func filesAreFoundFromWhereItIsTold() async throws {
        let bench = try Bench()
        try bench.write(jane, to: "team/riders.yaml")
        #expect(await bench.run("validate", "-C", "team", "riders.yaml").code == .done)
        #expect(await bench.run("validate", bench.path("team/riders.yaml")).code == .done)
    }
}
