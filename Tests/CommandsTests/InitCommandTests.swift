import Commands
import Testing

@Suite struct InitCommandTests {
    @Test func whatItWritesWorksAtOnce() async throws {
        let bench = try Bench()
        let start = await bench.run("init")
        #expect(start.code == .done)
        #expect(start.errors.isEmpty)
        #expect(try bench.names() == [".gitignore", "profilectl.yaml", "profiles"])
        let check = await bench.run("validate")
        #expect(check.code == .done)
        #expect(check.errors.isEmpty, "no warnings to begin with")
        #expect(await bench.run("plan", "--detailed-exitcode").code == .changesPending)
        #expect(await bench.run("apply", "--auto-approve").code == .done)
        #expect(await bench.run("plan", "--detailed-exitcode").code == .done)
    }

    @Test func whatIsThereStays() async throws {
        let bench = try Bench()
        try bench.write("# mine\n", to: "profiles/riders.yaml")
        let start = await bench.run("init")
        #expect(start.code == .done)
        #expect(start.output.contains("kept     profiles/riders.yaml"))
        #expect(try bench.text("profiles/riders.yaml") == "# mine\n")
    }

    @Test(arguments: ["github": ".github/workflows/profiles.yml", "gitlab": ".gitlab-ci.yml"])
    func pipelinesAreWrittenWhenAskedFor(service: String, file: String) async throws {
        let bench = try Bench()
        #expect(await bench.run("init", "--ci", service).code == .done)
        let text = try bench.text(file)
        #expect(text.contains("profilectl apply --auto-approve"))
        #expect(text.contains("--first-run"), "a first run of the pipeline is possible")
        #expect(text.contains("Without the ledger `apply` exits with 4."))
        #expect(await bench.run("init", "--ci", "jenkins").code == .usage)
    }

    @Test func itCanWriteElsewhere() async throws {
        let bench = try Bench()
        try bench.write("", to: "team/.keep")
        #expect(await bench.run("init", "-C", "team").code == .done)
        #expect(bench.exists("team/profilectl.yaml"))
        #expect(!bench.exists("profilectl.yaml"))
    }
}
